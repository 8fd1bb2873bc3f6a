"""The page of the waitlist with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.waitlist import WaitlistCalls, WaitlistPage
from dashboards.pages.waitlist_terms import PatienceCalls
from dashboards.pages.waitlist_wish import join_calls
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.scheduling.accept_offer import accept_offer
from workbench.actions.scheduling.decline_offer import decline_offer
from workbench.actions.scheduling.leave_waitlist import leave_waitlist
from workbench.actions.scheduling.offer_time import offer_time
from workbench.actions.scheduling.renew_wish import renew_wish
from workbench.actions.scheduling.restore_wait import restore_wait
from workbench.actions.scheduling.set_waitlist_terms import set_waitlist_terms
from workbench.gate.permissions import Permission
from workbench.screens.patient_search import search_patients
from workbench.screens.waitlist import waitlist
from workbench.screens.waitlist_times import freed_times, times_for
from workbench.screens.waits_to_ask import waits_to_ask


def add_waitlist(desk: Desk) -> None:
    """For who books: the same people see who waits and offer times."""
    if desk.person.may(Permission.SEE_WAITLIST):
        count = partial(desk.person.call, waits_to_ask)
        desk.page("/waitlist", partial(_page, desk), NavItem("Waitlist", "/waitlist", "hourglass", count=count))


def _page(desk: Desk, visit: Visit) -> Page:
    person, joining = desk.person, join_calls(desk.person)
    assert joining is not None
    calls = WaitlistCalls(
        shown=person.bound(waitlist), freed=person.bound(freed_times), times_for=person.bound(times_for),
        joining=joining, search=person.bound(search_patients), renew=person.bound(renew_wish),
        leave=person.bound(leave_waitlist), offer=person.bound(offer_time), accept=person.bound(accept_offer),
        decline=person.bound(decline_offer),
    )  # fmt: skip
    patience = PatienceCalls(
        person.bound(restore_wait), desk.if_allowed(Permission.SET_WAITLIST_TERMS, set_waitlist_terms)
    )
    return WaitlistPage(
        visit,
        calls=calls,
        patience=patience,
        zone=person.zone,
        clock=person.clock,
        word=desk.words.client,
        base=desk.base,
    )
