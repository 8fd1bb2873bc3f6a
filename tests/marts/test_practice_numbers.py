"""The numbers through the door: who may see them, what is written down, what small counts are kept back."""

from collections.abc import Callable
from datetime import datetime

import pytest

from pipelines.mirror import Mirror
from tests.factories.small_practice import ADA, FERN, MOSS, events
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.errors import NotAllowed
from workbench.marts.number import NoSuchColumn
from workbench.marts.periods import By, NoSuchPeriod
from workbench.marts.practice_numbers import NoSuchNumber, number_page, practice_numbers
from workbench.store.engine import Store


@pytest.fixture
def gate(books: Store, zone) -> Gate:  # type: ignore[no-untyped-def]
    """The door to the hand-counted practice."""
    return Gate(books, zone)


@pytest.mark.engines("sqlcipher")
def test_the_manager_sees_numbers_by_name_and_the_log_says_so(
    books: Store, gate: Gate, mirror: Mirror, manager: Actor, now: datetime
) -> None:
    seen = practice_numbers(gate, manager, now=now, reader=mirror, period_key="this_month", numbers=("sessions",))
    assert [figure.value for figure in seen.figures] == [3]
    assert [(row.name, row.sessions, row.unsigned) for row in seen.clinicians][:2] == [
        ("Ada Byron, LCSW", 2, 0),
        ("Ben Alder, LMFT", 1, 1),
    ]
    assert events(books)[-1] == ("numbers.seen", "shown")


@pytest.mark.engines("sqlcipher")
def test_what_is_owed_is_told_by_payer_and_age(gate: Gate, mirror: Mirror, manager: Actor, now: datetime) -> None:
    seen = practice_numbers(gate, manager, now=now, reader=mirror, period_key="this_month", numbers=())
    assert [(row.owed_by, row.buckets, row.total) for row in seen.aging] == [
        ("Patients", (12_000, 0, 0, 0, 0), 12_000),
        ("Harbor Sample Plan", (10_000, 0, 0, 0, 0), 10_000),
    ]


@pytest.mark.engines("sqlcipher")
def test_counts_of_fewer_than_eleven_patients_are_not_told(
    gate: Gate, mirror: Mirror, manager: Actor, now: datetime
) -> None:
    seen = practice_numbers(gate, manager, now=now, reader=mirror, period_key="this_month", numbers=())
    assert {row.patients for row in seen.aging} == {None}
    assert {row.patients for row in seen.clinicians if row.sessions} == {None}
    opened = number_page(gate, manager, now=now, reader=mirror, key="patients_seen", period_key="this_month")
    assert {point.value for point in opened.splits[By.CLINICIAN]} == {None}


@pytest.mark.engines("sqlcipher")
def test_rows_name_clinicians_and_never_patients(
    books: Store, gate: Gate, mirror: Mirror, manager: Actor, now: datetime
) -> None:
    opened = number_page(
        gate, manager, now=now, reader=mirror, key="sessions", period_key="this_month", sorted_by="day_on"
    )
    assert opened.total == 4
    assert [row[1] for row in opened.rows] == ["Ben Alder, LMFT", *["Ada Byron, LCSW"] * 3]
    assert {row[2] for row in opened.rows} == {books.vault.pseudonym("pt", FERN), books.vault.pseudonym("pt", MOSS)}
    assert "$from_on = 2026-03-01" in opened.sql
    assert events(books)[-1] == ("number_rows.seen", "shown")


@pytest.mark.engines("sqlcipher")
def test_rows_can_be_narrowed_sorted_and_turned(
    books: Store, gate: Gate, mirror: Mirror, manager: Actor, now: datetime
) -> None:
    ada = books.vault.pseudonym("st", ADA)

    def rows(page: int) -> list[object]:
        opened = number_page(
            gate, manager, now=now, reader=mirror, key="sessions", period_key="this_month",
            only=(By.CLINICIAN, ada), sorted_by="minutes", descending=False, page=page, size=2,
        )  # fmt: skip
        assert (opened.total, opened.only) == (3, "Ada Byron, LCSW")
        return [row[4] for row in opened.rows]

    assert (rows(1), rows(2), rows(3)) == ([60, 90], [90], [])


@pytest.mark.engines("sqlcipher")
@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"key": "love"}, NoSuchNumber),
        ({"period_key": "the_future"}, NoSuchPeriod),
        ({"sorted_by": "id; DROP TABLE raw_staff"}, NoSuchColumn),
    ],
)
def test_what_is_not_in_the_catalogue_is_refused(
    gate: Gate, mirror: Mirror, manager: Actor, now: datetime, asked: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        number_page(gate, manager, now=now, reader=mirror, **{"key": "sessions", "period_key": "this_month", **asked})


@pytest.mark.engines("sqlcipher")
@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.FRONT_DESK, Role.PATIENT])
def test_others_are_refused_and_the_refusal_is_recorded(
    books: Store, gate: Gate, mirror: Mirror, actor: Callable[..., Actor], now: datetime, role: Role
) -> None:
    with pytest.raises(NotAllowed):
        practice_numbers(gate, actor(role), now=now, reader=mirror, period_key="this_month", numbers=())
    assert events(books)[-1] == ("action.refused", "refused")
