"""Agreements with whoever carries something for the practice: registered by one, in force once another approved."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from markupsafe import Markup

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, day, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Reply
from dashboards.parts.tables import Column, Look, Looks, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.agreements import AgreementShown

UI: Any = ENVIRONMENT.globals["ui"]
STATES: Final = Looks(
    {
        "waiting": Look("Waits for approval", "warn", "hourglass"),
        "in_force": Look("In force", "good", "badge-check"),
        "ended": Look("Ended", "neutral", "circle-slash"),
    }
)


CARRIES: Final = {"mail": "Mail", "text": "Texts", "voice": "Calls"}


@dataclass(frozen=True)
class AgreementCalls:
    """The calls of the page; None where the role does not include them."""

    shown: Callable[[], tuple[AgreementShown, ...]]
    register: Callable[..., Any] | None
    approve: Callable[..., Any] | None


class AgreementsPage(Page):
    """All of them, the newest first."""

    needs = Permission.SEE_AGREEMENTS
    title = "Agreements"
    wide = True

    def __init__(self, *, calls: AgreementCalls, today: Callable[[], date]) -> None:
        self._calls, self._today = calls, today
        self.shown: tuple[AgreementShown, ...] = ()

    def load(self) -> None:
        """As they stand."""
        self.shown = self._calls.shown()

    def render(self) -> Markup:
        """The page."""
        return render(
            "pages/agreements.html", table=self._table(), may_register=self._calls.register is not None,
        )  # fmt: skip

    def do_new(self, message: Message) -> Ask:
        """With whom?"""
        del message
        return flyout(
            "Register an agreement",
            render("pages/agreements_new.html", today=self._today(), carries=tuple(CARRIES.items())),
        )

    def do_register(self, message: Message) -> Done:
        """It waits for somebody else's approval."""
        assert self._calls.register is not None
        self._calls.register(
            vendor=message.text("vendor"), carries=message.text("carries"), host=message.text("host"),
            signed_on=message.day("signed_on"), ends_on=message.day("ends_on"), idempotency_key=message.key,
        )  # fmt: skip
        return Done("Registered. It counts once somebody else has approved it.")

    def do_ask_approve(self, message: Message) -> Reply:
        """Sure?"""
        one = next((one for one in self.shown if one.agreement_id == message.text("id")), None)
        if one is None:
            return Done("This agreement is no longer on the page.", tone="warn")
        return confirm(
            "approve", f"Approve the agreement with {one.vendor}?",
            f"From then on and until {day(one.ends_on)} the practice's messages may go through {one.host}. "
            "Approve it only with the signed agreement before you.",
            label="Approve", args={"id": one.agreement_id},
        )  # fmt: skip

    def do_approve(self, message: Message) -> Done:
        """In force."""
        assert self._calls.approve is not None
        self._calls.approve(message.text("id"), idempotency_key=message.key)
        return Done("Approved. It is in force.")

    def _table(self) -> Table:
        columns = (Column("vendor", "With", leads=True), Column("what", "For"),
                   Column("from", "Signed", only_wide=True), Column("until", "Until"),
                   Column("who", "By", only_wide=True), Column("state", "State"),
                   Column("do", "Do", label_hidden=True))  # fmt: skip
        return Table("agreements", "Agreements, the newest first", columns, tuple(map(self._row, self.shown)),
                     empty_title="No agreement is registered",
                     empty_text="Until one is in force, nothing leaves the practice: reminders are kept in a folder.",
                     empty_icon="file-check")  # fmt: skip

    def _row(self, one: AgreementShown) -> Row:
        may = self._calls.approve is not None and one.state == "waiting" and not one.is_mine
        do = UI.button("Approve…", do="ask_approve", args={"id": one.agreement_id}, size="small", kind="primary")
        by = f"{one.asked_by or 'somebody'}, {one.approved_by}" if one.approved_by else one.asked_by
        what = f"{CARRIES[one.carries]} through {one.host}"
        cells = (one.vendor, what, day(one.signed_on), day(one.ends_on), by,
                 UI.status(STATES.of(one.state)), do if may else "")  # fmt: skip
        return Row(one.agreement_id, cells, name=one.vendor)
