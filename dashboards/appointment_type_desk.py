"""The page of the kinds of appointments with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.appointment_types import AppointmentTypesPage, TypeCalls
from dashboards.parts.navigation import SET_UP, NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.scheduling.add_appointment_type import add_appointment_type
from workbench.actions.scheduling.retire_appointment_type import retire_appointment_type
from workbench.gate.permissions import Permission
from workbench.screens.appointment_types import appointment_types


def add_appointment_types(desk: Desk) -> None:
    """For who says what the practice offers."""
    if desk.person.may(Permission.SET_APPOINTMENT_TYPES):
        place = NavItem("Kinds of appointments", "/appointment-types", "list-checks", group=SET_UP)
        desk.page("/appointment-types", partial(_page, desk), place)


def _page(desk: Desk, visit: Visit) -> Page:
    del visit
    bound = desk.person.bound
    calls = TypeCalls(bound(appointment_types), bound(add_appointment_type), bound(retire_appointment_type))
    return AppointmentTypesPage(calls=calls, base=desk.base)
