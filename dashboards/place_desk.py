"""The page of places with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.places import PlaceCalls, PlacesPage
from dashboards.parts.navigation import SET_UP, NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.people.add_place import add_place
from workbench.actions.people.change_place import change_place
from workbench.actions.people.retire_place import retire_place
from workbench.gate.permissions import Permission
from workbench.screens.places import places


def add_own_places(desk: Desk) -> None:
    """For who says where people are seen."""
    if desk.person.may(Permission.SET_PLACES):
        desk.page("/places", partial(_page, desk), NavItem("Places", "/places", "map-pin", group=SET_UP))


def _page(desk: Desk, visit: Visit) -> Page:
    del visit
    bound = desk.person.bound
    calls = PlaceCalls(bound(places), bound(add_place), bound(change_place), bound(retire_place))
    return PlacesPage(calls=calls, zone=desk.person.zone.key)
