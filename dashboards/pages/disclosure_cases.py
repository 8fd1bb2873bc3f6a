"""Disclosures that were reported from messages, for the privacy officer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.message_words import BASES, TOPICS
from dashboards.parts.dialogs import flyout
from dashboards.parts.html import instant, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.disclosure_cases import DisclosureLine, DisclosureShown

COLUMNS: Final = (
    Column("at", "Reported", leads=True), Column("by", "By"), Column("file", "File"), Column("found", "Found"),
)  # fmt: skip


@dataclass(frozen=True)
class CaseCalls:
    """The calls, with actor and time already given."""

    cases: Callable[[], tuple[DisclosureLine, ...]]
    case: Callable[..., DisclosureShown]
    settle: Callable[..., Any]


class DisclosureCasesPage(Page):
    """What waits first."""

    needs = Permission.REVIEW_DISCLOSURE
    title = "Disclosures in messages"

    def __init__(self, *, calls: CaseCalls, zone: ZoneInfo, base: str) -> None:
        self._calls, self._zone, self._base = calls, zone, base
        self.cases: tuple[DisclosureLine, ...] = ()

    def load(self) -> None:
        """All of them."""
        self.cases = self._calls.cases()

    def render(self) -> Markup:
        """One row each."""
        rows = tuple(
            Row(one.case_id, (instant(one.reported_at, self._zone), one.reported_by, str(one.number), _found(one)),
                name=instant(one.reported_at, self._zone), do="open")
            for one in self.cases
        )  # fmt: skip
        table = Table("cases", "Cases", COLUMNS, rows, base=self._base, empty_title="Nothing was reported",
                      empty_text="Whoever reads a thread can call you to it.", empty_icon="shield-check")  # fmt: skip
        return render("pages/disclosure_cases.html", table=table)

    def do_open(self, message: Message) -> Ask:
        """The reason, the thread, and what was found."""
        shown = self._calls.case(message.text("row"))
        return flyout("A disclosure", render("pages/disclosure_case.html", case=shown, topics=TOPICS, bases=BASES,
                                             zone=self._zone))  # fmt: skip

    def do_settle(self, message: Message) -> Done:
        """For good."""
        is_breach = message.required("is_breach", "Please choose one.") == "yes"
        self._calls.settle(message.text("id"), is_breach=is_breach, finding=message.text("finding"),
                           idempotency_key=message.key)  # fmt: skip
        return Done("Written down; the thread is closed to you again")


def _found(one: DisclosureLine) -> str:
    if one.is_breach is None:
        return "Waits"
    return "To be assessed as a breach" if one.is_breach else "No breach"
