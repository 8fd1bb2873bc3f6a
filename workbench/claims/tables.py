"""Rows of payers, coverage, claims and remittances. Member numbers and insured persons are sealed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import JSON, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.claims.states import ClaimState, ProposalState, RemittanceState
from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.changes import follow
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


class Payer(Base):
    """A health plan. `payer_number`: its id in claims; `filing`: SBR09, such as CI for a commercial plan."""

    __tablename__ = "payers"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("pyr"))
    name: Mapped[str]
    payer_number: Mapped[str] = mapped_column(unique=True)
    filing: Mapped[str] = mapped_column(default="CI")
    filing_days: Mapped[int] = mapped_column(default=90)
    is_active: Mapped[bool] = mapped_column(default=True)


@dataclass(frozen=True)
class Insured:
    """Whose plan it is, where that is not the patient. `relationship`: of the patient (01 spouse, 19 child, G8)."""

    relationship: str
    given_name: str
    family_name: str
    born_on: date
    sex: str
    street: str
    city: str
    state: str
    zip_code: str


@dataclass(frozen=True)
class CoverageDetails:
    """The numbers on the card, and the insured person if it is another."""

    member_id: str
    group_number: str = ""
    insured: Insured | None = None


class Coverage(Base):
    """A patient's plan with a payer from `from_on` until before `until_on`. `billing_order`: P, S or T."""

    __tablename__ = "coverages"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("cov"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    payer_id: Mapped[str] = mapped_column(ForeignKey("payers.id"))
    billing_order: Mapped[str] = mapped_column(default="P")
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    details = SealedDocument(CoverageDetails, owner="patient_id")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (Index(None, "patient_id", "from_on"),)


class ClaimBatch(Base):
    """One 837P file. `control` is its interchange number, never used twice; a person approved what is in it."""

    __tablename__ = "claim_batches"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("bat"))
    control: Mapped[int] = mapped_column(unique=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    claim_count: Mapped[int]
    charged_cents: Mapped[int]
    approved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_by: Mapped[str]


class Claim(Base):
    """One claim. `number` counts up; the payer sees it as `C-1042` and so does everybody else.

    The amounts beside the charge say what the payer has paid and laid on the patient so far.
    """

    __tablename__ = "claims"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("clm"))
    number: Mapped[int] = mapped_column(unique=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"), index=True)
    clinician_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    payer_id: Mapped[str] = mapped_column(ForeignKey("payers.id"))
    coverage_id: Mapped[str] = mapped_column(ForeignKey("coverages.id"))
    batch_id: Mapped[str] = mapped_column(ForeignKey("claim_batches.id"), index=True)
    service_on: Mapped[date]
    state: Mapped[str] = mapped_column(default=ClaimState.APPROVED)
    charged_cents: Mapped[int]
    paid_cents: Mapped[int] = mapped_column(default=0)
    patient_cents: Mapped[int] = mapped_column(default=0)
    payer_claim_number: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (Index(None, "state", "answered_at"),)


class ClaimLine(Base):
    """One service of a claim. A charge stands on one claim only."""

    __tablename__ = "claim_lines"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("cln"))
    claim_id: Mapped[str] = mapped_column(ForeignKey("claims.id"))
    charge_id: Mapped[str] = mapped_column(ForeignKey("charges.id"), unique=True)
    position: Mapped[int]
    service_code: Mapped[str]
    amount_cents: Mapped[int]

    __table_args__ = (Index("uq_claim_lines_claim_position", "claim_id", "position", unique=True),)


class Remittance(Base):
    """One 835 transaction of an uploaded file, kept for ever as a document.

    The same payment in another file is known by payer, trace, day and amount, and refused.
    """

    __tablename__ = "remittances"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("rem"))
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    position: Mapped[int]
    payer_id: Mapped[str | None] = mapped_column(ForeignKey("payers.id"))
    payer_number: Mapped[str]
    payer_name: Mapped[str]
    trace: Mapped[str]
    method: Mapped[str]
    effective_on: Mapped[date]
    payment_cents: Mapped[int]
    claim_count: Mapped[int]
    provider_adjustments: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(default=RemittanceState.PROPOSED, index=True)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    uploaded_by: Mapped[str]
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by: Mapped[str] = mapped_column(default="")
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    posted_by: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        Index("uq_remittances_payment", "payer_number", "trace", "effective_on", "payment_cents", unique=True),
    )


class RemittanceClaim(Base):
    """What is proposed for one claim payment: our claim and why it is that one, the lines to book, or what stands
    in the way. `lines` are account, cents, charge id and reason, as shown and as they will be booked."""

    __tablename__ = "remittance_claims"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("rcl"))
    remittance_id: Mapped[str] = mapped_column(ForeignKey("remittances.id"))
    position: Mapped[int]
    claim_id: Mapped[str | None] = mapped_column(ForeignKey("claims.id"), index=True)
    patient_id: Mapped[str | None] = mapped_column(ForeignKey("patients.id"))
    claim_number: Mapped[str]
    payer_claim_number: Mapped[str]
    status: Mapped[str]
    charged_cents: Mapped[int]
    paid_cents: Mapped[int]
    patient_cents: Mapped[int]
    matched_by: Mapped[str]
    problem: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=ProposalState.PROPOSED)
    lines: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)

    __table_args__ = (Index("uq_remittance_claims_position", "remittance_id", "position", unique=True),)


for _followed in (Payer, Coverage, ClaimBatch, Claim, ClaimLine, Remittance, RemittanceClaim):
    follow(cast(Table, _followed.__table__))
