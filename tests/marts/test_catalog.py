"""Every number of the catalogue against the table in `small_books.py`, counted by hand."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from pipelines.mirror import Mirror
from tests.factories.small_practice import ADA, BEN, FERN
from tests.marts.small_books import PAYER, book
from workbench.ledger.tables import EntryKind
from workbench.marts.catalog import DAYS_IN_RECEIVABLE, NUMBERS, RECEIVABLE, SESSIONS, UTILISATION
from workbench.marts.number import Asked, NoSuchColumn, NotSplit, params_for
from workbench.marts.periods import By, Span, period
from workbench.store.engine import Store

TODAY = date(2026, 3, 9)
MARCH = Span(date(2026, 3, 1), date(2026, 3, 10))

# By key: what the table says of March 1 to 9.
EXPECTED: dict[str, Decimal | None] = {
    "sessions": Decimal(3),
    "attendances": Decimal(4),
    "utilisation": Decimal(210) / (Decimal(27 * 60 * 9) / 7),
    "no_show_rate": Decimal(1) / 6,
    "late_cancel_rate": Decimal(1) / 6,
    "patients_seen": Decimal(2),
    "charges": Decimal(27_000),
    "collections": Decimal(11_500),
    "payer_collections": Decimal(9_000),
    "patient_collections": Decimal(2_500),
    "net_collection_rate": Decimal(11_500) / (27_000 - 3_500),
    "receivable": Decimal(22_000),
    "days_in_receivable": Decimal(22_000) / (Decimal(37_000) / 90),
    "unsigned_notes": Decimal(1),
    "signed_in_time_rate": Decimal(1) / 4,
}


def asked(now: datetime, span: Span = MARCH) -> Asked:
    return Asked(span, TODAY, now)


def test_the_table_has_a_line_for_every_number() -> None:
    assert set(EXPECTED) == set(NUMBERS)


@pytest.mark.parametrize("key", sorted(EXPECTED))
def test_a_number_is_what_is_counted_by_hand(key: str, counted: Mirror, now: datetime) -> None:
    value, expected = NUMBERS[key].value(counted, asked(now)), EXPECTED[key]
    assert value is not None
    assert expected is not None
    assert abs(value - expected) < Decimal("0.000001")


@pytest.mark.parametrize("key", sorted(EXPECTED))
def test_the_splits_of_a_sum_add_up_to_it(key: str, counted: Mirror, now: datetime) -> None:
    number = NUMBERS[key]
    if "rate" in key or key in ("utilisation", "days_in_receivable", "patients_seen"):
        return
    for by in number.splits:
        assert sum(point.value or 0 for point in number(counted, asked(now), by)) == EXPECTED[key]


@pytest.mark.parametrize("key", sorted(EXPECTED))
def test_the_rows_behind_a_number_can_be_listed_by_every_column(key: str, counted: Mirror, now: datetime) -> None:
    number = NUMBERS[key]
    for column in number.columns:
        text = number.rows_sql(column, descending=True)
        rows = counted.query(text, params_for(text, asked(now)))
        assert rows.columns == tuple(number.columns)
        assert rows.rows
    with pytest.raises(NoSuchColumn):
        number.rows_sql("id; DROP TABLE raw_staff", descending=False)


def test_sessions_are_split_by_clinician(counted: Mirror, books_store: Store, now: datetime) -> None:
    found = {point.bucket: point.value for point in SESSIONS(counted, asked(now), By.CLINICIAN)}
    vault = books_store.vault
    assert found == {vault.pseudonym("st", ADA): 2, vault.pseudonym("st", BEN): 1}


def test_a_number_is_not_split_by_what_it_does_not_have(counted: Mirror, now: datetime) -> None:
    with pytest.raises(NotSplit):
        SESSIONS(counted, asked(now), By.PAYER)


def test_the_course_has_a_point_for_every_week_even_without_sessions(counted: Mirror, now: datetime) -> None:
    course = SESSIONS.course(counted, period("last_month", TODAY), asked(now))
    assert [(point.bucket, point.value) for point in course] == [
        ("2026-02-01", 0), ("2026-02-02", 0), ("2026-02-09", 1), ("2026-02-16", 0), ("2026-02-23", 0),
    ]  # fmt: skip


def test_what_is_owed_stands_at_the_end_of_each_step(counted: Mirror, now: datetime) -> None:
    course = RECEIVABLE.course(counted, period("this_month", TODAY), asked(now))
    assert [(point.bucket, point.value) for point in course] == [
        ("2026-03-01", 10_000), ("2026-03-02", 22_000), ("2026-03-09", 22_000)
    ]  # fmt: skip
    assert DAYS_IN_RECEIVABLE.course(counted, period("this_month", TODAY), asked(now))[-1].value == pytest.approx(
        EXPECTED["days_in_receivable"]
    )


def test_nothing_to_divide_by_is_no_number_rather_than_zero(counted: Mirror, now: datetime) -> None:
    empty = Span(date(2020, 1, 1), date(2020, 2, 1))
    assert UTILISATION.value(counted, asked(now, empty)) is None
    assert SESSIONS.value(counted, asked(now, empty)) == 0


@pytest.mark.engines("sqlcipher")
def test_a_reversal_takes_back_what_came_in(books: Store, mirror: Mirror, now: datetime) -> None:
    book(books, "rev", EntryKind.REMITTANCE, date(2026, 3, 8), FERN, PAYER, "chg_1", [
        ("clearing:eft", -9_000), ("contractual", -3_500), ("receivable:patient", -2_500), ("receivable:payer", 15_000),
    ])  # fmt: skip
    mirror.settle()
    assert NUMBERS["payer_collections"].value(mirror, asked(now)) == 0
    assert NUMBERS["collections"].value(mirror, asked(now)) == 2_500
    assert NUMBERS["receivable"].value(mirror, asked(now)) == 22_000 + 15_000 - 2_500
