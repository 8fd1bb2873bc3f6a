"""Cents: what is an amount, how shares are rounded, how amounts are shown and read back."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.kernel.money import LARGEST, NotMoney, cents, dollars, share

AMOUNTS = st.integers(-LARGEST, LARGEST)


@given(AMOUNTS)
def test_an_amount_that_is_shown_reads_back_as_itself(amount):
    shown = dollars(amount)
    assert cents(shown) == amount


@given(AMOUNTS)
def test_an_amount_is_shown_with_two_decimals_and_its_sign_before_the_dollar(amount):
    shown = dollars(amount)
    assert shown.startswith("-$" if amount < 0 else "$")
    assert shown[-3] == "."


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("160", 16_000),
        ("160.5", 16_050),
        ("$1,234.56", 123_456),
        (" 0.01 ", 1),
        ("-25.00", -2_500),
        ("0", 0),
        ("$-5", -500),
        (".5", 50),
        ("10000000", LARGEST),
    ],
)
def test_dollars_as_people_write_them(text, amount):
    assert cents(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "$",
        "-",
        ".",
        "ten",
        "1.005",
        "0.001",
        "NaN",
        "Infinity",
        "-inf",
        "10000000.01",
        "1e2",
        "1e999999",
        "--1",
        "1_0",
    ],
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(NotMoney):
        cents(text)


def test_a_refusal_repeats_no_more_than_the_beginning_of_what_was_typed():
    with pytest.raises(NotMoney) as refused:
        cents("x" * 5000)
    assert len(str(refused.value)) < 120


@given(st.text(max_size=40))
def test_any_text_is_an_amount_or_refused_and_nothing_else(text):
    try:
        amount = cents(text)
    except NotMoney:
        return
    assert abs(amount) <= LARGEST


@given(st.integers(0, 10**12), st.integers(0, 40))
def test_a_fraction_of_a_cent_is_never_rounded_away(digits, places):
    text = f"{digits:0{places + 1}d}"
    text = f"{text[: len(text) - places]}.{text[len(text) - places :]}"
    exact = Fraction(digits, 10**places) * 100
    if exact.denominator == 1 and exact <= LARGEST and len(text) <= 24:
        assert cents(text) == exact
    elif exact.denominator != 1:
        with pytest.raises(NotMoney):
            cents(text)


RATES = st.decimals(0, 2, places=4, allow_nan=False, allow_infinity=False)


@given(AMOUNTS, RATES)
def test_a_share_is_off_by_half_a_cent_at_most(amount, rate):
    assert abs(Fraction(share(amount, rate)) - Fraction(amount) * Fraction(rate)) <= Fraction(1, 2)


@given(AMOUNTS, RATES)
def test_a_share_of_a_debt_is_the_debt_of_the_share(amount, rate):
    assert share(-amount, rate) == -share(amount, rate)


@pytest.mark.parametrize(("amount", "half"), [(1, 0), (3, 2), (5, 2), (7, 4), (-1, 0), (-3, -2)])
def test_half_a_cent_goes_to_the_even_neighbour(amount, half):
    assert share(amount, Decimal("0.5")) == half
