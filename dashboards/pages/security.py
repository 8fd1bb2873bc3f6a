"""Sign-in and security: one's passkeys, authenticator app, recovery codes, password, and open sessions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done
from workbench.gate.permissions import Permission
from workbench.screens.own_sign_in import OwnSignIn


@dataclass(frozen=True)
class SecurityCalls:
    """The calls of the page, with actor and time already given. end, end_others: answer whose pages must close."""

    shown: Callable[[], OwnSignIn]
    rename: Callable[..., Any]
    remove: Callable[..., Any]
    end: Callable[..., Any]
    end_others: Callable[..., Any]
    close_session: Callable[[str], None]


class SecurityPage(Page):
    """What there is, and the ways to change it. Changes that make something new have pages of their own."""

    needs = Permission.SEE_OWN_SIGN_IN
    title = "Sign-in and security"

    def __init__(self, *, calls: SecurityCalls, zone: ZoneInfo) -> None:
        self._calls, self._zone = calls, zone
        self.shown: OwnSignIn | None = None

    def load(self) -> None:
        """How things are now."""
        self.shown = self._calls.shown()

    def render(self) -> Markup:
        """The page."""
        return render("pages/security.html", shown=self.shown, zone=self._zone)

    def do_ask_rename(self, message: Message) -> Ask:
        """What is it to be called?"""
        passkey_id = message.required("id")
        label = next((p.label for p in self.shown.passkeys if p.passkey_id == passkey_id), "") if self.shown else ""
        html = render("pages/security_rename.html", passkey_id=passkey_id, label=label)
        return flyout("Rename the passkey", html, "modal")

    def do_rename(self, message: Message) -> Done:
        """Call it that."""
        self._calls.rename(message.required("id"), label=message.required("label"), idempotency_key=message.key)
        return Done("Renamed")

    def do_ask_remove(self, message: Message) -> Ask:
        """Sure?"""
        return confirm(
            "remove",
            "Remove this passkey?",
            "It will not sign you in any more. Sessions that are open stay open.",
            label="Remove it",
            args={"id": message.required("id")},
            danger=True,
        )

    def do_remove(self, message: Message) -> Done:
        """Take it away."""
        self._calls.remove(message.required("id"), idempotency_key=message.key)
        return Done("The passkey is removed")

    def do_end(self, message: Message) -> Done:
        """End one session, and close its pages."""
        done = self._calls.end(message.required("id"), idempotency_key=message.key)
        self._calls.close_session(done.session_hash)
        return Done("That session has ended")

    def do_end_others(self, message: Message) -> Done:
        """End every session but this one."""
        this = next((one.session_id for one in self.shown.sessions if one.is_this), "") if self.shown else ""
        done = self._calls.end_others(this, idempotency_key=message.key)
        for session_hash in done.session_hashes:
            self._calls.close_session(session_hash)
        return Done("You are signed out everywhere else")
