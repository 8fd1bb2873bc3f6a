"""What billing asks about codes, times and places, for those who may set them: let it through, or do not."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Done, Reply
from workbench.gate.permissions import Permission
from workbench.screens.charge_holds import AskedShown

_ANSWERS = {"yes": "Let through. Billing can claim it.", "no": "Not let through. Billing sees why."}


class CodesToConfirmPage(Page):
    """The oldest first."""

    needs = Permission.ANSWER_OVERRIDE
    title = "Codes to confirm"

    def __init__(
        self, *, asked: Callable[[], tuple[AskedShown, ...]], answer: Callable[..., Any], zone: ZoneInfo, base: str
    ) -> None:
        self._asked, self._answer, self._zone, self._base = asked, answer, zone, base
        self.asked: tuple[AskedShown, ...] = ()

    def load(self) -> None:
        """What waits, of the people within reach."""
        self.asked = self._asked()

    def render(self) -> Markup:
        """One card."""
        return render("pages/codes_to_confirm.html", asked=self.asked, zone=self._zone, base=self._base)

    def do_ask_answer(self, message: Message) -> Reply:
        """Yes or no, and why?"""
        one = next((one for one in self.asked if one.request_id == message.text("id")), None)
        if one is None:
            return Done("This is answered already.", tone="warn")
        return flyout("Does the code stand?", render("pages/codes_to_confirm_answer.html", one=one), "modal")

    def do_answer(self, message: Message) -> Done:
        """Once.

        Raises:
            FieldProblem: neither yes nor no.
        """
        said = message.text("answer")
        if said not in _ANSWERS:
            raise FieldProblem("answer", "Please choose.")
        self._answer(message.text("id"), is_overridden=said == "yes", reason=message.text("reason"),
                     idempotency_key=message.key)  # fmt: skip
        return Done(_ANSWERS[said])
