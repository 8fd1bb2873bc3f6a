"""The page of reminders with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.reminders import ReminderCalls, RemindersPage
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.messaging.set_reminders import set_reminders
from workbench.gate.permissions import Permission
from workbench.screens.reminders import reminder_settings, reminders


def add_reminders(desk: Desk) -> None:
    """For who may remind; how it is done is for who settles it."""
    if desk.person.may(Permission.SEE_REMINDERS):
        desk.page("/reminders", partial(_page, desk), NavItem("Reminders", "/reminders", "bell"))


def _page(desk: Desk, visit: Visit) -> Page:
    del visit
    person = desk.person
    calls = ReminderCalls(
        shown=person.bound(reminders),
        how=desk.if_allowed(Permission.SET_REMINDERS, reminder_settings),
        set_reminders=desk.if_allowed(Permission.SET_REMINDERS, set_reminders),
    )
    return RemindersPage(calls=calls, zone=person.zone, clock=person.clock, word=desk.words.client, base=desk.base)
