"""What a psychotherapy note is not: signs of what 45 CFR 164.501 leaves to the chart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.psychotherapy.rules import LONGEST, BelongsInChart, PsychotherapyTooLong, belongs_in_chart, check_length

CHART = {
    "Sertraline went up to 100 mg.": BelongsInChart.MEDICATION,
    "0.5mg at night": BelongsInChart.MEDICATION,
    "10:00-10:50": BelongsInChart.TIMES,
    "Started at 2:15 pm, late again.": BelongsInChart.TIMES,
    "From 9.00 to 9.45 we sat in silence.": BelongsInChart.TIMES,
    "Frequency: weekly": BelongsInChart.MODALITY,
    "modality = EMDR": BelongsInChart.MODALITY,
    "PHQ-9 was 14 today": BelongsInChart.TEST_RESULT,
    "PCL: 40": BelongsInChart.TEST_RESULT,
    "It may be F43.10 after all": BelongsInChart.DIAGNOSIS,
    "Dx: adjustment": BelongsInChart.DIAGNOSIS,
    "Treatment plan: go on": BelongsInChart.SUMMARY,
    "We talked.\nPrognosis: fair": BelongsInChart.SUMMARY,
}
PRIVATE = (
    "She said the house in the dream was her father's, and I thought of mine.",
    "He plans to call her. I noticed my own anger at 3 in the morning.",
    "Her progress moves me; I wonder what it stirs in me.",
    "The 12 letters she never sent.",
    "We met at 10:30 in the dream.",
)


@pytest.mark.parametrize(("words", "kind"), CHART.items())
def test_what_is_chart_by_law_is_noticed(words: str, kind: BelongsInChart) -> None:
    assert belongs_in_chart(words) == (kind,)


@pytest.mark.parametrize("words", PRIVATE)
def test_what_is_said_and_thought_is_left_alone(words: str) -> None:
    assert belongs_in_chart(words) == ()


@given(st.text(max_size=500))
def test_any_words_are_looked_through_and_none_is_named_twice(words: str) -> None:
    found = belongs_in_chart(words)
    assert len(set(found)) == len(found)


@given(st.text(max_size=200), st.sampled_from(sorted(CHART)), st.text(max_size=200))
def test_what_stands_around_it_hides_nothing(before: str, sign: str, after: str) -> None:
    assert CHART[sign] in belongs_in_chart(f"{before}\n{sign}\n{after}")


@pytest.mark.parametrize("length", [0, 1, LONGEST])
def test_what_fits_is_kept(length: int) -> None:
    check_length("x" * length)


def test_one_letter_too_many_is_refused() -> None:
    with pytest.raises(PsychotherapyTooLong):
        check_length("x" * (LONGEST + 1))
