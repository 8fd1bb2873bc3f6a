"""Booking sessions of a couple, a family or a group, in the dialog that books for one."""

from datetime import date, time

from dashboards.pages.booking import Chosen
from dashboards.pages.series import Planned, SeriesPage
from dashboards.parts.html import day
from dashboards.parts.message import Message
from dashboards.parts.replies import Ask, Done, Reply
from workbench.kernel.errors import WorkbenchError
from workbench.screens.groups import GroupShown


class GroupBookingPage(SeriesPage):
    """A page from which sessions of several are booked."""

    def open_group_booking(self, group: GroupShown) -> Ask:
        """Begin with who comes."""
        self.beside = ()
        return self.open_booking(Chosen(self.today, group_id=group.group_id, patient_name=group.title, is_fixed=True))

    def do_book(self, message: Message) -> Reply:
        """Book one; what repeats is shown day by day first."""
        self.beside = message.all("beside")
        if message.text("repeat"):
            return super().do_book(message)
        local = self.starts_at(message).astimezone(self.zone)
        self.chosen.type_id, self.chosen.room_id = message.required("type_id"), message.text("room_id")
        return self._book(
            message, message.required("clinician_id"), message.required("location_id"), local.date(), local.time()
        )

    def book_days(self, message: Message, planned: Planned, without: tuple[date, ...]) -> Reply:
        """The same, for everybody in it."""
        self.chosen.type_id, self.chosen.room_id = planned.type_id, planned.room_id
        return self._book(
            message, planned.clinician_id, planned.location_id, planned.first_on, planned.at, planned.plan.rule, without
        )

    def _book(
        self, message: Message, clinician_id: str, location_id: str, first_on: date, at: time, rule: str = "",
        without: tuple[date, ...] = (),
    ) -> Reply:  # fmt: skip
        try:
            booked = self.calls.book_group(
                self.chosen.group_id, clinician_id=clinician_id, type_id=self.chosen.type_id, location_id=location_id,
                first_on=first_on, at=at, rule=rule, without=without, beside_ids=self.beside,
                room_id=self.chosen.room_id,
                idempotency_key=message.key,
            )  # fmt: skip
        except WorkbenchError as refusal:
            return self.refused(refusal, "at")
        count = len(booked.starts_at)
        sessions = "1 session" if count == 1 else f"{count} sessions"
        return Done(f"{sessions} booked for {booked.members} people, from {day(booked.starts_at[0], self.zone)}")
