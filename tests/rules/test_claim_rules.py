"""What holds a charge: every rule with a case that passes and one that does not, and the times of the codes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.billing.claim_rules import KEYS, RULES, ClaimFacts, ReasonTooShort, checked_reason, code_for, holds
from workbench.billing.rules import STANDARD_TIMES, Fee, charge_for
from workbench.kernel.money import Cents

ON = date(2026, 3, 2)
GOOD = ClaimFacts(
    code="90834", modifiers=(), minutes=45, place="11", on=ON, note_on=ON, needs_note=True, session_minutes=45,
    session_place="11", session_people=1, spans=STANDARD_TIMES,
)  # fmt: skip
BREACHES = {
    "unsigned": ({"note_on": None}, "The note of this session is not signed."),
    "other_day": ({"note_on": date(2026, 3, 3)}, "The note is of Mar 3, 2026 and the charge of Mar 2, 2026."),
    "other_length": ({"minutes": 50}, "The charge says 50 minutes and the session lasted 45."),
    "wrong_time": (
        {"code": "90837", "minutes": 40, "session_minutes": 40},
        "Start and end say 40 minutes: 90837 needs 53 or more. They make 90834.",
    ),
    "of_several": ({"session_people": 3}, "90834 is for one person, and 3 came to this session."),
    "other_place": ({"place": "02", "modifiers": ("95",)}, "The charge says place 02 and the session was at place 11."),
    "wrong_modifier": ({"place": "10", "session_place": "10"}, "Place 10 is telehealth, and no modifier says so."),
}


def test_what_fits_is_not_held() -> None:
    assert holds(GOOD) == ()
    assert holds(replace(GOOD, place="10", session_place="10", modifiers=("93",))) == ()
    assert holds(replace(GOOD, code="90853", session_people=8, minutes=90, session_minutes=90)) == ()


@pytest.mark.parametrize("key", sorted(KEYS))
def test_each_rule_holds_what_breaks_it_and_says_why(key: str) -> None:
    change, says = BREACHES[key]
    held = holds(replace(GOOD, **change))
    assert [(one.rule, one.says) for one in held] == [(key, says)]
    assert held[0].fix
    assert all(rule.source for rule in RULES)


@pytest.mark.parametrize("key", sorted(KEYS - {"unsigned"}))
def test_what_was_let_through_holds_no_more(key: str) -> None:
    change, says = BREACHES[key]
    assert holds(replace(GOOD, **change), {(key, says)}) == ()
    # Let through was that sentence: what is different later holds again.
    assert [one.rule for one in holds(replace(GOOD, **change), {(key, "Something else.")})] == [key]


def test_an_unsigned_note_is_let_through_by_nobody_but_the_payers_terms() -> None:
    assert [one.rule for one in holds(replace(GOOD, note_on=None), {("unsigned", BREACHES["unsigned"][1])})] == [
        "unsigned"
    ]
    assert holds(replace(GOOD, note_on=None, needs_note=False)) == ()


def test_a_modifier_of_telehealth_in_an_office_is_told() -> None:
    assert "GT" in holds(replace(GOOD, modifiers=("GT",)))[0].says


@given(minutes=st.integers(0, 600))
def test_minutes_make_one_code_or_none_by_the_published_times(minutes: int) -> None:
    expected = "" if minutes < 16 else "90832" if minutes <= 37 else "90834" if minutes <= 52 else "90837"
    assert code_for(minutes, STANDARD_TIMES) == expected


@given(minutes=st.integers(0, 600), code=st.sampled_from(sorted(STANDARD_TIMES)))
def test_a_code_is_held_for_its_time_exactly_when_the_minutes_make_another(minutes: int, code: str) -> None:
    held = holds(replace(GOOD, code=code, minutes=minutes, session_minutes=minutes))
    assert [one.rule for one in held] == ([] if code_for(minutes, STANDARD_TIMES) == code else ["wrong_time"])


@given(minutes=st.integers(16, 600), place=st.sampled_from(["11", "02", "10", "12"]))
def test_what_is_charged_by_time_at_a_signature_is_never_held(minutes: int, place: str) -> None:
    fees = [Fee(code, Cents(10_000)) for code in STANDARD_TIMES]
    draft = charge_for(minutes=minutes, service_code="", fees=fees, place_code=place)
    facts = replace(GOOD, code=draft.code, modifiers=draft.modifiers, minutes=minutes, session_minutes=minutes,
                    place=place, session_place=place)  # fmt: skip
    assert holds(facts) == ()


@given(typed=st.text())
def test_a_reason_says_something(typed: str) -> None:
    if 10 <= len(" ".join(typed.split())) <= 500:
        assert checked_reason(typed) == " ".join(typed.split())
    else:
        with pytest.raises(ReasonTooShort) as refused:
            checked_reason(typed)
        assert list(refused.value.fields) == ["reason"]
