"""The page of reminders with the calls of one person, and that of who only settles how they go out."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.outbox import OutboxCalls, OutboxPage
from dashboards.pages.reminder_wording import ReminderWordingPage, WordingCalls
from dashboards.pages.reminders import RemindersPage
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.messaging.give_up_reminder import give_up_reminder
from workbench.actions.messaging.retry_reminder import retry_reminder
from workbench.actions.messaging.set_reminders import set_reminders
from workbench.gate.permissions import Permission
from workbench.screens.deliveries import deliveries
from workbench.screens.reminders import reminder_settings, reminders


def add_reminders(desk: Desk) -> None:
    """For who may remind, and for who settles how it is done."""
    place = NavItem("Reminders", "/reminders", "bell")
    if desk.person.may(Permission.SEE_REMINDERS):
        desk.page("/reminders", partial(_page, desk), place)
        desk.page("/outbox", partial(_outbox_page, desk), NavItem("Outbox", "/outbox", "send"))
    elif desk.person.may(Permission.SET_REMINDERS):
        desk.page("/reminders", partial(_wording_page, desk), place)


def _outbox_page(desk: Desk, visit: Visit) -> Page:
    del visit
    calls = OutboxCalls(
        desk.person.bound(deliveries),
        desk.if_allowed(Permission.HANDLE_REMINDER, retry_reminder),
        desk.if_allowed(Permission.HANDLE_REMINDER, give_up_reminder),
    )
    return OutboxPage(calls=calls, zone=desk.person.zone, word=desk.words.client, base=desk.base)


def _wording(desk: Desk) -> WordingCalls | None:
    if not desk.person.may(Permission.SET_REMINDERS):
        return None
    return WordingCalls(desk.person.bound(reminder_settings), desk.person.bound(set_reminders))


def _wording_page(desk: Desk, visit: Visit) -> Page:
    del visit
    return ReminderWordingPage(wording=_wording(desk))


def _page(desk: Desk, visit: Visit) -> Page:
    del visit
    person = desk.person
    return RemindersPage(
        shown=person.bound(reminders), wording=_wording(desk), zone=person.zone, clock=person.clock,
        word=desk.words.client, base=desk.base,
    )  # fmt: skip
