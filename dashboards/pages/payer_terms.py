"""What each payer is claimed from: signed notes only, unless the owner says otherwise and why."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import confirm
from dashboards.parts.html import ENVIRONMENT, instant, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Done, Reply
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.payer_terms import PayerShown

UI: Any = ENVIRONMENT.globals["ui"]
COLUMNS = (
    Column("name", "Payer", leads=True), Column("note", "Claimed from"), Column("why", "Why", only_wide=True),
    Column("since", "Since", only_wide=True), Column("do", "Do", label_hidden=True),
)  # fmt: skip


class PayerTermsPage(Page):
    """set_terms: None for who may look only."""

    needs = Permission.SEE_PAYER_TERMS
    title = "Payers"

    def __init__(
        self, *, shown: Callable[[], tuple[PayerShown, ...]], set_terms: Callable[..., Any] | None, zone: ZoneInfo,
        base: str,
    ) -> None:  # fmt: skip
        self._shown, self._set, self._zone, self._base = shown, set_terms, zone, base
        self.shown: tuple[PayerShown, ...] = ()

    def load(self) -> None:
        """As they stand."""
        self.shown = self._shown()

    def render(self) -> Markup:
        """One row each."""
        rows = tuple(
            Row(one.payer_id, (
                one.name,
                UI.badge("Signed notes", "good", "file-check") if one.needs_note else UI.badge("Any session", "warn"),
                one.reason or "–", instant(one.set_at, self._zone) if one.set_at else "always",
                UI.button("Change…", do="ask_change", args={"id": one.payer_id}, size="small") if self._set else "",
            ))
            for one in self.shown
        )  # fmt: skip
        table = Table("payers", "Payers", COLUMNS, rows, base=self._base, empty_title="No payer yet",
                      empty_text="Payers come with the first plan of somebody.", empty_icon="landmark")  # fmt: skip
        return render("pages/payer_terms.html", table=table)

    def do_ask_change(self, message: Message) -> Reply:
        """Why?"""
        one = next((one for one in self.shown if one.payer_id == message.text("id")), None)
        if one is None or self._set is None:
            return Done("This is no longer on the page.", tone="warn")
        text = ("Sessions whose note is not signed could then be claimed from this payer." if one.needs_note
                else "Only sessions with a signed note are claimed from then on.")  # fmt: skip
        return confirm(
            "change", f"{one.name}: {'also without a signed note' if one.needs_note else 'signed notes only'}?", text,
            label="Change it", args={"id": one.payer_id, "note": "no" if one.needs_note else "yes"}, reason=True,
            danger=one.needs_note,
        )  # fmt: skip

    def do_change(self, message: Message) -> Reply:
        """A new version of its terms."""
        if self._set is None:
            return Done("Your role does not include this.", tone="warn")
        self._set(message.text("id"), needs_note=message.text("note") == "yes", reason=message.text("reason"),
                  idempotency_key=message.key)  # fmt: skip
        return Done("Changed for every claim from now on")
