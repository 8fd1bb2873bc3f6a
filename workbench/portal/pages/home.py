"""The first page: what needs doing, the next appointment, what is owed."""

from dataclasses import dataclass

from workbench.portal.asking import Asking
from workbench.portal.doing import ToDo, to_do
from workbench.portal.page import PortalPage
from workbench.portal.speaking import HOME
from workbench.screens.own_appointments import OwnAppointment, own_appointments
from workbench.screens.own_balance import OwnBalance, own_balance
from workbench.web.doorway import beside


@dataclass(frozen=True)
class Start:
    """What the first page shows."""

    to_do: tuple[ToDo, ...]
    following: OwnAppointment | None
    balance: OwnBalance


def start(asking: Asking) -> Start:
    """All of it, one read after the other."""
    coming = asking.call(own_appointments, asking.whom.patient_id).coming
    balance = asking.call(own_balance, asking.whom.patient_id)
    return Start(to_do(asking), coming[0] if coming else None, balance)


class Home(PortalPage):
    """`/portal`."""

    path = HOME
    title_key = "home.title"
    menu_key = "home.menu"
    told = frozenset({"home.now_for"})

    async def get(self) -> None:
        """The page."""
        self.page("home.html", start=await beside(start, self.asking))
