"""What one client owes: open sessions, the statement with its running balance, and a payment taken."""

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from markupsafe import Markup

from dashboards.parts.billing_words import ENTRIES, FEES, TENDERS
from dashboards.parts.dialogs import flyout
from dashboards.parts.html import ENVIRONMENT, render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.navigation import Words
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Done, Refused, Reply
from dashboards.parts.tables import Column, Row, Table
from workbench.actions.billing.take_payment import LooksLikeCardNumber, PaymentMethod, PaymentTaken
from workbench.gate.permissions import Permission
from workbench.kernel.money import dollars
from workbench.screens.amount_due import AmountDue
from workbench.screens.patient_balance import ChargeRow, PatientBalance, StatementLine

UI: Any = ENVIRONMENT.globals["ui"]


class TakePayment(Protocol):
    """The verb on this client, with actor and time already given."""

    def __call__(
        self,
        *,
        amount_cents: int,
        method: PaymentMethod,
        received_on: date,
        reference: str,
        idempotency_key: str | None,
    ) -> PaymentTaken: ...


class BalancePage(Page):
    """One account. `take_payment`: None hides it. today: the practice's day, proposed as the day of a payment."""

    needs = Permission.SEE_BALANCES
    title = "Balance"
    wide = True

    def __init__(
        self,
        *,
        balance: Callable[[], PatientBalance | AmountDue],
        take_payment: TakePayment | None,
        words: Words,
        today: date,
        base: str = "",
    ) -> None:
        self._balance, self._take, self._words, self._today, self._base = balance, take_payment, words, today, base
        self.found: PatientBalance | AmountDue | None = None

    def load(self) -> None:
        """The account as the books have it."""
        self.found = self._balance()
        self.title = f"Balance of #{self.found.number}"

    def crumbs(self) -> tuple[Crumb, ...]:
        """Below the client."""
        if self.found is None:
            return (Crumb(self.title),)
        people = Crumb(self._words.clients.capitalize(), "/patients")
        return (people, Crumb(self.found.name, f"/patients/{self.found.patient_id}"), Crumb("Balance"))

    def render(self) -> Markup:
        """The page."""
        account = self._loaded()
        if isinstance(account, AmountDue):
            return render(
                "pages/amount_due.html", account=account, payments=self._payments(account), words=self._words,
                may_take=self._take is not None, base=self._base,
            )  # fmt: skip
        return render(
            "pages/balance.html",
            account=account,
            open_items=self._open(account),
            statement=self._statement(account),
            payments=self._payments(account),
            may_take=self._take is not None,
            words=self._words,
            base=self._base,
        )

    def do_ask_payment(self, message: Message) -> Ask:
        """The form for a payment."""
        del message
        account = self._loaded()
        html = render(
            "pages/balance_payment.html",
            owed=account.balance_cents,
            proposed=dollars(account.balance_cents).removeprefix("$") if account.balance_cents > 0 else "",
            today=self._today,
            methods=list(TENDERS.items()),
            words=self._words,
        )
        return flyout("Record a payment", html, "modal")

    def do_take_payment(self, message: Message) -> Reply:
        """Book the money. Amounts at or below zero are marked before anything is asked."""
        if self._take is None:
            return Refused("Your role does not include this.")
        amount = message.money("amount")
        if amount <= 0:
            raise FieldProblem("amount", "A payment is more than zero.")
        try:
            done = self._take(
                amount_cents=amount,
                method=_method(message),
                received_on=message.day("received_on"),
                reference=message.text("reference"),
                idempotency_key=message.key,
            )
        except LooksLikeCardNumber as refusal:
            return Refused(str(refusal), {"reference": str(refusal)})
        waits = f" {dollars(done.unapplied_cents)} wait for the next session." if done.unapplied_cents else ""
        return Done(f"Recorded: {dollars(amount)}.{waits}")

    def _loaded(self) -> PatientBalance | AmountDue:
        if self.found is None:
            self.load()
        assert self.found is not None
        return self.found

    def _open(self, account: PatientBalance) -> Table:
        rows = [row for row in account.charges if row.patient_owes_cents or row.payer_owes_cents]
        totals = (
            ("Open", "", *(dollars(sum(cells)) for cells in zip(*(_amounts(row) for row in rows), strict=True)))
            if len(rows) > 1
            else ()
        )
        return Table(
            id="open-items",
            caption="Open sessions, newest first",
            columns=(
                Column("on", "Session", leads=True),
                Column("service", "Service"),
                Column("charged", "Charged", number=True),
                Column("paid", "Payer paid", number=True),
                Column("off", "Written off", number=True),
                Column("payer", "Payer owes", number=True),
                Column("client", f"{self._words.client.capitalize()} owes", number=True),
            ),
            rows=tuple(
                Row(row.charge_id, (_day(row.on), _service(row), *(UI.money(cents) for cents in _amounts(row))))
                for row in rows
            ),
            totals=totals,
            dense=True,
            empty_title="Nothing is open",
            empty_text="Sessions appear here from the signed note until they are paid.",
            empty_icon="circle-check",
        )

    def _statement(self, account: PatientBalance) -> Table:
        return Table(
            id="statement",
            caption="Statement, newest first",
            columns=(
                Column("on", "Day"),
                Column("what", "What", leads=True),
                Column("amount", "Amount", number=True),
                Column("balance", "Balance", number=True),
            ),
            rows=tuple(_line(line) for line in reversed(account.statement)),
            dense=True,
            as_cards=False,
            empty_title="Nothing was charged yet",
            empty_text=f"Shares of the {self._words.client} appear here once a payer's answer is posted.",
            empty_icon="receipt",
        )

    def _payments(self, account: PatientBalance | AmountDue) -> Table:
        return Table(
            id="payments",
            caption="Payments, newest first",
            columns=(
                Column("on", "Day"),
                Column("method", "By", leads=True),
                Column("reference", "Reference"),
                Column("amount", "Amount", number=True),
            ),
            rows=tuple(
                Row(one.payment_id, (_day(one.on), TENDERS.get(one.method, one.method), one.reference or "–",
                                     UI.money(one.cents)))
                for one in account.payments
            ),
            dense=True,
            as_cards=False,
            empty_title="No payment yet",
            empty_text="Record cash, checks and card payments as they come.",
            empty_icon="banknote",
        )  # fmt: skip


class AmountDuePage(BalancePage):
    """The same for the front desk, over a view that knows no session, service or payer."""

    needs = Permission.SEE_AMOUNT_DUE


def _amounts(row: ChargeRow) -> tuple[int, ...]:
    return (
        row.charged_cents, row.payer_paid_cents, row.written_off_cents, row.payer_owes_cents, row.patient_owes_cents,
    )  # fmt: skip


def _service(row: ChargeRow) -> str:
    return FEES.get(row.code) or f"{row.code} {row.label}".strip()


def _line(line: StatementLine) -> Row:
    what = ENTRIES.get(line.kind, line.kind) + (
        f", {FEES.get(line.code, line.code)}" if line.code and line.kind != "payment" else ""
    )
    return Row(line.entry_id, (_day(line.on), what, UI.money(line.cents), UI.money(line.balance_cents)))


def _day(on: date) -> str:
    return f"{on:%b} {on.day}, {on.year}"


def _method(message: Message) -> PaymentMethod:
    try:
        return PaymentMethod(message.required("method", "Choose how it was paid."))
    except ValueError as error:
        raise FieldProblem("method", "Choose how it was paid.") from error
