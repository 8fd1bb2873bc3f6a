"""Everybody's own account: how they sign in, where they are signed in, and what they should hear of."""

from collections.abc import Callable
from functools import partial

from dashboards.desks import Desk
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
from workbench.screens.own_sign_in import own_notices, own_sign_in

PATH = "/account/security"
ACCOUNT_MENU = (MenuItem("Sign-in and security", PATH, "shield-check"),)


def add_own_account(desk: Desk, close_session: Callable[[str], None]) -> None:
    """The page, for everybody. close_session: closes the pages of a session that ended, by its hash."""
    desk.page(PATH, partial(_security_page, desk, close_session))


def notices_of(person: Person) -> tuple[Notice, ...]:
    """What the bell holds."""
    told = person.call(own_notices, person.actor().user_id)
    return tuple(
        Notice(one.text, path, instant(one.at, person.zone), icon, one.is_new)
        for one in told
        for path, icon in [("/emergency", "triangle-alert") if one.is_emergency else (PATH, "shield-check")]
    )


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
