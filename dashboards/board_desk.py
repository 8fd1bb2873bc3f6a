"""The board of the day with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.board import BoardPage
from dashboards.pages.schedule_calls import ScheduleCalls
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.gate.permissions import Permission
from workbench.screens.board import board, board_marks


def add_board(desk: Desk) -> None:
    """For who sees the schedule, after it in the rail."""
    if desk.person.may(Permission.SEE_SCHEDULE):
        desk.page("/board", partial(_page, desk))
        place = NavItem("Today", "/board", "door-open")
        after = [one.path for one in desk.nav].index("/schedule") + 1
        desk.nav = (*desk.nav[:after], place, *desk.nav[after:])


def _page(desk: Desk, visit: Visit) -> Page:
    del visit
    person = desk.person
    return BoardPage(
        board=person.bound(board), marks=person.bound(board_marks), calls=ScheduleCalls.of(person.bound),
        zone=person.zone, clock=person.clock, patient_word=desk.words.client, base=desk.base,
    )  # fmt: skip
