"""One charge that is held: every reason in a sentence, what mends it, and asking whoever may set codes."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Done, Reply
from dashboards.parts.routes import Visit
from workbench.gate.permissions import Permission
from workbench.screens.charge_holds import ChargeHolds


class HeldChargePage(Page):
    """For who reads claims; only a biller asks."""

    needs = Permission.SEE_CLAIMS
    title = "Held charge"

    def __init__(
        self, visit: Visit, *, shown: Callable[[str], ChargeHolds], ask: Callable[..., Any], zone: ZoneInfo, base: str
    ) -> None:
        self._shown, self._ask, self._zone, self._base = shown, ask, zone, base
        self._charge_id = visit.ids["charge_id"]
        self.shown: ChargeHolds | None = None

    def load(self) -> None:
        """As the record stands now."""
        self.shown = self._shown(self._charge_id)

    def crumbs(self) -> tuple[Crumb, ...]:
        """From the queue; no name."""
        return (Crumb("Claims", "/claims"), Crumb(self.title))

    def render(self) -> Markup:
        """Reasons, then what was asked."""
        return render("pages/held_charge.html", charge=self.shown, zone=self._zone, base=self._base)

    def do_ask(self, message: Message) -> Reply:
        """Why is it right as it stands?"""
        hold = next((one for one in self.shown.holds if one.rule == message.text("rule")), None) if self.shown else None
        if hold is None:
            return Done("This session is not held for that any more.", tone="warn")
        return flyout("Ask to let it through", render("pages/held_charge_ask.html", hold=hold), "modal")

    def do_send(self, message: Message) -> Done:
        """To the clinician and whoever supervises."""
        self._ask(self._charge_id, rule=message.text("rule"), reason=message.text("reason"),
                  idempotency_key=message.key)  # fmt: skip
        return Done("Asked. The clinician finds it under Codes to confirm.")
