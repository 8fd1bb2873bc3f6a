"""Keeps the books of one client after another by the real rules: charges, what payers answered, what was paid."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from workbench.demo.claiming import DrawnCharge, DrawnRemittance, Told
from workbench.demo.plan import Client, Making
from workbench.kernel.money import Cents
from workbench.ledger import rules
from workbench.ledger.rules import Account, AdjustedBy, Line, PaidCharge, PaidClaim
from workbench.ledger.tables import EntryKind, LedgerEntry, LedgerLine, Payment, PaymentMethod
from workbench.store.base import Base

Row = dict[str, Any]
_INTO: Final = {
    PaymentMethod.CARD: Account.CLEARING_PROCESSOR,
    PaymentMethod.CHECK: Account.CLEARING_DEPOSIT,
    PaymentMethod.CASH: Account.CLEARING_DEPOSIT,
}
_PAYS_AT_VISIT: Final = 0.7
_PAYS_BY_STATEMENT: Final = 0.4


@dataclass(frozen=True, slots=True)
class Posted:
    """A claim's answer in the books. `proposal_id`: the row of the remittance that proposed `lines`."""

    told: Told
    remittance: DrawnRemittance
    proposal_id: str
    lines: tuple[Line, ...]
    at: datetime


def lines_of_answer(told: Told) -> tuple[Line, ...]:
    """The lines that posting this answer books."""
    claim, answer = told.claim, told.answer
    adjusted = tuple(AdjustedBy(one.group, one.reason, one.cents) for one in answer.adjustments)
    charge = PaidCharge(claim.charge.id, told.charged, answer.paid, adjusted)
    return rules.remittance(PaidClaim(claim.charge.visit.client.id, claim.payer.id, (charge,)))


class Books:
    """Rows of the books, gathered client by client."""

    def __init__(self, making: Making) -> None:
        self._making = making
        self.entries: list[Row] = []
        self.lines: list[Row] = []
        self.payments: list[Row] = []

    def rows(self) -> dict[type[Base], list[Row]]:
        """What was gathered since the last call. Lines stand before their entries: the database weighs them there."""
        made: dict[type[Base], list[Row]] = {
            Payment: self.payments, LedgerLine: self.lines, LedgerEntry: self.entries
        }  # fmt: skip
        self.entries, self.lines, self.payments = [], [], []
        return made

    def keep(self, client: Client, charges: Sequence[DrawnCharge], posted: Sequence[Posted]) -> None:
        """Everything of one client in the order in which it happened."""
        events: list[tuple[datetime, int, Any]] = [(one.captured_at, 0, one) for one in charges]
        events += [(one.at, 1, one) for one in posted]
        events += [(at, 2, None) for at in self._pays_at(charges, posted)]
        open_charges: dict[str, Cents] = {}
        for at, _, what in sorted(events, key=lambda event: event[:2]):
            if isinstance(what, DrawnCharge):
                self._charge(client, what, open_charges)
            elif isinstance(what, Posted):
                self._answer(what, open_charges)
            elif open_charges:
                self._pay(client, at, open_charges)

    def keep_back(self, remittances: Iterable[DrawnRemittance]) -> None:
        """What payers kept back or added beyond the claims, payment by payment."""
        for one in remittances:
            assert one.posted_at is not None
            lines = tuple(
                line
                for pair in one.kept_back
                for line in rules.provider_adjustment(one.payer.id, pair.reason, pair.cents)
            )
            source, biller = ("remittances", one.id), self._making.accounts["biller"]
            self._book(EntryKind.PROVIDER_ADJUSTMENT, source, one.effective_on, one.posted_at, biller, lines)

    def _pays_at(self, charges: Sequence[DrawnCharge], posted: Sequence[Posted]) -> Iterator[datetime]:
        draw, now = self._making.draw, self._making.plan.setting.now
        for one in charges:
            if draw.random() < _PAYS_AT_VISIT:
                yield one.visit.ends_at
        for answer in posted:
            at = answer.at + timedelta(days=draw.randint(4, 30), minutes=draw.randrange(300))
            if draw.random() < _PAYS_BY_STATEMENT and at < now:
                yield at

    def _charge(self, client: Client, charge: DrawnCharge, open_charges: dict[str, Cents]) -> None:
        fee = charge.visit.kind.fee
        payer = client.insurer.id if client.insurer else None
        lines = rules.charge(charge.id, client.id, payer, fee)
        biller = self._making.accounts[client.clinician.id]
        on = charge.visit.service_on
        self._book(EntryKind.CHARGE, ("charges", charge.id), on, charge.captured_at, biller, lines)
        if payer is None:
            open_charges[charge.id] = fee

    def _answer(self, posted: Posted, open_charges: dict[str, Cents]) -> None:
        lines = posted.lines
        on, biller = posted.remittance.effective_on, self._making.accounts["biller"]
        self._book(EntryKind.REMITTANCE, ("remittance_claims", posted.proposal_id), on, posted.at, biller, lines)
        owed = Cents(sum(line.cents for line in lines if line.account is Account.RECEIVABLE_PATIENT))
        charge_id = posted.told.claim.charge.id
        left = Cents(open_charges.pop(charge_id, Cents(0)) + owed)
        if left:
            open_charges[charge_id] = left

    def _pay(self, client: Client, at: datetime, open_charges: dict[str, Cents]) -> None:
        draw, setting = self._making.draw, self._making.plan.setting
        method = draw.choices(tuple(_INTO), weights=(80, 15, 5))[0]
        # A few round up and leave a little unapplied; a few can pay only a part.
        chance, owed = draw.random(), sum(open_charges.values())
        amount = Cents(-(-owed // 1000) * 1000 if chance < 0.03 else max(owed // 2, 1) if chance < 0.08 else owed)
        lines = rules.patient_payment(client.id, amount, _INTO[method], list(open_charges.items()))
        for line in lines:
            if line.charge_id is not None:
                open_charges[line.charge_id] = Cents(open_charges[line.charge_id] + line.cents)
        for paid in [charge_id for charge_id, left in open_charges.items() if not left]:
            del open_charges[paid]
        on, desk, payment_id = at.astimezone(setting.zone).date(), self._making.accounts["front_desk"], draw.id("pay")
        self.payments.append({
            "id": payment_id, "patient_id": client.id, "method": method, "amount_cents": amount, "received_on": on,
            "taken_at": at, "taken_by": desk, "reference": "",
        })  # fmt: skip
        self._book(EntryKind.PAYMENT, ("payments", payment_id), on, at, desk, lines)

    def _book(
        self, kind: EntryKind, source: tuple[str, str], on: date, at: datetime, by: str, lines: tuple[Line, ...]
    ) -> None:
        if not lines:
            return
        entry_id = self._making.draw.id("ent")
        self.entries.append({
            "id": entry_id, "kind": kind, "source_type": source[0], "source_id": source[1], "happened_on": on,
            "recorded_at": at, "recorded_by": by, "reverses_id": None,
        })  # fmt: skip
        self.lines += [
            {
                "entry_id": entry_id, "account": line.account, "cents": line.cents, "patient_id": line.patient_id,
                "payer_id": line.payer_id, "charge_id": line.charge_id, "reason": line.reason,
            }
            for line in lines
        ]  # fmt: skip


def by_client(charges: Sequence[DrawnCharge]) -> dict[str, list[DrawnCharge]]:
    """The charges of each client, by the client's id."""
    found: dict[str, list[DrawnCharge]] = defaultdict(list)
    for charge in charges:
        found[charge.visit.client.id].append(charge)
    return found


def answers_by(key: Callable[[Posted], str], posted: Iterable[Posted]) -> dict[str, list[Posted]]:
    """The posted answers in their order, by whatever `key` names."""
    found: dict[str, list[Posted]] = defaultdict(list)
    for one in posted:
        found[key(one)].append(one)
    return found
