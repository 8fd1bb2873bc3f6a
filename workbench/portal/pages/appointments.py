"""One's own appointments, and cancelling one under the same terms that staff apply."""

from typing import Final

from tornado.web import HTTPError

from workbench.actions.scheduling.cancel_appointment import cancel_appointment
from workbench.kernel.errors import WorkbenchError
from workbench.portal.page import PortalPage
from workbench.screens.own_appointments import OwnAppointment, own_appointments

PATH: Final = "/portal/appointments"
CANCEL: Final = f"{PATH}/cancel"
MOVE: Final = f"{PATH}/move"
_REASON: Final = "Cancelled in the portal by the person in care"
_REASON_PROXY: Final = "Cancelled in the portal by who stands in for them"


class Appointments(PortalPage):
    """What comes and what was."""

    path = PATH
    title_key = "appointments.title"
    menu_key = "appointments.menu"
    told = frozenset({
        "appointments.cancelled", "appointments.cancelled_late", "appointments.taken_back", "book.requested",
        "book.booked", "move.moved", "move.moved_late", "waitlist.accepted",
    })  # fmt: skip

    async def get(self) -> None:
        """Both lists."""
        shown = await self.ask(own_appointments, self.whom.patient_id)
        self.page("appointments.html", shown=shown, cancel=CANCEL, move=MOVE)


class CancelAppointment(PortalPage):
    """What it means to cancel, and the button that does it."""

    path = CANCEL
    title_key = "appointments.cancel_title"

    async def get(self) -> None:
        """The question, with what it costs."""
        self.page("cancel_appointment.html", one=await self._named(self.get_query_argument("id", "")), back=PATH)

    async def post(self) -> None:
        """Cancel it, if it costs what was told when the question was read."""
        one = await self._named(self.get_body_argument("id", ""))
        told = self.get_body_argument("fee", "")
        if one.can_cancel and told != str(one.fee_cents):
            self._ask_again(one, {"": self.t("errors.costs_now")})
            return
        try:
            reason = _REASON if self.whom.is_self else _REASON_PROXY
            done = await self.do(cancel_appointment, one.attendance_id, reason=reason)
        except WorkbenchError as refusal:
            self._ask_again(one, self.problems(refusal))
            return
        if one.is_asked:
            self.go_on(PATH, "appointments.taken_back")
            return
        self.go_on(PATH, "appointments.cancelled_late" if done.is_late else "appointments.cancelled")

    def _ask_again(self, one: OwnAppointment, problems: dict[str, str]) -> None:
        self.page("cancel_appointment.html", 409, one=one, back=PATH, problems=problems)

    async def _named(self, attendance_id: str) -> OwnAppointment:
        """The appointment of this record with this id.

        Raises:
            HTTPError: 404, there is none.
        """
        shown = await self.ask(own_appointments, self.whom.patient_id)
        for one in (*shown.coming, *shown.past):
            if one.attendance_id == attendance_id:
                return one
        raise HTTPError(404)
