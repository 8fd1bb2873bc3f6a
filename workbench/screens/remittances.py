"""Remittances as a biller sees them: the list, and one of them with every line that is proposed or was booked."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from workbench.billing.tables import Charge
from workbench.claims.rules import Matched, Obstacle, claim_number
from workbench.claims.states import RemittanceState
from workbench.claims.tables import Claim, Remittance, RemittanceClaim
from workbench.documents.tables import Document
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotAllowed
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.money import Cents
from workbench.ledger.tables import EntryKind, LedgerEntry
from workbench.people.tables import Patient
from workbench.x12.envelope import read_interchanges
from workbench.x12.remittance import ClaimPayment
from workbench.x12.remittance_reader import read_remittance

MOST_ROWS = 500

MATCHED_BY: dict[str, str] = {
    Matched.OUR_NUMBER: "our claim number",
    Matched.PAYER_NUMBER: "the payer's claim number",
    Matched.NOTHING: "no claim of ours: the money waits unapplied",
}
OBSTACLES: dict[str, str] = {
    "": "",
    Obstacle.OTHER_CHARGE: "The charge is not the one we sent.",
    Obstacle.OTHER_PAYER: "The claim went to another payer.",
    Obstacle.ANSWERED_BEFORE: "This claim has an answer already; a correction needs a reversal first.",
    Obstacle.NOTHING_TO_REVERSE: "There is no answer to take back.",
    Obstacle.UNKNOWN_LINE: "A service line is not one of ours.",
}


@dataclass(frozen=True)
class RemittanceRow:
    """One payment of a payer. `blocked`: claim payments in it that contradict our claims."""

    id: str
    payer: str
    trace: str
    method: str
    effective_on: date
    payment_cents: Cents
    claims: int
    blocked: int
    state: RemittanceState
    uploaded_at: datetime
    version: int


@dataclass(frozen=True)
class ProposedLine:
    """One line of the books, proposed or booked: debits positive. `code` and `on`: of the charge it is about."""

    account: str
    cents: Cents
    reason: str
    code: str
    on: date | None


@dataclass(frozen=True)
class AdjustedShown:
    """Part of a charge the payer did not pay, as the file says it: group and reason (CAS), and the service's code,
    which is empty where it is about the claim as a whole."""

    group: str
    reason: str
    cents: Cents
    code: str


@dataclass(frozen=True)
class ClaimPaymentRow:
    """What a payer says about one claim, which claim of ours that is and why, and what stands in the way.

    remarks: remark codes of the claim and its lines. entry_id: its entry in the books, empty until it is posted.
    """

    id: str
    number: str
    claim_id: str | None
    our_number: str
    patient_id: str | None
    patient: str
    status: str
    charged_cents: Cents
    paid_cents: Cents
    patient_cents: Cents
    matched_by: str
    problem: str
    state: str
    lines: tuple[ProposedLine, ...]
    adjustments: tuple[AdjustedShown, ...]
    remarks: tuple[str, ...]
    entry_id: str


@dataclass(frozen=True)
class RemittanceShown:
    """One remittance whole. `provider_adjustments`: reason, reference and cents the payer kept back (PLB)."""

    head: RemittanceRow
    claims: tuple[ClaimPaymentRow, ...]
    provider_adjustments: tuple[tuple[str, str, Cents], ...]
    approved_at: datetime | None
    posted_at: datetime | None


@view(Permission.SEE_CLAIMS, shows=AuditEvent.REMITTANCE_SEEN)
def remittances(look: Look, *, state: RemittanceState | None = None) -> tuple[RemittanceRow, ...]:
    """Newest first, at most 500; all states where none is given. Only for those who see the whole practice."""
    if look.reach() is not None:
        raise NotAllowed("Your role does not include this.")
    query = select(Remittance).order_by(Remittance.effective_on.desc(), Remittance.id).limit(MOST_ROWS)
    rows = list(look.scalars(query if state is None else query.where(Remittance.state == state)))
    blocked = _blocked(look, [row.id for row in rows])
    return tuple(_head(row, blocked.get(row.id, 0)) for row in rows)


@view(Permission.SEE_CLAIMS, shows=AuditEvent.REMITTANCE_SEEN, on=Remittance)
def remittance_shown(look: Look, remittance: Remittance) -> RemittanceShown:
    """One remittance with its claim payments in the order of the file."""
    query = (
        select(RemittanceClaim, Claim.number, Patient)
        .outerjoin(Claim, Claim.id == RemittanceClaim.claim_id)
        .outerjoin(Patient, Patient.id == RemittanceClaim.patient_id)
        .where(RemittanceClaim.remittance_id == remittance.id)
        .order_by(RemittanceClaim.position)
    )
    rows = look.execute(query).all()
    charges = _charges(look, {line[2] for row, _, _ in rows for line in row.lines if line[2]})
    entries, told = _entries(look, [row.id for row, _, _ in rows]), _told(look, remittance)
    look.shown({patient.id for _, _, patient in rows if patient is not None})
    look.facts["claims"] = len(rows)
    return RemittanceShown(
        _head(remittance, sum(1 for row, _, _ in rows if row.problem)),
        tuple(
            _payment(row, number, patient, charges, told.get(row.position), entries.get(row.id, ""))
            for row, number, patient in rows
        ),
        tuple((reason, reference, Cents(cents)) for reason, reference, cents in remittance.provider_adjustments),
        remittance.approved_at,
        remittance.posted_at,
    )


def _head(row: Remittance, blocked: int) -> RemittanceRow:
    return RemittanceRow(
        row.id, row.payer_name, row.trace, row.method, row.effective_on, Cents(row.payment_cents), row.claim_count,
        blocked, RemittanceState(row.state), row.uploaded_at, row.version,
    )  # fmt: skip


def _blocked(look: Look, remittance_ids: list[str]) -> dict[str, int]:
    query = (
        select(RemittanceClaim.remittance_id, func.count())
        .where(RemittanceClaim.remittance_id.in_(remittance_ids), RemittanceClaim.problem != "")
        .group_by(RemittanceClaim.remittance_id)
    )
    return {row[0]: row[1] for row in look.execute(query)}


def _charges(look: Look, charge_ids: set[str]) -> dict[str, tuple[str, date]]:
    query = select(Charge.id, Charge.service_code, Charge.service_on).where(Charge.id.in_(charge_ids))
    return {charge_id: (code, on) for charge_id, code, on in look.execute(query)}


def _entries(look: Look, row_ids: list[str]) -> dict[str, str]:
    query = select(LedgerEntry.source_id, LedgerEntry.id).where(
        LedgerEntry.kind == EntryKind.REMITTANCE,
        LedgerEntry.source_type == "remittance_claims",
        LedgerEntry.source_id.in_(row_ids),
    )
    return {row[0]: row[1] for row in look.execute(query)}


def _told(look: Look, remittance: Remittance) -> dict[int, ClaimPayment]:
    """The claim payments by position, as the kept file says them: the rows hold only what would be booked."""
    data = look.get(Document, remittance.document_id).content.data
    found = [one for interchange in read_interchanges(data) for one in interchange.transactions if one.type == "835"]
    told = [
        claim for one in found[remittance.position - 1 : remittance.position] for claim in read_remittance(one).claims
    ]
    return dict(enumerate(told, start=1))


def _adjusted(told: ClaimPayment) -> tuple[AdjustedShown, ...]:
    of_claim = [AdjustedShown(one.group, one.reason, one.cents, "") for one in told.adjustments]
    of_lines = [
        AdjustedShown(one.group, one.reason, one.cents, line.code) for line in told.lines for one in line.adjustments
    ]
    return (*of_claim, *of_lines)


def _payment(
    row: RemittanceClaim, number: int | None, patient: Patient | None, charges: dict[str, tuple[str, date]],
    told: ClaimPayment | None, entry_id: str,
) -> ClaimPaymentRow:  # fmt: skip
    lines = tuple(
        ProposedLine(account, Cents(cents), reason, *charges.get(charge_id or "", ("", None)))
        for account, cents, charge_id, reason in row.lines
    )
    return ClaimPaymentRow(
        row.id, row.claim_number, row.claim_id, claim_number(number) if number is not None else "", row.patient_id,
        patient.details.shown_name if patient is not None else "", row.status, Cents(row.charged_cents),
        Cents(row.paid_cents), Cents(row.patient_cents), MATCHED_BY[row.matched_by], OBSTACLES[row.problem], row.state,
        lines, _adjusted(told) if told else (), _remarks(told) if told else (), entry_id,
    )  # fmt: skip


def _remarks(told: ClaimPayment) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*told.remarks, *(code for line in told.lines for code in line.remarks))))
