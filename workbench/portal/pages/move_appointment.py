"""Moving one's own appointment to another time of the same clinician, with what it costs told before."""

from typing import Final

from tornado.web import HTTPError

from workbench.actions.scheduling.move_own_appointment import move_own_appointment
from workbench.kernel.errors import WorkbenchError
from workbench.portal.page import PortalPage
from workbench.portal.pages.appointments import MOVE, PATH
from workbench.portal.pages.book import address, by_day, day_in, instant_in
from workbench.screens.own_appointments import OwnAppointment, own_appointments
from workbench.screens.own_times import OwnSlot, own_move_times

CONFIRM: Final = f"{MOVE}/confirm"


class MovePage(PortalPage):
    """What both steps share: which appointment it is about."""

    async def named(self, attendance_id: str) -> OwnAppointment:
        """The appointment of this record with this id.

        Raises:
            HTTPError: 404, there is none that may be moved.
        """
        shown = await self.ask(own_appointments, self.whom.patient_id)
        for one in shown.coming:
            if one.attendance_id == attendance_id and one.can_move:
                return one
        raise HTTPError(404)


class MoveAppointment(MovePage):
    """The other times."""

    path = MOVE
    title_key = "move.title"

    async def get(self) -> None:
        """Reading: nothing moves yet."""
        one = await self.named(self.get_query_argument("id", ""))
        place = self.get_query_argument("place", "video" if one.is_video else "office")
        slots = await self.ask(
            own_move_times, one.attendance_id, place=place, from_on=day_in(self.get_query_argument("from", ""))
        )
        kept = {"id": one.attendance_id, "place": place}
        later = address(MOVE, **kept, **{"from": slots.later_on.isoformat()}) if slots.later_on else ""
        days = by_day(slots.slots, self.portal.gate.zone)
        self.page("move.html", one=one, days=days, place=place, later=later, back=PATH,
                  link=lambda slot: _confirming(one.attendance_id, slot))  # fmt: skip


class ConfirmMove(MovePage):
    """From when to when, what it costs, and the button."""

    path = CONFIRM
    title_key = "move.confirm_title"

    async def get(self) -> None:
        """The question."""
        one = await self.named(self.get_query_argument("id", ""))
        await self._ask(one, self.get_query_argument("where", ""), self.get_query_argument("at", ""))

    async def post(self) -> None:
        """Move it, if it costs what was told when the question was read."""
        one = await self.named(self.typed("id"))
        where, at = self.typed("where"), self.typed("at")
        starts_at = instant_in(at)
        if starts_at is None:
            raise HTTPError(404)
        if self.typed("fee") != str(one.fee_cents) or self.typed("late") != str(int(one.is_late)):
            await self._ask(one, where, at, {"": self.t("errors.costs_now")})
            return
        try:
            done = await self.do(move_own_appointment, one.attendance_id, starts_at=starts_at, location_id=where)
        except WorkbenchError as refusal:
            self.page("book_refused.html", 409, problems=self.problems(refusal),
                      back=address(MOVE, id=one.attendance_id))  # fmt: skip
            return
        self.go_on(PATH, "move.moved_late" if done.is_late else "move.moved")

    async def _ask(self, one: OwnAppointment, where: str, at: str, problems: dict[str, str] | None = None) -> None:
        starts_at = instant_in(at)
        if starts_at is None:
            raise HTTPError(404)
        for place in ("office", "video"):
            slots = await self.ask(own_move_times, one.attendance_id, place=place, exactly_at=starts_at)
            slot = next((slot for slot in slots.slots if slot.location_id == where), None)
            if slot is not None:
                self.page("move_confirm.html", 409 if problems else 200, one=one, slot=slot, at=at,
                          problems=problems or {}, back=address(MOVE, id=one.attendance_id))  # fmt: skip
                return
        self.go_on(address(MOVE, id=one.attendance_id))


def _confirming(attendance_id: str, slot: OwnSlot) -> str:
    return address(CONFIRM, id=attendance_id, where=slot.location_id, at=str(int(slot.starts_at.timestamp())))
