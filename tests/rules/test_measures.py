"""Scores of measures: every edge of every band, what is missing, what is raised, what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.measures.scoring import GAD_7, PHQ_9, RULES, NotAnAnswer, Rule, band_of, score


def answers_of(rule: Rule, total: int) -> list[int]:
    """Answers that come to `total`, the last item as low as may be."""
    answers = []
    for _ in range(rule.items):
        answers.append(min(rule.most, total))
        total -= answers[-1]
    return answers


@pytest.mark.parametrize(
    ("rule", "total", "band"),
    [
        (PHQ_9, 0, "minimal"), (PHQ_9, 4, "minimal"), (PHQ_9, 5, "mild"), (PHQ_9, 9, "mild"), (PHQ_9, 10, "moderate"),
        (PHQ_9, 14, "moderate"), (PHQ_9, 15, "moderately severe"), (PHQ_9, 19, "moderately severe"),
        (PHQ_9, 20, "severe"), (PHQ_9, 27, "severe"),
        (GAD_7, 0, "minimal"), (GAD_7, 4, "minimal"), (GAD_7, 5, "mild"), (GAD_7, 9, "mild"), (GAD_7, 10, "moderate"),
        (GAD_7, 14, "moderate"), (GAD_7, 15, "severe"), (GAD_7, 21, "severe"),
    ],
)  # fmt: skip
def test_each_band_begins_and_ends_where_it_was_published(rule: Rule, total: int, band: str) -> None:
    found = score(rule, answers_of(rule, total))
    assert (found.total, found.band, found.missing) == (total, band, ())


@given(st.sampled_from(sorted(RULES)), st.data())
def test_a_whole_answer_is_the_sum_and_lies_in_one_band(key: str, data: st.DataObject) -> None:
    rule = RULES[key]
    answers = data.draw(st.lists(st.integers(0, rule.most), min_size=rule.items, max_size=rule.items))
    found = score(rule, answers)
    assert found.total == sum(answers)
    assert [band.name for band in rule.bands if band.least <= sum(answers) <= band.most] == [found.band]


@given(st.sampled_from(sorted(RULES)), st.data())
def test_one_item_left_out_leaves_no_total_and_keeps_what_it_raised(key: str, data: st.DataObject) -> None:
    rule = RULES[key]
    answers: list[int | None] = list(
        data.draw(st.lists(st.integers(0, rule.most), min_size=rule.items, max_size=rule.items))
    )
    answers[data.draw(st.integers(0, rule.items - 2))] = None
    found = score(rule, answers)
    assert (found.total, found.band, len(found.missing)) == (None, "", 1)
    assert found.flags == (("item9_positive",) if rule is PHQ_9 and answers[8] else ())


def test_the_ninth_item_is_raised_from_one_on_and_not_at_none() -> None:
    assert score(PHQ_9, [0] * 8 + [1]).flags == ("item9_positive",)
    assert score(PHQ_9, [3] * 8 + [0]).flags == ()
    assert score(GAD_7, [3] * 7).flags == ()


@pytest.mark.parametrize("answers", [[0] * 8, [0] * 10, [4] + [0] * 8, [-1] + [0] * 8])
def test_what_is_not_an_answer_is_refused_and_never_clamped(answers: list[int]) -> None:
    with pytest.raises(NotAnAnswer, match="PHQ-9"):
        score(PHQ_9, answers)


def test_there_is_no_band_for_a_total_that_cannot_be() -> None:
    with pytest.raises(NotAnAnswer, match="0 to 21"):
        band_of(GAD_7, 22)
