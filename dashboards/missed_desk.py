"""The page of missed sessions with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.missed import MissedCalls, MissedPage
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.billing.charge_missed_fee import charge_missed_fee
from workbench.actions.billing.set_missed_service_terms import set_missed_service_terms
from workbench.actions.billing.set_missed_terms import set_missed_terms
from workbench.actions.billing.waive_missed_fee import waive_missed_fee
from workbench.gate.permissions import Permission
from workbench.screens.missed_fees import missed_fees


def add_missed(desk: Desk) -> None:
    """For who reads balances: who decides has buttons."""
    if desk.person.may(Permission.SEE_MISSED_FEES):
        place = NavItem("Missed sessions", "/missed", "calendar-x", group="Billing")
        desk.page("/missed", partial(_page, desk), place)


def _page(desk: Desk, visit: Visit) -> Page:
    del visit
    person = desk.person
    calls = MissedCalls(
        person.bound(missed_fees), person.bound(charge_missed_fee), person.bound(waive_missed_fee),
        desk.if_allowed(Permission.SET_MISSED_TERMS, set_missed_terms),
        desk.if_allowed(Permission.SET_MISSED_TERMS, set_missed_service_terms),
    )  # fmt: skip
    return MissedPage(calls=calls, zone=person.zone, clock=person.clock, word=desk.words.client, base=desk.base)
