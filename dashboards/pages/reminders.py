"""Reminders: whom to call, what goes out next, what went out; and how they go out, as a lock screen shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import ENVIRONMENT, clock, day, instant, phone, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Redraw
from dashboards.parts.tables import Column, Look, Looks, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.reminders import DEFAULT, FIELDS, How, Reminders, ReminderShown, SendingHours, rendered

UI: Any = ENVIRONMENT.globals["ui"]
STATES: Final = Looks(
    {
        "planned": Look("Planned", "info", "clock"),
        "sending": Look("On its way", "warn", "timer"),
        "sent": Look("Sent", "good", "circle-check"),
        "failed": Look("Address refused", "bad", "circle-x"),
        "unknown": Look("May have gone out", "warn", "circle-alert"),
        "dropped": Look("Not sent", "neutral", "circle-slash"),
        "confirm": Look("Confirmed", "accent", "calendar-check"),
        "cancel": Look("Cancelled", "bad", "circle-slash"),
    }
)
WHY: Final = {
    "no_consent": "no consent for this address",
    "no_address": "no address in the file",
    "too_late": "it could not go out in time",
    "refused": "the address is refused",
    "cut_off": "the line broke while it was sent",
    "no_way_out": "waits for an agreement, or for reminders to be on",
}
WINDOWS: Final = {"72h": "3 days before", "24h": "the day before", "2h": "2 hours before"}
SAMPLE: Final = {
    "date": "Wed, Mar 11", "time": "10:30 AM", "zone": "EDT", "link": "https://…/r", "phone": "555-010-0100",
}  # fmt: skip


@dataclass(frozen=True)
class ReminderCalls:
    """The calls of the page; None where the role does not include them."""

    shown: Callable[[], Reminders]
    how: Callable[[], How] | None
    set_reminders: Callable[..., Any] | None


class RemindersPage(Page):
    """The calls of the day first: they are what a person has to do."""

    needs = Permission.SEE_REMINDERS
    title = "Reminders"
    wide = True

    def __init__(
        self, *, calls: ReminderCalls, zone: ZoneInfo, clock: Callable[[], datetime], word: str, base: str
    ) -> None:
        self._calls, self._zone, self._clock, self._word, self._base = calls, zone, clock, word, base
        self.tab = "call"
        self.shown = Reminders(is_on=False, to_call=(), to_come=(), gone_out=())

    def load(self) -> None:
        """As they stand."""
        self.shown = self._calls.shown()

    def render(self) -> Markup:
        """The page."""
        shown = self.shown
        counts = {"call": len(shown.to_call), "come": len(shown.to_come), "sent": len(shown.gone_out)}
        table = {"call": self._to_call, "come": self._to_come, "sent": self._gone_out}[self.tab]()
        return render(
            "pages/reminders.html", tab=self.tab, counts=counts, table=table, is_on=shown.is_on,
            may_set=self._calls.set_reminders is not None, today=self._clock().astimezone(self._zone).date(),
        )  # fmt: skip

    def do_tab(self, message: Message) -> Redraw:
        """Another list."""
        asked = message.text("tab")
        self.tab = asked if asked in ("call", "come", "sent") else "call"
        return Redraw()

    def do_how(self, message: Message) -> Ask:
        """How they go out; with `usual`, in the words that came with the product."""
        assert self._calls.how is not None
        how = self._calls.how()
        body = DEFAULT if message.text("usual") else how.body
        preview = rendered(body, SAMPLE | {"display": how.display})
        html = render("pages/reminders_how.html", how=how, body=body, preview=preview, fields=FIELDS,
                      from_at=_wall(how.hours.from_minute), until_at=_wall(how.hours.until_minute))  # fmt: skip
        return flyout("How reminders go out", html)

    def do_set(self, message: Message) -> Done:
        """From now on so."""
        assert self._calls.set_reminders is not None
        hours = SendingHours(
            _minutes(message.time("from_at")), _minutes(message.time("until_at")), message.ticked("on_weekends")
        )
        is_on = message.ticked("is_on")
        self._calls.set_reminders(is_on=is_on, display=message.text("display"), body=message.text("body"), hours=hours,
                                  idempotency_key=message.key)  # fmt: skip
        return Done("Reminders go out like this from now on" if is_on else "Kept. No reminder goes out.")

    def _to_call(self) -> Table:
        columns = (Column("starts", "Appointment", leads=True), Column("who", self._word.capitalize()),
                   Column("phone", "Phone"), Column("why", "Why"))  # fmt: skip
        rows = tuple(
            self._row(
                one,
                (
                    self._start(one),
                    self._linked(one),
                    phone(one.phone) or "none in the file",
                    WHY.get(one.why, "not reached"),
                ),
            )
            for one in self.shown.to_call
        )
        return Table("call", "Whom nothing has reached", columns, rows, empty_title="Nobody has to be called",
                     empty_text="Whoever a reminder did not reach is listed here, before the appointment.",
                     empty_icon="phone")  # fmt: skip

    def _to_come(self) -> Table:
        columns = (Column("due", "Goes out", leads=True), Column("who", self._word.capitalize()),
                   Column("starts", "Appointment"), Column("window", "Which", only_wide=True))  # fmt: skip
        rows = tuple(
            self._row(one, (instant(one.due_at, self._zone), self._linked(one), self._start(one), WINDOWS[one.window]))
            for one in self.shown.to_come
        )
        return Table("come", "What goes out next", columns, rows, empty_title="Nothing is planned",
                     empty_text="Appointments of the next four days are planned once reminders are on.",
                     empty_icon="clock")  # fmt: skip

    def _gone_out(self) -> Table:
        columns = (Column("sent", "Sent", leads=True), Column("who", self._word.capitalize()),
                   Column("starts", "Appointment"), Column("state", "Answer"))  # fmt: skip
        rows = tuple(
            self._row(
                one,
                (instant(one.changed_at, self._zone), self._linked(one), self._start(one),
                 UI.status(STATES.of(one.answered or one.state))),
            )
            for one in self.shown.gone_out
        )  # fmt: skip
        return Table("sent", "What went out in seven days", columns, rows, empty_title="Nothing went out yet",
                     empty_text="What was sent is listed for a week, with what people answered.",
                     empty_icon="mail")  # fmt: skip

    def _row(self, one: ReminderShown, cells: tuple[Any, ...]) -> Row:
        return Row(one.reminder_id, cells, name=one.name)

    def _start(self, one: ReminderShown) -> str:
        return f"{day(one.starts_at, self._zone)}, {clock(one.starts_at, self._zone)}"

    def _linked(self, one: ReminderShown) -> Markup:
        return Markup('<a href="{}/patients/{}">{}</a>').format(self._base, one.patient_id, one.name)


def _minutes(wall: time) -> int:
    return wall.hour * 60 + wall.minute


def _wall(minute: int) -> str:
    return time(*divmod(minute, 60)).isoformat("minutes")
