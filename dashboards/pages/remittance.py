"""One remittance: the proof that it adds up, every claim payment with our match, what it would book, the posting."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.billing_words import (
    ANSWERS,
    KEPT_BACK,
    METHODS,
    STEPS,
    account_label,
    group_label,
    reason_action,
    reason_label,
)
from dashboards.parts.dialogs import confirm
from dashboards.parts.html import counted, instant, render
from dashboards.parts.message import Message
from dashboards.parts.navigation import Words
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Done, Redraw, Refused, Reply
from dashboards.parts.statuses import REMITTANCE
from dashboards.parts.tables import Look, Step, turned_to
from workbench.actions.billing.approve_remittance import RemittanceApproved
from workbench.actions.billing.post_remittance import RemittancePosted
from workbench.gate.permissions import Permission
from workbench.kernel.money import dollars
from workbench.screens.remittances import ClaimPaymentRow, RemittanceShown

CLAIMS_A_PAGE = 25
OPEN_UP_TO = 2
"""So many claim payments are shown open at once; more would hide each other."""


class Approve(Protocol):
    """The verb on this remittance, with actor and time already given."""

    def __call__(self, *, expected_version: int, idempotency_key: str | None) -> RemittanceApproved: ...


class Post(Protocol):
    """The verb on this remittance, with actor and time already given."""

    def __call__(self, *, expected_version: int, idempotency_key: str | None) -> RemittancePosted: ...


@dataclass(frozen=True)
class Adjusted:
    """One adjustment in words: `CO 45`, on whom, why, what to do, how much."""

    code: str
    group: str
    label: str
    action: str
    about: str
    cents: int


@dataclass(frozen=True)
class Booked:
    """One line of the books in words."""

    account: str
    about: str
    cents: int


@dataclass(frozen=True)
class Payment:
    """One claim payment, ready for the template."""

    row: ClaimPaymentRow
    look: Look
    answer: Look
    step: str
    is_open: bool
    adjusted: tuple[Adjusted, ...]
    booked: tuple[Booked, ...]

    @property
    def needs_look(self) -> bool:
        """Whether a person should look at it before approving: blocked, without a match, or denied."""
        return bool(self.row.problem) or self.row.claim_id is None or self.row.status == "4"


class RemittancePage(Page):
    """One remittance. `approve`, `post`: None hides what the person may not do."""

    needs = Permission.SEE_CLAIMS
    title = "Remittance"
    wide = True

    def __init__(
        self,
        *,
        shown: Callable[[], RemittanceShown],
        approve: Approve | None,
        post: Post | None,
        words: Words,
        zone: ZoneInfo,
        base: str = "",
    ) -> None:
        self._shown, self._approve, self._post = shown, approve, post
        self._words, self._zone, self._base = words, zone, base
        self.found: RemittanceShown | None = None
        self.view = "all"
        self.page = 1

    def load(self) -> None:
        """The remittance with every claim payment."""
        self.found = self._shown()
        self.title = f"{self.found.head.payer}, {self.found.head.trace}"

    def crumbs(self) -> tuple[Crumb, ...]:
        """Below the list."""
        trace = self.found.head.trace if self.found else self.title
        return (Crumb("Remittances", "/remittances"), Crumb(trace))

    def render(self) -> Markup:
        """The page."""
        shown = self._loaded()
        payments = [self._payment(row, few=len(shown.claims) <= OPEN_UP_TO) for row in shown.claims]
        to_look_at = [one for one in payments if one.needs_look]
        listed = to_look_at if self.view == "look" else payments
        pages = turned_to(self.page, CLAIMS_A_PAGE, len(listed), "claim payments")
        start = (pages.number - 1) * pages.size
        paid = sum(row.paid_cents for row in shown.claims)
        kept_back = sum(cents for _, _, cents in shown.provider_adjustments)
        return render(
            "pages/remittance.html",
            head=shown.head,
            look=REMITTANCE.of(shown.head.state),
            method=METHODS.get(shown.head.method, shown.head.method),
            charged=sum(row.charged_cents for row in shown.claims),
            paid=paid,
            kept_back=kept_back,
            off_by=shown.head.payment_cents - paid + kept_back,
            beside=[
                (reason, KEPT_BACK.get(reason, ""), reference, cents)
                for reason, reference, cents in shown.provider_adjustments
            ],
            accounts=self._accounts(payments),
            steps=self._steps(shown),
            payments=listed[start : start + pages.size],
            look_count=len(to_look_at),
            pages=pages,
            page=self,
            unmatched=sum(1 for row in shown.claims if row.claim_id is None and row.state != "set_aside"),
            may_approve=self._approve is not None,
            may_post=self._post is not None,
            words=self._words,
            base=self._base,
        )

    def do_view(self, message: Message) -> Redraw:
        """All claim payments, or those a person should look at."""
        self.view, self.page = message.text("view"), 1
        return Redraw()

    def do_turn(self, message: Message) -> Redraw:
        """Another page of claim payments."""
        self.page = message.whole("page", least=0)
        return Redraw()

    def do_approve(self, message: Message) -> Reply:
        """Agree to every proposed line, as it was shown."""
        if self._approve is None:
            return Refused("Your role does not include this.")
        done = self._approve(expected_version=message.whole("version", least=1), idempotency_key=message.key)
        return Done(f"Approved: {counted(done.claims, 'claim payment')}. It can be posted to the books now.")

    def do_ask_post(self, message: Message) -> Reply:
        """Say what would be booked, before it is."""
        head = self._loaded().head
        noun = "claim payment" if head.claims == 1 else "claim payments"
        return confirm(
            "post",
            f"Post {dollars(head.payment_cents)} of {head.payer}?",
            f"{head.claims:,} {noun} go to the books, exactly as shown. An entry is never edited or deleted later: "
            "a mistake is put right by a second entry that takes it back.",
            label="Post to the books",
            args={"version": message.text("version")},
        )

    def do_post(self, message: Message) -> Reply:
        """Book it, once."""
        if self._post is None:
            return Refused("Your role does not include this.")
        done = self._post(expected_version=message.whole("version", least=1), idempotency_key=message.key)
        noun = "entry" if done.entries == 1 else "entries"
        return Done(f"In the books: {done.entries:,} {noun}, {dollars(done.payment_cents)}.")

    def _loaded(self) -> RemittanceShown:
        if self.found is None:
            self.load()
        assert self.found is not None
        return self.found

    def _payment(self, row: ClaimPaymentRow, *, few: bool) -> Payment:
        state = row.state
        if row.problem:
            state = "blocked"
        elif row.claim_id is None and row.state != "set_aside":
            state = "unmatched"
        return Payment(
            row=row,
            look=REMITTANCE.of(state),
            answer=ANSWERS.of(row.status),
            step=STEPS.get(row.problem, ""),
            is_open=few or bool(row.problem),
            adjusted=tuple(
                Adjusted(
                    f"{one.group} {one.reason}",
                    group_label(one.group, self._words),
                    reason_label(one.reason),
                    reason_action(one.group, one.reason),
                    one.code,
                    one.cents,
                )
                for one in row.adjustments
            ),
            booked=tuple(
                Booked(
                    account_label(line.account, self._words),
                    " · ".join(part for part in (line.code, line.reason) if part),
                    line.cents,
                )
                for line in row.lines
            ),
        )

    def _accounts(self, payments: list[Payment]) -> list[tuple[str, int]]:
        """What changes in each account because of the claims, in the order the accounts come up."""
        totals: dict[str, int] = {}
        for payment in payments:
            if not payment.row.problem and payment.row.state != "set_aside":
                for line in payment.booked:
                    totals[line.account] = totals.get(line.account, 0) + line.cents
        return [(account, cents) for account, cents in totals.items() if cents]

    def _steps(self, shown: RemittanceShown) -> list[Step]:
        done = [
            ("Read and in balance", shown.head.uploaded_at, "scale"),
            ("Approved", shown.approved_at, "badge-check"),
            ("Posted to the books", shown.posted_at, "book-open"),
        ]
        return [
            Step(label, instant(at, self._zone), icon, "good") if at else Step(label, "not yet", "circle-dashed")
            for label, at, icon in done
        ]
