"""Hours: when each clinician sees people, how far it is published, how full it is, who is away, when nobody is here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.hours_takes import TakesCalls, takes_said
from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, WEEKDAYS, day, instant, percent, render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Refused, Reply
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.kernel.time import instant_of, wall_clock
from workbench.screens.availability import Availability, AwayRow, ClinicianHours, Stretch, week_of

UI: Any = ENVIRONMENT.globals["ui"]
PARTS = ("a", "b", "c", "d")
"""Stretches of a day in the form, by the names of their fields: as many as a plan has, and two at least."""


@dataclass(frozen=True)
class HoursCalls:
    """The calls of the page, with actor and time already given. close_practice, takes: None where the role has it not.

    mine: the reader's own staff id, where they set hours only for themselves; "" where they do for everybody.
    """

    shown: Callable[[], Availability]
    set_hours: Callable[..., Any]
    add_time_away: Callable[..., Any]
    close_practice: Callable[..., Any] | None
    withdraw_time_away: Callable[..., Any]
    takes: TakesCalls | None = None
    mine: str = ""

    def may(self, staff_id: str) -> bool:
        """Whether to offer a change of this clinician's hours; closures (of "") are for who sets everybody's."""
        return self.mine in ("", staff_id)


class HoursPage(Page):
    """The hours of everybody who sees people here."""

    needs = Permission.SET_HOURS
    title = "Hours"
    wide = True

    def __init__(self, *, calls: HoursCalls, zone: ZoneInfo, clock: Callable[[], datetime], base: str) -> None:
        self._calls, self._zone, self._clock, self._base = calls, zone, clock, base
        self.shown = Availability((), (), ())
        self._open = ""

    def load(self) -> None:
        """All of it."""
        self.shown = self._calls.shown()

    def render(self) -> Markup:
        """Who, and who is away."""
        return render(
            "pages/hours.html",
            table=self._table(),
            away=self._away_table(),
            may_close=self._calls.close_practice is not None,
            may_away=any(self._calls.may(one.staff_id) for one in self.shown.clinicians),
        )

    def do_change(self, message: Message) -> Reply:
        """The week of a clinician, as it is, to be changed from a day on."""
        one = next((one for one in self.shown.clinicians if one.staff_id == message.text("id")), None)
        if one is None:
            return Done("This clinician is no longer on the page.", tone="warn")
        self._open = one.staff_id
        today = self._today()
        html = render(
            "pages/hours_week.html",
            one=one,
            weekdays=tuple(enumerate(WEEKDAYS)),
            parts=PARTS[: max(2, *map(len, week_of(one.plan).values()))],
            places=self.shown.places,
            given=self._given(one),
            from_on=today if one.is_usual else max(today, one.plan.from_on),
            until_on=today + timedelta(days=182) if one.is_usual else one.plan.published_until,
            today=today,
        )
        return flyout(f"Hours of {one.name}", html)

    def do_takes(self, message: Message) -> Reply:
        """Whom do they take?"""
        one = next((one for one in self.shown.clinicians if one.staff_id == message.text("id")), None)
        if one is None or self._calls.takes is None:
            return Done("This clinician is no longer on the page.", tone="warn")
        return self._calls.takes.ask(one, self.shown.payers)

    def do_take(self, message: Message) -> Done:
        """From now on so."""
        assert self._calls.takes is not None
        self._calls.takes.keep(message)
        return Done("Kept: times are found by it from now on")

    def do_set(self, message: Message) -> Reply:
        """Keep them."""
        try:
            self._calls.set_hours(
                self._open, from_on=message.day("from_on"), published_until=message.day("published_until"),
                week=self._week(message), most_a_day=message.whole("most_a_day"),
                note_minutes=message.whole("note_minutes"), travel_minutes=message.whole("travel_minutes"),
                idempotency_key=message.key,
            )  # fmt: skip
        except FieldProblem:
            raise
        except WorkbenchError as refusal:
            return Refused(
                sentence(refusal), {_field(name): text for name, text in getattr(refusal, "fields", {}).items()}
            )
        return Done("The hours are kept")

    def do_away_open(self, message: Message) -> Ask:
        """Who is away, or when is the practice closed?"""
        closes = message.text("closes") != ""
        people = [(one.staff_id, one.name) for one in self.shown.clinicians if self._calls.may(one.staff_id)]
        html = render("pages/hours_away.html", people=people, closes=closes, today=self._today())
        return flyout("Close the practice" if closes else "Time away", html)

    def do_away(self, message: Message) -> Reply:
        """Keep it, and say what stands in it."""
        span = {
            "starts_at": self._wall(message, "from", time(0)),
            "ends_at": self._wall(message, "until", None),
            "label": message.required("label", "Say why in a few words."),
        }
        if message.text("closes"):
            assert self._calls.close_practice is not None
            kept = self._calls.close_practice(**span, idempotency_key=message.key)
        else:
            whose = message.required("staff_id", "Please choose somebody.")
            kept = self._calls.add_time_away(whose, **span, idempotency_key=message.key)
        if kept.booked:
            many = "1 appointment is" if kept.booked == 1 else f"{kept.booked} appointments are"
            return Done(f"Kept. {many} booked in that time: move or cancel them in the schedule.", tone="warn")
        return Done("Kept: no time is offered in it")

    def do_ask_withdraw(self, message: Message) -> Ask:
        """Sure?"""
        return confirm("withdraw", "Take this back?", "Its hours are offered again.", label="Take it back",
                       args={"id": message.text("id")})  # fmt: skip

    def do_withdraw(self, message: Message) -> Reply:
        """Its hours are offered again."""
        self._calls.withdraw_time_away(message.text("id"), idempotency_key=message.key)
        return Done("Taken back")

    def _today(self) -> date:
        return self._clock().astimezone(self._zone).date()

    def _given(self, one: ClinicianHours) -> dict[str, str]:
        """What the form's fields hold, by name: `d0_a_from` is when Monday's first stretch begins."""
        any_place = self.shown.places[0][0] if self.shown.places else ""
        given = {}
        for weekday, stretches in week_of(one.plan).items():
            for part, stretch in zip(PARTS, stretches, strict=False):
                given[f"d{weekday}_{part}_from"] = f"{_shows(stretch.from_minute):%H:%M}"
                given[f"d{weekday}_{part}_until"] = f"{_shows(stretch.until_minute):%H:%M}"
                given[f"d{weekday}_{part}_at"] = stretch.location_id or any_place
        return given

    def _week(self, message: Message) -> tuple[tuple[int, int, int, str], ...]:
        week = []
        for weekday in range(7):
            for part in PARTS:
                name = f"d{weekday}_{part}"
                if not message.text(f"{name}_from") and not message.text(f"{name}_until"):
                    continue
                begin, end = message.time(f"{name}_from"), message.time(f"{name}_until")
                minute = end.hour * 60 + end.minute or 24 * 60  # until midnight
                week.append((weekday, begin.hour * 60 + begin.minute, minute, message.required(f"{name}_at")))
        return tuple(week)

    def _wall(self, message: Message, name: str, start: time | None) -> datetime:
        on = message.day(f"{name}_on")
        if message.text(f"{name}_at"):
            wall = datetime.combine(on, message.time(f"{name}_at"))
        elif start is not None:
            wall = datetime.combine(on, start)
        else:
            wall = datetime.combine(on + timedelta(days=1), time(0))
        try:
            return instant_of(wall, self._zone)
        except WorkbenchError as refusal:
            raise FieldProblem(f"{name}_at", sentence(refusal)) from refusal

    def _table(self) -> Table:
        columns = (Column("who", "Clinician", leads=True), Column("week", "Week"), Column("until", "Published until"),
                   Column("full", "Next four weeks"), Column("do", "Do", label_hidden=True))  # fmt: skip
        return Table("hours", "Hours of each clinician", columns, tuple(map(self._row, self.shown.clinicians)),
                     base=self._base, empty_title="Nobody sees people here yet",
                     empty_text="Add clinicians under Access, then say here when they see people.",
                     empty_icon="calendar-clock")  # fmt: skip

    def _row(self, one: ClinicianHours) -> Row:
        may = self._calls.may(one.staff_id)
        until = day(one.plan.published_until) if not one.is_usual else "The practice's hours"
        soon = UI.badge("Publish more", "warn", "calendar-clock") if one.ends_soon else ""
        full = f"{one.booked_minutes / 60:.0f} of {one.open_minutes / 60:.0f} h"
        share = percent(one.booked_minutes / one.open_minutes) if one.open_minutes else "–"
        gaps = Markup('<br><small class="muted">{} days without hours</small>').format(len(one.days_without))
        do = UI.button("Change…", do="change", args={"id": one.staff_id}, size="small") if may else ""
        takes = UI.button("Takes…", do="takes", args={"id": one.staff_id}, size="small") if self._calls.takes else ""
        said = Markup('<br><small class="muted">{}</small>').format(takes_said(one.profile)) if one.profile else ""
        return Row(
            one.staff_id,
            (
                Markup("<span>{}{}</span>").format(one.name, said),
                _in_words(one, dict(self.shown.places)),
                Markup("{} {}").format(until, soon),
                Markup("{} · {}{}").format(full, share, gaps if one.days_without else ""),
                Markup('<span class="row tight">{}{}</span>').format(do, takes),
            ),
            name=one.name,
        )

    def _away_table(self) -> Table:
        columns = (Column("who", "Who", leads=True), Column("from", "From"), Column("until", "Until"),
                   Column("label", "Why"), Column("do", "Do", label_hidden=True))  # fmt: skip
        return Table("away", "Times away and closures to come", columns, tuple(map(self._away_row, self.shown.away)),
                     base=self._base, empty_title="Nobody is away",
                     empty_text="Leave, training and holidays stand here, and no time is offered in them.",
                     empty_icon="calendar-x")  # fmt: skip

    def _away_row(self, one: AwayRow) -> Row:
        button = UI.button("Take back…", do="ask_withdraw", args={"id": one.away_id}, size="small")
        do = button if self._calls.may(one.staff_id) else ""
        who = one.name or "The practice is closed"
        return Row(
            one.away_id, (who, instant(one.starts_at, self._zone), instant(one.ends_at, self._zone), one.label, do)
        )


def _field(name: str) -> str:
    """Where the form says what is wrong with a whole day (`d0`): at its first time."""
    return f"{name}_a_from" if name[1:].isdigit() else name


def _shows(minute: int) -> time:
    """What the clock shows so many minutes after midnight."""
    return time(minute // 60 % 24, minute % 60)


def _in_words(one: ClinicianHours, places: dict[str, str]) -> Markup:
    """The week in a few lines: days with the same hours stand together."""
    said: dict[str, list[str]] = {}
    for weekday, stretches in week_of(one.plan).items():
        words = ", ".join(_stretch(part, places) for part in stretches)
        if words:
            said.setdefault(words, []).append(WEEKDAYS[weekday][:3])
    lines = [Markup("<strong>{}</strong> {}").format(" ".join(days), words) for words, days in said.items()]
    return Markup("<br>").join(lines) if lines else Markup("Sees nobody")


def _stretch(part: Stretch, places: dict[str, str]) -> str:
    begin, end = wall_clock(_shows(part.from_minute)), wall_clock(_shows(part.until_minute))
    return f"{begin} – {end} {places.get(part.location_id, 'anywhere')}"
