"""A session of several in a drawer: who comes and how each stands, who leads it, and what is done for everybody."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from dashboards.pages.calendar_blocks import people
from dashboards.pages.calendar_changes import CalendarChanges
from dashboards.pages.series import whose
from dashboards.pages.visits import REASONS
from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import clock, day, render
from dashboards.parts.message import Message
from dashboards.parts.replies import Ask, Done, Refused, Reply
from dashboards.parts.statuses import APPOINTMENT
from workbench.screens.calendar import CalendarRow
from workbench.screens.groups import coming

OURS = tuple(
    (key, words.removeprefix("We cancel: ").capitalize()) for key, words in REASONS if whose(key) == "practice"
)
GONE = "This session is no longer on the page."


class SessionsPage(CalendarChanges):
    """A calendar in which a couple, a family or a group is opened as one, and each of them by themselves."""

    def do_open_visit(self, message: Message) -> Reply:
        """The session, if several come; else the appointment."""
        row = self.row(message.text("id"))
        if row is None or not row.group_id or message.text("alone"):
            return super().do_open_visit(message)
        return self._roster(row)

    def _move_on(self, message: Message, verb: Callable[..., Any], toast: str) -> Reply:
        done = super()._move_on(message, verb, toast)
        row = self.row(message.text("id"))
        if row is None or not message.text("stay") or not isinstance(done, Done):
            return done
        # The roster is worked through from the first to the last, so it stays open.
        return replace(done, stays=lambda: self._roster(self.row(row.attendance_id) or row))

    def _roster(self, row: CalendarRow) -> Ask:
        rows = self._together(row)
        html = render(
            "pages/session.html",
            rows=rows,
            first=row,
            many=people(coming(one.status for one in rows)),
            leaders=[self.found.clinician(one) for one in row.leaders],
            series=self.open_series(row),
            looks=APPOINTMENT,
            zone=self.zone,
            may_move=all("move_appointment" in one.offers for one in rows if coming([one.status])),
        )
        return flyout(f"{clock(row.starts_at, self.zone)}, {day(row.starts_at, self.zone)}", html)

    def do_ask_move(self, message: Message) -> Reply:
        """Where to? Everybody goes along."""
        row = self.row(message.text("id"))
        if row is None or not row.group_id:
            return super().do_ask_move(message)
        return self.open_move(row, row.title)

    def do_ask_cancel_all(self, message: Message) -> Reply:
        """Sure, and why?"""
        row = self.row(message.text("id"))
        if row is None:
            return Refused(GONE)
        named = [one.patient_name for one in self._together(row) if coming([one.status])]
        return confirm(
            "cancel_all", "Cancel the session for everybody?",
            "It counts as cancelled by the practice, so it is nobody's late cancellation. Nothing is deleted.",
            listed=named, label="Cancel for everybody", args={"id": row.attendance_id}, reasons=OURS,
            danger=True,
        )  # fmt: skip

    def do_cancel_all(self, message: Message) -> Reply:
        """It is off, for all of them."""
        row, reason = self.row(message.text("id")), message.required("reason", "Please say why.")
        if row is None:
            return Done(GONE, tone="warn")
        many = people(sum(coming([one.status]) for one in self._together(row)))
        return self._changed(
            lambda: self.calls.cancel_for_everybody(
                row.appointment_id, reason=reason, expected_version=row.appointment_version, idempotency_key=message.key
            ),
            f"Cancelled for {many}",
        )

    def _together(self, row: CalendarRow) -> Sequence[CalendarRow]:
        rows = (one for one in self.found.rows if one.appointment_id == row.appointment_id)
        return sorted(rows, key=lambda one: one.patient_name.casefold())
