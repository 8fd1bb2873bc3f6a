"""The pages of access reviews, for who prepares or decides them."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.access_review import AccessReviewPage
from dashboards.pages.access_reviews import AccessReviewsPage
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.accounts.attest_access import attest_access
from workbench.actions.accounts.close_access_review import close_access_review
from workbench.actions.accounts.open_access_review import open_access_review
from workbench.gate.permissions import Permission
from workbench.screens.access_reviews import access_review, access_reviews, review_lines_waiting

PATH = "/access/reviews"


def add_reviews(desk: Desk) -> None:
    """The list and one review."""
    person = desk.person
    if not person.may(Permission.SEE_ACCESS_REVIEWS):
        return
    waiting = partial(person.call, review_lines_waiting)
    place = NavItem("Access reviews", PATH, "list-checks", group="Access", count=waiting)
    desk.page(PATH, partial(_list_page, desk), place)
    desk.page(f"{PATH}/{{review_id}}", partial(_review_page, desk))


def _list_page(desk: Desk, visit: Visit) -> Page:
    del visit
    shown, begin = desk.person.bound(access_reviews), desk.if_allowed(Permission.OPEN_ACCESS_REVIEW, open_access_review)
    return AccessReviewsPage(
        shown=shown, begin=begin, today=desk.person.practice_day, zone=desk.person.zone, base=desk.base
    )


def _review_page(desk: Desk, visit: Visit) -> Page:
    return AccessReviewPage(
        visit.ids["review_id"],
        shown=desk.person.bound(access_review),
        attest=desk.if_allowed(Permission.ATTEST_ACCESS, attest_access),
        close=desk.if_allowed(Permission.CLOSE_ACCESS_REVIEW, close_access_review),
        zone=desk.person.zone,
        base=desk.base,
    )
