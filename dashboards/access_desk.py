"""The pages about access: who may what, the table of permissions, working alone, looking as another role."""

from collections.abc import Callable
from functools import partial

from dashboards.desks import Desk
from dashboards.pages.access import AccessCalls, AccessPage
from dashboards.pages.leavers import CertificatePage, LeaverCalls, LeaversPage
from dashboards.pages.permission_table import PermissionTablePage
from dashboards.pages.view_as import ViewAsPage
from dashboards.pages.working_alone import AloneCalls, WorkingAlonePage
from dashboards.parts.html import instant
from dashboards.parts.navigation import NavItem, Notice, Strip
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from dashboards.person import Person
from workbench.actions.accounts.approve_access import approve_access
from workbench.actions.accounts.change_access_request import change_access_request
from workbench.actions.accounts.disable_account import disable_account
from workbench.actions.accounts.end_working_alone import end_working_alone
from workbench.actions.accounts.issue_sign_in_link import issue_sign_in_link
from workbench.actions.accounts.refuse_access import refuse_access
from workbench.actions.accounts.request_access import request_access
from workbench.actions.accounts.tick_clearance import tick_clearance
from workbench.actions.accounts.withdraw_access_request import withdraw_access_request
from workbench.actions.accounts.work_alone import work_alone
from workbench.actions.people.add_staff_member import add_staff_member
from workbench.actions.people.end_employment import end_employment
from workbench.actions.people.withdraw_departure import withdraw_departure
from workbench.gate.actor import Role
from workbench.gate.permissions import Permission
from workbench.screens.access_people import access_people
from workbench.screens.access_requests import access_requests
from workbench.screens.awaiting_access import Awaiting, awaiting_access, works_alone_from
from workbench.screens.departures import departure_certificate, departures, departures_done
from workbench.screens.staff_directory import staff_directory
from workbench.screens.working_alone import working_alone

GROUP = "Access"
PATH = "/access"
BRAKING_ROLES = (Role.OWNER, Role.MANAGER, Role.COMPLIANCE)


def add_access(desk: Desk, close_session: Callable[[str], None], origin: str) -> None:
    """The pages for whoever may see them. close_session: closes the pages of a session that ended, by its hash.

    origin: where people reach this site.
    """
    person = desk.person
    if person.may(Permission.SEE_ACCESS):
        place = NavItem("Access", PATH, "user-cog", group=GROUP, count=lambda: len(_awaiting(person)))
        desk.page(PATH, partial(_access_page, desk, close_session, origin), place)
        place = NavItem("Permissions", f"{PATH}/table", "table", group=GROUP)
        desk.page(f"{PATH}/table", partial(_table_page, desk), place)
    if person.may(Permission.SEE_DEPARTURES):
        place = NavItem("Leavers", f"{PATH}/leavers", "log-out", group=GROUP)
        desk.page(f"{PATH}/leavers", partial(_leavers_page, desk, close_session), place)
        desk.page(f"{PATH}/leavers/{{departure_id}}", partial(_certificate_page, desk))
    if person.may(Permission.PREVIEW_ROLE):
        desk.page(f"{PATH}/view-as", _view_as_page)
    if person.may(Permission.SEE_SELF_APPROVALS):
        alone = NavItem("Working alone", f"{PATH}/alone", "user-round", group=GROUP)
        # Whoever looks from outside has no other page of access.
        desk.page(f"{PATH}/alone", partial(_alone_page, desk), None if person.may(Permission.SEE_ACCESS) else alone)


def access_notices(person: Person) -> tuple[Notice, ...]:
    """What waits for the person's word, for the bell."""
    return tuple(
        Notice("A request for access waits for you", PATH, instant(one.asked_at, person.zone), "user-cog")
        for one in _awaiting(person)
    )


def alone_strip(person: Person, base: str) -> Strip | None:
    """What stands above every page of whoever works alone, or is about to."""
    since = works_alone_from(person.gate, person.actor(), now=person.clock())
    if since is None:
        return None
    begins = "You approve alone" if since <= person.clock() else f"From {instant(since, person.zone)} you approve alone"
    text = f"{begins}: each approval of your own waits 24 hours, and somebody outside looks at it every week."
    return Strip(text, "The record", f"{base}{PATH}/alone", "user-round")


def _awaiting(person: Person) -> tuple[Awaiting, ...]:
    return awaiting_access(person.gate, person.actor(), now=person.clock())


def _access_page(desk: Desk, close_session: Callable[[str], None], origin: str, visit: Visit) -> Page:
    del visit
    person = desk.person
    calls = AccessCalls(
        people=person.bound(access_people),
        requests=person.bound(access_requests),
        alone=desk.if_allowed(Permission.SEE_SELF_APPROVALS, working_alone),
        approve=desk.if_allowed(Permission.APPROVE_ACCESS, approve_access),
        refuse=desk.if_allowed(Permission.APPROVE_ACCESS, refuse_access),
        withdraw=desk.if_allowed(Permission.REQUEST_ACCESS, withdraw_access_request),
        request=desk.if_allowed(Permission.REQUEST_ACCESS, request_access),
        change=desk.if_allowed(Permission.REQUEST_ACCESS, change_access_request),
        tick=person.bound(tick_clearance),
        add_staff=desk.if_allowed(Permission.ADD_STAFF, add_staff_member),
        # A supervisor holds it for their own account alone, which is not what this page is for.
        disable=person.bound(disable_account) if person.actor().has(*BRAKING_ROLES) else None,
        link=desk.if_allowed(Permission.ISSUE_SIGN_IN_LINK, issue_sign_in_link),
        origin=origin,
        close_session=close_session,
    )
    return AccessPage(calls=calls, me=person.actor().person_id, zone=person.zone, clock=person.clock, base=desk.base)


def _leavers_page(desk: Desk, close_session: Callable[[str], None], visit: Visit) -> Page:
    del visit
    person = desk.person
    calls = LeaverCalls(
        shown=person.bound(departures),
        done=person.bound(departures_done),
        staff=person.bound(staff_directory),
        end=desk.if_allowed(Permission.END_EMPLOYMENT, end_employment),
        withdraw=desk.if_allowed(Permission.END_EMPLOYMENT, withdraw_departure),
        close_session=close_session,
    )
    return LeaversPage(calls=calls, me=person.actor().person_id, zone=person.zone, clock=person.clock, base=desk.base)


def _certificate_page(desk: Desk, visit: Visit) -> Page:
    shown = partial(desk.person.call, departure_certificate, visit.ids["departure_id"])
    return CertificatePage(shown=shown, zone=desk.person.zone)


def _table_page(desk: Desk, visit: Visit) -> Page:
    del visit
    return PermissionTablePage(base=desk.base, held=lambda: desk.person.actor().roles)


def _view_as_page(visit: Visit) -> Page:
    del visit
    return ViewAsPage()


def _alone_page(desk: Desk, visit: Visit) -> Page:
    del visit
    calls = AloneCalls(
        shown=desk.person.bound(working_alone),
        turn_on=desk.if_allowed(Permission.WORK_ALONE, work_alone),
        end=desk.if_allowed(Permission.WORK_ALONE, end_working_alone),
    )
    return WorkingAlonePage(calls=calls, zone=desk.person.zone, below_access=desk.person.may(Permission.SEE_ACCESS))
