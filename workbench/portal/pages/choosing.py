"""Choosing: about whom, and in which language."""

from typing import Final

from workbench.gate.needs import Open
from workbench.portal.page import PortalPage
from workbench.portal.speaking import HOME, Portal, Speaking
from workbench.web.doorway import safe_next
from workbench.web.pages import SafeHandler
from workbench.web.tongues import LANGUAGES

WHOM: Final = "/portal/whom"
LANGUAGE: Final = "/portal/language"


class ChooseWhom(PortalPage):
    """Look at another record that one stands in for."""

    path = WHOM

    def get(self) -> None:
        """An address somebody typed: reading changes nothing."""
        self.go_on(HOME)

    def post(self) -> None:
        """From now on this one."""
        self.choose(self.get_body_argument("patient_id", ""))
        self.go_on(HOME, "home.now_for" if len(self.mine.people) > 1 else "")


class ChooseLanguage(Speaking, SafeHandler):
    """Speak another language, signed in or not."""

    needs = Open.TO_ALL

    def initialize(self, portal: Portal) -> None:
        """The practice whose site it is."""
        self.portal = portal

    def get(self) -> None:
        """An address somebody typed: reading changes nothing."""
        self.redirect(HOME, status=303)

    def post(self) -> None:
        """Keep it in this browser, and back to where the switch was."""
        chosen = self.get_body_argument("language", "")
        if chosen in LANGUAGES:
            self.keep_language(chosen)
        self.redirect(safe_next(self.get_body_argument("next", ""), HOME), status=303)
