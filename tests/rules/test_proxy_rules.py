"""Who may come to stand in for a patient: every field on its own, and the day a child comes of age."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.gate.proxies import SCOPE_OF, ProxyBasis, ProxyPerson, ProxyScope
from workbench.gate.table import Cell, acts
from workbench.people.proxy_rules import LONGEST, ProxyUnclear, checked_link, checked_person, latest_end, of_age_on

TODAY = date(2026, 3, 9)
CHILD, ADULT = date(2014, 5, 2), date(1990, 4, 3)
GOOD = ProxyPerson(" Rowan  Ann ", "Moss", "(555) 010-0199", " rowan@example.test ", "Birth certificate")


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_nobody_is_of_age_a_day_before_eighteen_whole_years_or_a_day_after(born_on: date) -> None:
    birthday = of_age_on(born_on)
    assert birthday.year == born_on.year + 18
    assert (birthday.month, birthday.day) == (
        (3, 1) if (born_on.month, born_on.day) == (2, 29) and birthday.year % 4 else (born_on.month, born_on.day)
    )


def test_a_parent_stands_in_until_the_birthday_and_any_other_right_for_a_year() -> None:
    assert latest_end(ProxyBasis.PARENT, CHILD, TODAY) == date(2032, 5, 2)
    for basis in (ProxyBasis.GUARDIAN_ORDER, ProxyBasis.POWER_OF_ATTORNEY, ProxyBasis.PATIENTS_WISH):
        assert latest_end(basis, CHILD, TODAY) == TODAY + LONGEST


@given(st.sampled_from(list(ProxyBasis)), st.integers(-40, 9000), st.sampled_from([CHILD, ADULT]))
def test_no_link_outlasts_its_right_and_none_ends_before_it_begins(basis: ProxyBasis, days: int, born_on: date) -> None:
    until_on = TODAY + timedelta(days=days)
    if not TODAY < until_on <= latest_end(basis, born_on, TODAY):
        with pytest.raises(ProxyUnclear) as told:
            checked_link(basis, ["chart"], until_on, born_on=born_on, today=TODAY)
        assert set(told.value.fields) == {"until_on"}
        return
    kept = checked_link(basis, ["chart"], until_on, born_on=born_on, today=TODAY)
    assert kept == (basis, {ProxyScope.CHART}, until_on)


def test_a_parent_of_an_adult_does_not_stand_in_by_being_one() -> None:
    with pytest.raises(ProxyUnclear) as told:
        checked_link("parent", ["chart"], TODAY + timedelta(days=1), born_on=ADULT, today=TODAY)
    assert "comes of age" in told.value.fields["until_on"]


@pytest.mark.parametrize(("basis", "scopes", "field"), [
    ("uncle", ["chart"], "basis"), ("parent", [], "scopes"), ("parent", ["chart", "everything"], "scopes"),
])  # fmt: skip
def test_what_is_not_known_is_named(basis: str, scopes: list[str], field: str) -> None:
    with pytest.raises(ProxyUnclear) as told:
        checked_link(basis, scopes, date(2026, 6, 1), born_on=CHILD, today=TODAY)
    assert set(told.value.fields) == {field}


def test_the_person_is_kept_tidy() -> None:
    tidy = checked_person(GOOD)
    assert tidy == ProxyPerson("Rowan Ann", "Moss", "5550100199", "rowan@example.test", "Birth certificate")
    assert tidy.shown_name == "Rowan Ann Moss"


def test_everything_that_is_wrong_with_the_person_is_told_at_once() -> None:
    with pytest.raises(ProxyUnclear) as told:
        checked_person(ProxyPerson(" ", "7", "12", "x" * 201, ""))
    assert set(told.value.fields) == {"given_name", "family_name", "phone", "email", "seen"}


def test_every_act_that_proxies_hold_within_their_scope_has_one() -> None:
    assert set(SCOPE_OF) == {code for code, act in acts().items() if act.roles(Cell.PROXY)}
