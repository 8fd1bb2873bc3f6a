"""The page of short texts with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.snippets import SnippetCalls, SnippetsPage
from dashboards.parts.navigation import SET_UP, NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.charting.add_snippet import add_snippet
from workbench.actions.charting.change_snippet import change_snippet
from workbench.actions.charting.retire_snippet import retire_snippet
from workbench.gate.permissions import Permission
from workbench.screens.own_snippets import own_snippets


def add_snippets(desk: Desk) -> None:
    """For who writes notes."""
    if desk.person.may(Permission.SET_SNIPPETS) and desk.person.may(Permission.WRITE_NOTE):
        desk.page("/snippets", partial(_page, desk), NavItem("Short texts", "/snippets", "notebook-pen", group=SET_UP))


def _page(desk: Desk, visit: Visit) -> Page:
    del visit
    bound = desk.person.bound
    calls = SnippetCalls(bound(own_snippets), bound(add_snippet), bound(change_snippet), bound(retire_snippet))
    return SnippetsPage(calls=calls)
