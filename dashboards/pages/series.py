"""Appointments that repeat: each day is shown before it is booked; what is to come is moved or cancelled at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

from dashboards.pages.booking import BookingPage, Visit
from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import WEEKDAYS, clock, day, render
from dashboards.parts.message import Message
from dashboards.parts.replies import Ask, Done, Refused, Reply
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.screens.series_of import SeriesOf
from workbench.screens.series_preview import SeriesPlan, every_choices

REASONS = (
    ("patient asked", "They asked"),
    ("treatment ended", "The treatment ended"),
    ("other of theirs", "Another reason of theirs"),
    ("clinician unavailable", "We cancel: the clinician cannot come"),
    ("booked by mistake", "We cancel: booked by mistake"),
    ("other of ours", "We cancel: another reason"),
)
OURS = frozenset({"clinician unavailable", "practice closed", "booked by mistake", "treatment ended", "other of ours"})
"""Reasons of the practice: what it cancels is never late, however short before it is."""
MOST = 104


@dataclass(frozen=True)
class Planned:
    """A series as it would be booked, and what the form said of it."""

    clinician_id: str
    type_id: str
    location_id: str
    room_id: str
    first_on: date
    at: time
    plan: SeriesPlan


def whose(reason: str) -> str:
    """Whose cancellation it is, by its reason."""
    return "practice" if reason in OURS else "patient"


class SeriesPage(BookingPage):
    """A page from which series are booked, moved and cancelled."""

    planned: Planned | None = None
    series = SeriesOf()
    series_visit: Visit | None = None

    def repeats(self) -> tuple[tuple[str, str], ...]:
        """Once, or how often from the day that is chosen."""
        return (("", "Does not repeat"), *every_choices(self.chosen.on))

    def do_book(self, message: Message) -> Reply:
        """Book one; what repeats is shown day by day first."""
        if not message.text("repeat"):
            return super().do_book(message)
        if not self.chosen.patient_id and not self.chosen.group_id:
            return Refused(f"Choose the {self.patient_word} first.")
        local = self.starts_at(message).astimezone(self.zone)
        try:
            plan = self.calls.series_preview(
                clinician_id=message.required("clinician_id"), first_on=local.date(), at=local.time(),
                minutes=self.minutes(), every=message.text("repeat"), count=message.whole("count", least=2, most=MOST),
                room_id=message.text("room_id"),
            )  # fmt: skip
        except WorkbenchError as refusal:
            return self.refused(refusal, "repeat")
        self.planned = Planned(
            message.required("clinician_id"), message.required("type_id"), message.required("location_id"),
            message.text("room_id"), local.date(), local.time(), plan,
        )  # fmt: skip
        return self._ask_series()

    def do_book_back(self, message: Message) -> Reply:
        """To the booking, as it was."""
        del message
        return self.ask()

    def do_book_series(self, message: Message) -> Reply:
        """Book the days that are ticked."""
        planned = self.planned
        if planned is None:
            return Refused("Please open the booking again.")
        kept = set(message.all("keep"))
        return self.book_days(
            message, planned, tuple(one.on for one in planned.plan.days if one.on.isoformat() not in kept)
        )

    def book_days(self, message: Message, planned: Planned, without: tuple[date, ...]) -> Reply:
        """All of the planned days but these."""
        try:
            booked = self.calls.book_series(
                self.chosen.patient_id, clinician_id=planned.clinician_id, type_id=planned.type_id,
                location_id=planned.location_id, first_on=planned.first_on, at=planned.at, rule=planned.plan.rule,
                without=without, room_id=planned.room_id,
                idempotency_key=message.key,
            )  # fmt: skip
        except WorkbenchError as refusal:
            return Refused(sentence(refusal))
        count = len(booked.starts_at)
        return Done(f"{count} appointments booked, from {day(booked.starts_at[0], self.zone)}")

    def open_series(self, visit: Visit) -> SeriesOf:
        """Look whether the appointment repeats, for its drawer and for what may be pressed in it."""
        self.series, self.series_visit = self.calls.series_of(visit.appointment_id), visit
        return self.series

    def do_ask_cancel_series(self, message: Message) -> Reply:
        """Sure, and why?"""
        del message
        if not self.series.rest:
            return Refused("Nothing of this series is still to come.")
        return confirm(
            "cancel_series",
            f"Cancel {_many(len(self.series.rest))}?",
            "Nothing is deleted: each stays in the record with the reason, and its time is free again.",
            listed=[f"{day(one, self.zone)}, {clock(one, self.zone)}" for one in self.series.rest],
            label="Cancel all of them",
            reasons=REASONS,
            danger=True,
        )

    def do_cancel_series(self, message: Message) -> Reply:
        """They are off."""
        reason = message.required("reason", "Please say why.")
        return self._changed(
            lambda: self.calls.cancel_series(
                self.series.series_id,
                from_on=self.series.on,
                reason=reason,
                by=whose(reason),
                shown=self.series.rest,
                idempotency_key=message.key,
            ),
            f"{_many(len(self.series.rest))} cancelled",
        )

    def do_ask_move_series(self, message: Message) -> Reply:
        """Where to?"""
        del message
        visit = self.series_visit
        if visit is None or not self.series.rest:
            return Refused("Nothing of this series is still to come.")
        html = render(
            "pages/series_move.html", series=self.series, visit=visit, choices=self.choices,
            weekdays=tuple(enumerate(WEEKDAYS)), zone=self.zone, many=_many(len(self.series.rest)),
            weekday=self.series.on.weekday(), at=f"{visit.starts_at.astimezone(self.zone):%H:%M}",
        )  # fmt: skip
        return flyout("Move the rest of the series", html)

    def do_move_series(self, message: Message) -> Reply:
        """They are elsewhere."""
        days = message.whole("weekday", most=6) - self.series.on.weekday()
        at = message.time("at")
        return self._changed(
            lambda: self.calls.move_series(
                self.series.series_id, from_on=self.series.on, days=days, at=at,
                clinician_id=message.required("clinician_id"), location_id=message.required("location_id"),
                shown=self.series.rest, idempotency_key=message.key,
            ),
            f"{_many(len(self.series.rest))} moved",
        )  # fmt: skip

    def _changed(self, call: Callable[[], object], toast: str) -> Reply:
        try:
            call()
        except WorkbenchError as refusal:
            return self.refused(refusal, "at")
        return Done(toast)

    def _ask_series(self) -> Ask:
        assert self.planned is not None
        html = render("pages/series_preview.html", planned=self.planned, chosen=self.chosen, zone=self.zone)
        return flyout("Book a series", html)


def _many(count: int) -> str:
    return "1 appointment" if count == 1 else f"{count} appointments"
