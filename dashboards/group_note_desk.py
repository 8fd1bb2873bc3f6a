"""The page of a group session's notes with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.group_note import GroupNoteCalls, GroupNotePage
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.charting.sign_group_note import sign_group_note
from workbench.actions.charting.write_group_note import write_group_note
from workbench.actions.charting.write_note import write_note
from workbench.actions.scheduling.check_in import check_in
from workbench.actions.scheduling.mark_no_show import mark_no_show
from workbench.gate.permissions import Permission
from workbench.screens.group_session import group_session_notes


def add_group_notes(desk: Desk) -> None:
    """For who writes notes; it is reached from My day and from the group and stands in no rail."""
    if desk.person.may(Permission.WRITE_NOTE):
        desk.page("/group-notes/{appointment_id}", partial(_page, desk))


def _page(desk: Desk, visit: Visit) -> Page:
    bound = desk.person.bound
    calls = GroupNoteCalls(
        bound(group_session_notes), bound(write_group_note), bound(write_note), bound(sign_group_note),
        {verb.__name__: bound(verb) for verb in (mark_no_show, check_in)},
    )  # fmt: skip
    return GroupNotePage(visit, calls=calls, zone=desk.person.zone, clock=desk.person.clock, base=desk.base)
