"""What people can be found by, and what their details must be."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.people.rules import BORN, PHONE, PREFIX, Clue, DetailsUnclear, checked, clues, phone_digits, sought
from workbench.people.tables import PatientDetails

TODAY = date(2026, 3, 9)
FERN = PatientDetails("José", "O'Hara-Núñez", date(1990, 4, 3), "Fern", phone="5550100123")


def finds(typed: str, *, by_sound: bool = False) -> bool:
    known, wanted = clues(FERN), sought(typed, by_sound=by_sound)
    return not wanted.is_nothing and all(any_of & known for any_of in wanted.all_of)


@pytest.mark.parametrize(
    "typed",
    [
        "jo", "JOS", "josé", "jose", "fern", "oh", "o'ha", "O’Hara", "nu", "núñez", "fe nu", "nunez jose",
        "1990-04-03", "4/3/1990", "04/03/1990", "fe 4/3/1990", "555-010-0123", "+1 (555) 010-0123", "0123",
    ],
)  # fmt: skip
def test_she_is_found_by(typed: str) -> None:
    assert finds(typed)


@pytest.mark.parametrize(
    "typed", ["", "j", "  ", "ose", "fern birch", "1990-04-04", "fe 4/4/1990", "555-010-0124", "%"]
)
def test_she_is_not_found_by(typed: str) -> None:
    assert not finds(typed)


@pytest.mark.parametrize("typed", ["hozay", "furn", "ohara"])
def test_names_that_sound_alike_are_found_by_sound(typed: str) -> None:
    assert finds(typed, by_sound=True)
    assert finds(typed) == (typed == "ohara")


@given(st.text(max_size=60))
def test_whatever_is_typed_is_understood_or_nothing(typed: str) -> None:
    wanted = sought(typed)
    assert all(wanted.all_of)
    assert wanted.number is None or 0 <= wanted.number < 10**9


@given(st.text(min_size=2, max_size=30))
def test_a_name_is_found_by_its_beginning(name: str) -> None:
    details = replace(FERN, given_name=name)
    for any_of in sought(name[:4]).all_of:
        assert any_of & clues(details) or any(clue.field == BORN for clue in any_of) or any(c.isdigit() for c in name)


def test_clues_of_different_fields_are_kept_apart() -> None:
    assert Clue(BORN, "1990-04-03") in clues(FERN)
    assert {Clue(PHONE, "0123"), Clue(PREFIX, "fe")} <= clues(FERN)
    assert Clue(PREFIX, "0123") not in clues(FERN)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("born_on", date(2026, 3, 10)),
        ("born_on", date(1905, 1, 1)),
        ("given_name", "x" * 101),
        ("family_name", "--"),
        ("phone", "911"),
        ("email", "a@b"),
        ("zip_code", "1234"),
        ("state", "XX"),
        ("sex", "Q"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(field: str, value: object) -> None:
    with pytest.raises(DetailsUnclear) as refused:
        checked(replace(FERN, **{field: value}), TODAY)
    assert list(refused.value.fields) == [field]


def test_details_are_kept_tidy() -> None:
    typed = replace(FERN, given_name="  José   Luis ", phone="+1 555.010.0123", sex="f", state=" ny ", zip_code="12345")
    kept = checked(typed, TODAY)
    assert (kept.given_name, kept.phone, kept.sex, kept.state) == ("José Luis", "5550100123", "F", "NY")
    assert checked(kept, TODAY) == kept


@given(st.from_regex(r"[0-9]{10}", fullmatch=True).filter(lambda digits: not digits.startswith("1")))
def test_a_phone_number_is_its_ten_digits_however_it_is_written(digits: str) -> None:
    assert phone_digits(f"+1 ({digits[:3]}) {digits[3:6]}-{digits[6:]}") == digits
