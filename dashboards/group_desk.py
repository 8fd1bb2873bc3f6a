"""The page of who is seen together, with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.groups import GroupCalls, GroupsPage
from dashboards.pages.schedule_calls import ScheduleCalls
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.scheduling.join_group import join_group
from workbench.actions.scheduling.leave_group import leave_group
from workbench.actions.scheduling.make_group import make_group
from workbench.gate.permissions import Permission
from workbench.screens.groups import groups


def add_groups(desk: Desk) -> None:
    """For who books."""
    if desk.person.may(Permission.SEE_GROUPS):
        desk.page("/groups", partial(_page, desk), NavItem("Groups", "/groups", "heart-handshake"))


def _page(desk: Desk, visit: Visit) -> Page:
    del visit
    person = desk.person
    calls = GroupCalls(
        person.bound(groups), person.bound(make_group), person.bound(join_group), person.bound(leave_group)
    )
    return GroupsPage(
        groups=calls, calls=ScheduleCalls.of(person.bound), zone=person.zone, clock=person.clock,
        patient_word=desk.words.client, base=desk.base,
    )  # fmt: skip
