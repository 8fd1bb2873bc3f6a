"""Who is near to whom, and when reading is more than usual."""

import string
from datetime import date
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.marts.audit_rules import (
    MASS_LEAST,
    MASS_TIMES,
    Mark,
    Near,
    is_after_hours,
    is_mass,
    marks_of_patient,
    marks_of_staff,
)
from workbench.people.tables import PatientDetails, StaffDetails

BORN = date(1990, 1, 1)
WORDS = st.text(string.ascii_letters, min_size=2, max_size=12)


def homes(street: str, zip_code: str = "12345") -> set[str]:
    marks = marks_of_patient(PatientDetails("A", "B", BORN, street=street, zip_code=zip_code))
    return {mark.value for mark in marks if mark.near is Near.HOME}


@given(WORDS, WORDS)
def test_a_double_name_is_near_to_each_of_its_parts(first: str, second: str) -> None:
    whole = marks_of_patient(PatientDetails("A", f"{first}-{second}", BORN))
    for part in (first, second):
        assert Mark(Near.SURNAME, part.lower()) in whole & marks_of_staff(StaffDetails("Zoe", part.upper()))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Fernández", "fernandez", True), ("O'Brien", "Obrien", True), ("O’Brien", "O'BRIEN", True),
        ("de la Cruz", "Cruz", True), ("Moss", "Mosse", False), ("", "", False),
    ],
)  # fmt: skip
def test_surnames_in_the_plainest_spelling(one: str, other: str, same: bool) -> None:
    shared = marks_of_patient(PatientDetails("A", one, BORN)) & marks_of_staff(StaffDetails("Zoe", other))
    assert any(mark.near is Near.SURNAME for mark in shared) is same


@pytest.mark.parametrize(
    "spelled",
    ["12 North Elm Street", "12 N. Elm St", "7 n elm st Apt 4", "99b North Elm St, Unit 12B", "1 NORTH ELM STREET #3"],
)
def test_one_street_is_one_street_however_it_is_written(spelled: str) -> None:
    assert homes(spelled) == {"n elm st 12345"}
    assert homes(spelled, "12345-6789") == {"n elm st 12345"}


def test_other_streets_are_not() -> None:
    assert homes("12 South Elm St") != homes("12 North Elm St")
    assert homes("5 42nd Street") == {"42nd st 12345"}
    assert homes("5 43rd Street") != homes("5 42nd Street")
    assert homes("12 Elm St", "12346") != homes("12 Elm St")
    assert homes("12 Elm St", "") == homes("", "12345") == homes("17", "12345") == set()


@given(WORDS, WORDS, st.integers(1, 9999), st.integers(1, 9999))
def test_neighbours_need_no_equal_number(name: str, zone: str, one: int, other: int) -> None:
    street = f"{name} {zone} Road"
    assert homes(f"{one} {street}") == homes(f"{other} {street.upper()}")


def test_oneself_is_whoever_has_the_whole_name_or_the_address() -> None:
    ada = marks_of_staff(StaffDetails("Ada", "Byron", email="Ada@Example.test"))
    assert ada & marks_of_patient(PatientDetails("Ada", "Byron", BORN)) > {Mark(Near.SELF, "adabyron")}
    assert Mark(Near.SELF, "adabyron") in marks_of_patient(PatientDetails("Augusta", "Byron", BORN, "Ada"))
    assert Mark(Near.SELF, "ada@example.test") in ada & marks_of_patient(
        PatientDetails("A", "King", BORN, email=" ada@example.test")
    )
    assert not any(m.near is Near.SELF for m in ada & marks_of_patient(PatientDetails("Ann", "Byron", BORN)))


HISTORY = st.lists(st.integers(1, 200), max_size=60).map(tuple)


@given(st.integers(0, 500), HISTORY)
def test_mass_reading_is_above_both_limits(opened: int, before: tuple[int, ...]) -> None:
    usual = median(before) if before else 0
    assert is_mass(opened, before) == (opened > MASS_LEAST and opened > MASS_TIMES * usual)
    if is_mass(opened, before):
        assert is_mass(opened + 1, before)


def test_exactly_the_limit_is_not_more() -> None:
    assert not is_mass(MASS_LEAST, ())
    assert is_mass(MASS_LEAST + 1, ())
    assert not is_mass(30, (10, 10, 10))
    assert is_mass(31, (10, 10, 10))


@given(st.integers(1, 7), st.integers(0, 23), st.integers(0, 23), st.integers(0, 24))
def test_hours_are_half_open_and_weekends_are_closed(weekday: int, hour: int, opens: int, closes: int) -> None:
    assert is_after_hours(weekday, hour, opens, closes) == (weekday in (6, 7) or hour < opens or hour >= closes)
