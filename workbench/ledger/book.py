"""How entries are written: lines first, then the entry that the database lets stand only if they sum to zero."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.ids import EntryId, new_id
from workbench.ledger.rules import Account, Line
from workbench.ledger.tables import EntryKind, LedgerEntry, LedgerLine


class AlreadyBooked(WorkbenchError):
    """The books hold an entry for this already; the second one is refused."""

    def __init__(self) -> None:
        super().__init__("This is in the books already; nothing was booked a second time.")


REFUSES = {"uq_ledger_entries_source": AlreadyBooked, "ledger_entries.kind": AlreadyBooked}
"""For `refuses=` of a verb that books: PostgreSQL names the index, SQLite its columns."""


@dataclass(frozen=True)
class Booking:
    """An entry to be: what happened on which day, the row it comes from, and its lines."""

    kind: EntryKind
    source_type: str
    source_id: str
    happened_on: date
    lines: tuple[Line, ...]
    reverses_id: str | None = None


def book(work: Work, bookings: Iterable[Booking]) -> tuple[EntryId, ...]:
    """Write the entries in the verb's transaction; bookings without lines are left out.

    The database refuses one that does not sum to zero, or whose source is booked already.
    """
    named = [(EntryId(new_id("ent")), booking) for booking in bookings if booking.lines]
    work.flush()  # a line may name a charge or a patient that is still pending
    for entry_id, booking in named:
        work.add(*[_row(entry_id, line) for line in booking.lines])
    work.flush()  # the entry's guard looks at its lines
    for entry_id, booking in named:
        work.add(
            LedgerEntry(
                id=entry_id,
                kind=booking.kind,
                source_type=booking.source_type,
                source_id=booking.source_id,
                happened_on=booking.happened_on,
                recorded_at=work.now,
                recorded_by=work.actor.user_id,
                reverses_id=booking.reverses_id,
            )
        )
    work.flush()
    return tuple(entry_id for entry_id, _ in named)


def _row(entry_id: str, line: Line) -> LedgerLine:
    return LedgerLine(
        entry_id=entry_id,
        account=line.account,
        cents=line.cents,
        patient_id=line.patient_id,
        payer_id=line.payer_id,
        charge_id=line.charge_id,
        reason=line.reason,
    )


def owed_by_charge(patient_id: str, accounts: Sequence[Account]) -> Select[*tuple[Any, ...]]:
    """Charge id and cents of these accounts, one row a charge of the patient, only where something is open."""
    total = func.sum(LedgerLine.cents)
    return (
        select(LedgerLine.charge_id, total)
        .where(LedgerLine.patient_id == patient_id, LedgerLine.account.in_(accounts), LedgerLine.charge_id.is_not(None))
        .group_by(LedgerLine.charge_id)
        .having(total != 0)
    )
