"""Rows of the books. The database itself refuses an entry that does not sum to zero, and every change of one."""

from datetime import date, datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.changes import follow
from workbench.store.guards import append_only, guard
from workbench.store.types import UtcDateTime


class EntryKind(StrEnum):
    """What an entry records. Stored values."""

    CHARGE = "charge"
    REMITTANCE = "remittance"
    PROVIDER_ADJUSTMENT = "provider_adjustment"
    PAYMENT = "payment"
    REVERSAL = "reversal"


class PaymentMethod(StrEnum):
    """How a patient paid. Stored values. A card is recorded, never charged here: no card number reaches us."""

    CASH = "cash"
    CHECK = "check"
    CARD = "card"


class LedgerEntry(Base):
    """One event in the books. `source_type`, `source_id`: the row it comes from, which can be booked only once.

    Its lines are written before it: what has no entry is refused at commit, and what is not balanced gets no entry.
    """

    __tablename__ = "ledger_entries"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("ent"))
    kind: Mapped[str]
    source_type: Mapped[str]
    source_id: Mapped[str]
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str]
    reverses_id: Mapped[str | None] = mapped_column(ForeignKey("ledger_entries.id"))

    __table_args__ = (
        Index("uq_ledger_entries_source", "kind", "source_type", "source_id", unique=True),
        Index(None, "happened_on"),
    )


class LedgerLine(Base):
    """Cents of one account: debits positive, credits negative. `reason` is a code such as `CO 45`, never a text."""

    __tablename__ = "ledger_lines"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    entry_id: Mapped[str] = mapped_column(
        ForeignKey("ledger_entries.id", deferrable=True, initially="DEFERRED"), index=True
    )
    account: Mapped[str]
    cents: Mapped[int]
    patient_id: Mapped[str | None] = mapped_column(ForeignKey("patients.id"))
    payer_id: Mapped[str | None] = mapped_column(ForeignKey("payers.id"))
    charge_id: Mapped[str | None] = mapped_column(ForeignKey("charges.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        CheckConstraint("cents <> 0", name="cents_not_zero"),
        Index(None, "patient_id", "account"),
        Index(None, "account"),
    )


class Payment(Base):
    """Money a patient gave. `reference` is the practice's own, such as a check number; never a card number."""

    __tablename__ = "payments"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("pay"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"), index=True)
    method: Mapped[str]
    amount_cents: Mapped[int]
    received_on: Mapped[date]
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_by: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")

    __table_args__ = (CheckConstraint("amount_cents > 0", name="amount_positive"),)


_ENTRIES, _LINES = cast(Table, LedgerEntry.__table__), cast(Table, LedgerLine.__table__)
append_only(_ENTRIES, "ledger_append_only")
append_only(_LINES, "ledger_append_only")
append_only(cast(Table, Payment.__table__), "payments_append_only")

guard(
    _ENTRIES,
    sqlite=(
        "CREATE TRIGGER ledger_entries_balanced BEFORE INSERT ON ledger_entries "
        "WHEN (SELECT count(*) < 2 OR sum(cents) <> 0 FROM ledger_lines WHERE entry_id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'ledger_unbalanced'); END",
    ),
    postgresql=(
        "CREATE FUNCTION ledger_entries_balanced() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF (SELECT count(*) < 2 OR sum(cents) <> 0 FROM ledger_lines WHERE entry_id = NEW.id) THEN "
        "RAISE EXCEPTION 'ledger_unbalanced' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "RETURN NEW; END $$",
        "CREATE TRIGGER ledger_entries_balanced BEFORE INSERT ON ledger_entries "
        "FOR EACH ROW EXECUTE FUNCTION ledger_entries_balanced()",
    ),
)
guard(
    _LINES,
    sqlite=(
        "CREATE TRIGGER ledger_lines_open BEFORE INSERT ON ledger_lines "
        "WHEN EXISTS (SELECT 1 FROM ledger_entries WHERE id = NEW.entry_id) "
        "BEGIN SELECT RAISE(ABORT, 'ledger_closed'); END",
    ),
    postgresql=(
        "CREATE FUNCTION ledger_lines_open() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF EXISTS (SELECT 1 FROM ledger_entries WHERE id = NEW.entry_id) THEN "
        "RAISE EXCEPTION 'ledger_closed' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "RETURN NEW; END $$",
        "CREATE TRIGGER ledger_lines_open BEFORE INSERT ON ledger_lines "
        "FOR EACH ROW EXECUTE FUNCTION ledger_lines_open()",
    ),
)

for _followed in (LedgerEntry, LedgerLine, Payment):
    follow(cast(Table, _followed.__table__))
