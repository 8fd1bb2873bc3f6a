"""One appointment in a drawer: what it is, and the verbs that would not be refused now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashboards.pages.booking import Visit
from dashboards.pages.series import SeriesPage, whose
from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import clock, day, render, their_clock
from dashboards.parts.message import Message
from dashboards.parts.replies import Done, Refused, Reply
from dashboards.parts.statuses import APPOINTMENT
from workbench.gate.errors import StalePage
from workbench.kernel.errors import sentence
from workbench.screens.calendar import CalendarRow

REASONS = (
    ("patient asked", "They asked"),
    ("patient ill", "They are ill"),
    ("other of theirs", "Another reason of theirs"),
    ("clinician unavailable", "We cancel: the clinician cannot come"),
    ("practice closed", "We cancel: the practice is closed"),
    ("booked by mistake", "We cancel: booked by mistake"),
    ("other of ours", "We cancel: another reason"),
)


@dataclass(frozen=True)
class Opened:
    """The appointment in the drawer, however the page got it."""

    visit: Visit
    patient_id: str
    patient_name: str
    pronouns: str
    clinician_name: str
    type_name: str
    location_name: str
    starts_at: datetime
    ends_at: datetime
    status: str
    offers: frozenset[str]
    attendance_version: int
    owes: bool = False
    overlap_because: str = ""
    their_zone: str = ""

    @classmethod
    def of(cls, row: CalendarRow, clinician_name: str) -> "Opened":
        """A row of the schedule."""
        return cls(
            visit=row, patient_id=row.patient_id, patient_name=row.patient_name, pronouns=row.pronouns,
            clinician_name=clinician_name, type_name=row.type_name, location_name=row.where,
            starts_at=row.starts_at, ends_at=row.ends_at, status=row.status, offers=row.offers,
            attendance_version=row.attendance_version, owes=row.owes, overlap_because=row.overlap_because,
            their_zone=row.their_zone,
        )  # fmt: skip


class VisitsPage(SeriesPage):
    """A page on which appointments are opened, checked in, moved and cancelled."""

    may_open_file = True

    def find(self, attendance_id: str) -> Opened | None:
        """The appointment of this attendance among what the page shows; None when it shows it no more."""
        del attendance_id
        return None

    def do_open_visit(self, message: Message) -> Reply:
        """The drawer."""
        opened = self.find(message.text("id"))
        if opened is None:
            return Done("This appointment is no longer on the page.", tone="warn")
        html = render(
            "pages/visit.html",
            opened=opened,
            series=self.open_series(opened.visit),
            look=APPOINTMENT.of(opened.status),
            theirs=their_clock(opened.starts_at, opened.their_zone, self.zone),
            zone=self.zone,
            base=self.base,
            word=self.patient_word,
            may_open_file=self.may_open_file,
        )
        return flyout(f"{clock(opened.starts_at, self.zone)}, {day(opened.starts_at, self.zone)}", html)

    def do_check_in(self, message: Message) -> Reply:
        """They are here."""
        return self._move_on(message, self.calls.check_in, "Checked in")

    def do_start_session(self, message: Message) -> Reply:
        """It begins."""
        return self._move_on(message, self.calls.start_session, "Session started")

    def do_complete_session(self, message: Message) -> Reply:
        """It took place."""
        return self._move_on(message, self.calls.complete_session, "Session completed")

    def do_ask_no_show(self, message: Message) -> Reply:
        """Sure?"""
        return confirm(
            "mark_no_show",
            "Mark as a no-show?",
            "The time stays in the schedule. If they still come today, check them in as usual.",
            label="Mark as no-show",
            args={"id": message.text("id"), "version": message.text("version")},
            danger=True,
        )

    def do_mark_no_show(self, message: Message) -> Reply:
        """They did not come."""
        return self._move_on(message, self.calls.mark_no_show, "Marked as a no-show")

    def do_ask_cancel(self, message: Message) -> Reply:
        """Why?"""
        return confirm(
            "cancel",
            "Cancel this appointment?",
            "Nothing is deleted: the appointment stays in the record with the reason, and the time is free again.",
            label="Cancel the appointment",
            args={"id": message.text("id"), "version": message.text("version")},
            reasons=REASONS,
            danger=True,
        )

    def do_cancel(self, message: Message) -> Reply:
        """It is off."""
        reason = message.required("reason", "Please say why.")

        def cancel(attendance_id: str, **rest: Any) -> object:
            return self.calls.cancel_appointment(attendance_id, reason=reason, by=whose(reason), **rest)

        opened = self.find(message.text("id"))
        done = self._done(message, cancel)
        if isinstance(done, Done):
            return done
        late = getattr(done, "is_late", False)
        said = "Cancelled late, within the notice" if late else "Cancelled in time"
        return Done(said + self._who_waits(opened), tone="warn" if late else "good")

    def _who_waits(self, opened: Opened | None) -> str:
        """How many on the waitlist could take the time that came free."""
        if opened is None or opened.starts_at <= self.clock():
            return ""
        many = self.calls.how_many_wait_for(clinician_id=opened.visit.clinician_id, starts_at=opened.starts_at)
        who = "one on the waitlist" if many == 1 else f"{many} on the waitlist"
        return f". This time fits {who}." if many else ""

    def do_ask_move(self, message: Message) -> Reply:
        """Where to?"""
        opened = self.find(message.text("id"))
        if opened is None:
            return Refused("This appointment is no longer on the page.")
        return self.open_move(opened.visit, opened.patient_name)

    def _move_on(self, message: Message, verb: Callable[..., Any], toast: str) -> Reply:
        done = self._done(message, verb)
        return done if isinstance(done, Done) else Done(toast)

    def _done(self, message: Message, verb: Callable[..., Any]) -> Any:
        version = message.whole("version", least=1)
        try:
            return verb(message.text("id"), expected_version=version, idempotency_key=message.key)
        except StalePage as refusal:
            return Done(sentence(refusal), tone="warn")
