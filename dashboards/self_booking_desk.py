"""The pages of what people in care book by themselves with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.booking_requests import BookingRequestsPage, RequestCalls
from dashboards.pages.self_booking import SelfBookingCalls, SelfBookingPage
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.scheduling.accept_request import accept_request
from workbench.actions.scheduling.decline_request import decline_request
from workbench.actions.scheduling.set_self_booking import set_self_booking
from workbench.gate.permissions import Permission
from workbench.screens.booking_requests import booking_requests, requests_waiting
from workbench.screens.self_booking import self_booking


def add_self_booking(desk: Desk) -> None:
    """The requests for who books, the rules for who says what the practice offers."""
    if desk.person.may(Permission.ANSWER_REQUEST):
        waiting = partial(desk.person.call, requests_waiting)
        desk.page("/requests", partial(_requests, desk), NavItem("Requests", "/requests", "inbox", count=waiting))
    if desk.person.may(Permission.SET_APPOINTMENT_TYPES):
        place = NavItem("Booking by themselves", "/self-booking", "calendar-plus")
        desk.page("/self-booking", partial(_rules, desk), place)


def _requests(desk: Desk, visit: Visit) -> Page:
    del visit
    bound = desk.person.bound
    calls = RequestCalls(bound(booking_requests), bound(accept_request), bound(decline_request))
    return BookingRequestsPage(calls=calls, zone=desk.person.zone, base=desk.base)


def _rules(desk: Desk, visit: Visit) -> Page:
    del visit
    bound = desk.person.bound
    return SelfBookingPage(calls=SelfBookingCalls(bound(self_booking), bound(set_self_booking)), base=desk.base)
