"""Everybody's own account: how they sign in, where they are signed in, and what they should hear of."""

from collections.abc import Callable
from functools import partial
from typing import Final

from dashboards.desks import Desk
from dashboards.feeds import PATH as FEED_PATH
from dashboards.pages.feeds import FeedCalls, FeedsPage
from dashboards.pages.security import SecurityCalls, SecurityPage
from dashboards.parts.html import instant
from dashboards.parts.navigation import MenuItem, Notice
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from dashboards.person import Person
from workbench.actions.accounts.end_other_sessions import end_other_sessions
from workbench.actions.accounts.end_session import end_session
from workbench.actions.accounts.remove_passkey import remove_passkey
from workbench.actions.accounts.rename_passkey import rename_passkey
from workbench.actions.scheduling.end_feed import end_feed
from workbench.actions.scheduling.make_feed import make_feed
from workbench.gate.actor import Role
from workbench.screens.calendar_feed import own_feeds
from workbench.screens.own_sign_in import About, own_notices, own_sign_in

PATH = "/account/security"
FEEDS_PATH = "/account/calendar"


def account_menu(person: Person) -> tuple[MenuItem, ...]:
    """What stands below the person's own sign."""
    feeds = MenuItem("Calendar on your devices", FEEDS_PATH, "calendar-days")
    return (MenuItem("Sign-in and security", PATH, "shield-check"), *((feeds,) if _sees_people(person) else ()))


def add_own_account(desk: Desk, close_session: Callable[[str], None], origin: str) -> None:
    """The pages, for everybody. close_session: closes the pages of a session that ended, by its hash.

    origin: where devices reach this site.
    """
    desk.page(PATH, partial(_security_page, desk, close_session))
    if _sees_people(desk.person):
        desk.page(FEEDS_PATH, partial(_feeds_page, desk.person, origin))


def notices_of(person: Person) -> tuple[Notice, ...]:
    """What the bell holds."""
    told = person.call(own_notices, person.actor().user_id)
    return tuple(
        Notice(one.text, path, instant(one.at, person.zone), icon, one.is_new)
        for one in told
        for path, icon in [_PLACES[one.about]]
    )


_PLACES: Final = {
    About.ACCOUNT: (PATH, "shield-check"),
    About.EMERGENCY: ("/emergency", "triangle-alert"),
    About.PROXIES: ("/proxies", "users"),
}


def _sees_people(person: Person) -> bool:
    """Whether they hold a role that sees people, and so have a calendar of their own."""
    return person.actor().has(Role.CLINICIAN, Role.SUPERVISOR)


def _feeds_page(person: Person, origin: str, visit: Visit) -> Page:
    del visit
    user_id = person.actor().user_id
    calls = FeedCalls(
        shown=lambda: person.call(own_feeds, user_id),
        make=partial(person.call, make_feed, user_id),
        end=person.bound(end_feed),
        address=f"{origin}{FEED_PATH}",
    )
    return FeedsPage(calls=calls, zone=person.zone)


def _security_page(desk: Desk, close_session: Callable[[str], None], visit: Visit) -> Page:
    del visit
    person = desk.person
    calls = SecurityCalls(
        shown=lambda: person.call(own_sign_in, person.actor().user_id),
        rename=person.bound(rename_passkey),
        remove=person.bound(remove_passkey),
        end=person.bound(end_session),
        end_others=person.bound(end_other_sessions),
        close_session=close_session,
    )
    return SecurityPage(calls=calls, zone=person.zone)
