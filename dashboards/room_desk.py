"""The page of rooms with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.rooms import RoomCalls, RoomsPage
from dashboards.parts.navigation import SET_UP, NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.scheduling.add_room import add_room
from workbench.actions.scheduling.retire_room import retire_room
from workbench.gate.permissions import Permission
from workbench.screens.rooms import rooms


def add_rooms(desk: Desk) -> None:
    """For who says which rooms there are."""
    if desk.person.may(Permission.SET_ROOMS) and desk.person.may(Permission.SEE_ROOMS):
        desk.page("/rooms", partial(_page, desk), NavItem("Rooms", "/rooms", "door-open", group=SET_UP))


def _page(desk: Desk, visit: Visit) -> Page:
    del visit
    calls = RoomCalls(
        desk.person.bound(rooms),
        desk.if_allowed(Permission.SET_ROOMS, add_room),
        desk.if_allowed(Permission.SET_ROOMS, retire_room),
    )
    return RoomsPage(calls=calls, base=desk.base)
