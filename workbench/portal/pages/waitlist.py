"""Waiting for a time: what one waits for, the times that are offered with their end, yes, no, joining and leaving."""

from typing import Final

from tornado.web import HTTPError

from workbench.actions.scheduling.accept_offer import accept_offer
from workbench.actions.scheduling.decline_offer import decline_offer
from workbench.actions.scheduling.join_waitlist import join_waitlist
from workbench.actions.scheduling.leave_waitlist import leave_waitlist
from workbench.kernel.errors import WorkbenchError
from workbench.portal.page import PortalPage
from workbench.portal.pages.appointments import PATH as APPOINTMENTS
from workbench.screens.own_times import own_services
from workbench.screens.own_waitlist import EVERY_DAY, LAST_MINUTE, Leaving, Place, Wish, own_waitlist

PATH: Final = "/portal/waitlist"
_PARTS_OF_DAY: Final = {"any": (0, LAST_MINUTE), "morning": (0, 720), "afternoon": (720, 1020),
                        "evening": (1020, LAST_MINUTE)}  # fmt: skip
"""Minutes of the practice's clock between which an appointment begins."""


class Waitlist(PortalPage):
    """One page, four forms."""

    path = PATH
    title_key = "waitlist.title"
    menu_key = "waitlist.menu"
    told = frozenset({"waitlist.declined", "waitlist.joined", "waitlist.left"})

    async def get(self) -> None:
        """What is open now."""
        await self._show()

    async def post(self) -> None:
        """Whichever form was sent."""
        doing = {"accept": self._accept, "decline": self._decline, "join": self._join, "leave": self._leave}
        chosen = doing.get(self.typed("do"))
        if chosen is None:
            raise HTTPError(404)
        try:
            await chosen()
        except WorkbenchError as refusal:
            await self._show(self.problems(refusal), 409)

    async def _accept(self) -> None:
        await self.do(accept_offer, self.typed("id"))
        self.go_on(APPOINTMENTS, "waitlist.accepted")

    async def _decline(self) -> None:
        await self.do(decline_offer, self.typed("id"))
        self.go_on(PATH, "waitlist.declined")

    async def _join(self) -> None:
        await self.do(join_waitlist, self.whom.patient_id, type_id=self.typed("type"), wish=self._wish())
        self.go_on(PATH, "waitlist.joined")

    async def _leave(self) -> None:
        await self.do(leave_waitlist, self.typed("id"), why=Leaving.NO_LONGER)
        self.go_on(PATH, "waitlist.left")

    def _wish(self) -> Wish:
        place, part = self.typed("place"), _PARTS_OF_DAY.get(self.typed("part"), _PARTS_OF_DAY["any"])
        days = {int(one) for one in self.get_body_arguments("days") if one in "0123456" and len(one) == 1}
        where = Place(place) if place in tuple(Place) else Place.ANY
        return Wish(self.typed("who"), where, frozenset(days) & EVERY_DAY, *part)

    async def _show(self, problems: dict[str, str] | None = None, status: int = 200) -> None:
        mine = await self.ask(own_waitlist, self.whom.patient_id)
        waited = {one.type_id for one in mine.waits}
        services = [one for one in await self.ask(own_services, self.whom.patient_id) if one.type_id not in waited]
        told = {"": " ".join((problems or {}).values())} if problems else {}
        people = sorted({one for service in services for one in service.clinicians}, key=lambda one: one[1])
        self.page("waitlist.html", status, mine=mine, services=services, clinicians=people, problems=told,
                  parts_of_day=tuple(_PARTS_OF_DAY), days=range(7))  # fmt: skip
