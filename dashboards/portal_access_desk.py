"""The page on which staff invite somebody to the portal, with the calls of one person."""

from collections.abc import Callable
from functools import partial

from dashboards.desks import Desk
from dashboards.pages.portal_access import PortalAccessPage, PortalCalls
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.accounts.end_portal_access import end_portal_access
from workbench.actions.accounts.invite_to_portal import invite_to_portal
from workbench.gate.permissions import Permission
from workbench.screens.portal_access import portal_access


def add_portal_access(desk: Desk, close_session: Callable[[str], None], origin: str) -> None:
    """For who invites; it is reached from a client's file and stands in no rail.

    close_session: closes the pages of a session that ended, by its hash. origin: where people reach this site.
    """
    if desk.person.may(Permission.SEE_PORTAL_ACCESS):
        desk.page("/portal-access/{patient_id}", partial(_page, desk, close_session, origin))


def _page(desk: Desk, close_session: Callable[[str], None], origin: str, visit: Visit) -> Page:
    bound = desk.person.bound
    calls = PortalCalls(bound(portal_access), bound(invite_to_portal), bound(end_portal_access), close_session)
    return PortalAccessPage(visit, calls=calls, origin=origin, zone=desk.person.zone, base=desk.base)
