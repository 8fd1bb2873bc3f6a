"""Periods and the spans they are compared with, on awkward days too."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.marts.periods import PERIODS, By, Span, period, steps

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(DAYS, st.sampled_from(sorted(PERIODS)))
def test_a_period_ends_with_today_or_before_and_follows_what_it_is_compared_with(today: date, key: str) -> None:
    found = period(key, today)
    assert found.before.from_on < found.before.until_on <= found.span.from_on < found.span.until_on
    assert found.span.until_on <= today + timedelta(days=1)


@given(DAYS, st.sampled_from(sorted(PERIODS)), st.sampled_from((By.WEEK, By.MONTH)))
def test_steps_cover_a_span_without_gap_or_overlap(today: date, key: str, step: By) -> None:
    span = period(key, today).span
    parts = steps(span, step)
    assert (parts[0].from_on, parts[-1].until_on) == (span.from_on, span.until_on)
    assert all(one.until_on == after.from_on for one, after in itertools.pairwise(parts))


@pytest.mark.parametrize(
    ("today", "before"),
    [
        (date(2026, 3, 9), Span(date(2026, 2, 1), date(2026, 2, 10))),
        (date(2026, 3, 31), Span(date(2026, 2, 1), date(2026, 3, 1))),
        (date(2026, 1, 1), Span(date(2025, 12, 1), date(2025, 12, 2))),
    ],
)
def test_this_month_is_compared_with_the_same_days_of_the_last(today: date, before: Span) -> None:
    assert period("this_month", today).before == before


def test_a_year_begun_in_a_leap_year_ends_where_it_should() -> None:
    assert period("last_12_months", date(2024, 2, 29)).span == Span(date(2023, 3, 1), date(2024, 3, 1))
    assert period("this_year", date(2024, 12, 31)).before.days == 366
