"""The page of what waits for a co-signature with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.cosigning import CosignQueuePage
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.gate.permissions import Permission
from workbench.screens.cosign_queue import cosign_queue
from workbench.screens.cosigns_waiting import cosigns_waiting


def add_cosigning(desk: Desk) -> None:
    """For who supervises."""
    if desk.person.may(Permission.SEE_COSIGNS):
        waiting = partial(desk.person.call, cosigns_waiting)
        desk.page("/to-cosign", partial(_page, desk), NavItem("To co-sign", "/to-cosign", "user-check", count=waiting))


def _page(desk: Desk, visit: Visit) -> Page:
    del visit
    return CosignQueuePage(queue=desk.person.bound(cosign_queue), zone=desk.person.zone, base=desk.base)
