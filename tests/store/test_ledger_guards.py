"""The database itself keeps the books: nothing unbalanced, nothing changed, nothing added later, nothing twice."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from workbench.ledger.tables import LedgerEntry, LedgerLine, Payment
from workbench.store.base import Base
from workbench.store.engine import Store
from workbench.store.problems import broken_constraint

AT = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)


def entry(entry_id: str = "ent_1", source_id: str = "chg_1") -> LedgerEntry:
    return LedgerEntry(id=entry_id, kind="charge", source_type="charges", source_id=source_id,
                       happened_on=date(2026, 3, 9), recorded_at=AT, recorded_by="usr_1")  # fmt: skip


def lines(*cents: int, entry_id: str = "ent_1") -> list[Base]:
    return [LedgerLine(entry_id=entry_id, account="bank", cents=one) for one in cents]


def write(store: Store, *steps: list[Base]) -> None:
    with store.writing() as session:
        for rows in steps:
            session.add_all(rows)
            session.flush()
        session.commit()


@pytest.fixture
def kept(store: Store) -> Store:
    """One entry of a hundred cents from one account to another."""
    write(store, lines(100, -100), [entry()])
    return store


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([lines(100, -99), [entry()]], "ledger_unbalanced"),
        ([lines(100), [entry()]], "ledger_unbalanced"),
        ([[entry()]], "ledger_unbalanced"),
        ([lines(0, 0), [entry()]], "cents_not_zero"),
    ],
)
def test_an_entry_that_does_not_sum_to_zero_is_refused(store: Store, steps: list[list[Base]], told: str) -> None:
    with pytest.raises(DBAPIError) as refused:
        write(store, *steps)
    assert told in broken_constraint(refused.value)


def test_lines_without_an_entry_do_not_pass_the_commit(store: Store) -> None:
    with pytest.raises(DBAPIError):
        write(store, lines(100, -100))


def test_a_line_cannot_join_an_entry_that_stands(kept: Store) -> None:
    with pytest.raises(DBAPIError) as refused:
        write(kept, lines(100, -100))
    assert "ledger_closed" in broken_constraint(refused.value)


def test_one_source_is_booked_once(kept: Store) -> None:
    with pytest.raises(DBAPIError) as refused:
        write(kept, lines(100, -100, entry_id="ent_2"), [entry("ent_2")])
    told = broken_constraint(refused.value)
    assert "uq_ledger_entries_source" in told or "ledger_entries.kind" in told


@pytest.mark.parametrize("table", [LedgerEntry, LedgerLine])
def test_what_is_booked_is_never_changed_and_never_deleted(kept: Store, table: type[Base]) -> None:
    changes = {LedgerEntry: {"kind": "payment"}, LedgerLine: {"cents": 1}}
    for statement in (update(table).values(changes[table]), delete(table)):
        with kept.writing() as session, pytest.raises(DBAPIError) as refused:
            session.execute(statement)
        assert "ledger_append_only" in broken_constraint(refused.value)


def test_payments_stay_as_they_were_taken(store: Store) -> None:
    with store.writing() as session:
        session.execute(text("INSERT INTO patients (id, number, registered_at, is_active, version, sealed) "
                             "SELECT 'pat_x', 1, CURRENT_TIMESTAMP, true, 1, :sealed"),
                        {"sealed": b"x"})  # fmt: skip
        session.add(Payment(patient_id="pat_x", method="cash", amount_cents=1, received_on=AT.date(), taken_at=AT,
                            taken_by="usr_1"))  # fmt: skip
        session.commit()
    with store.writing() as session, pytest.raises(DBAPIError) as refused:
        session.execute(delete(Payment))
    assert "payments_append_only" in broken_constraint(refused.value)
