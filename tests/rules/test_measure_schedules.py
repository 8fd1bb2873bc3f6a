"""When a measure is due: which rule holds, from which day, and when nothing is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from workbench.measures.schedules import QUIET, Cadence, Care, NotASchedule, Rule, checked, due_on, rules_for

TODAY = date(2026, 3, 9)
DAY = timedelta(days=1)
WEEKLY = Rule("phq9", Cadence.WEEKS, 4)
GOING_ON = Care(first=TODAY - 100 * DAY, last=TODAY - 7 * DAY, coming=TODAY + 7 * DAY)


@pytest.mark.parametrize(
    ("cadence", "weeks", "kept"),
    [("visit", 3, (Cadence.VISIT, 0)), ("start", 0, (Cadence.START, 0)), ("never", 0, (Cadence.NEVER, 0)),
     ("weeks", 1, (Cadence.WEEKS, 1)), ("weeks", 52, (Cadence.WEEKS, 52))],
)  # fmt: skip
def test_a_cadence_is_kept(cadence: str, weeks: int, kept: tuple[Cadence, int]) -> None:
    assert checked(cadence, weeks) == kept


@pytest.mark.parametrize(("cadence", "weeks", "field"), [("", 4, "cadence"), ("daily", 4, "cadence"),
                                                         ("weeks", 0, "weeks"), ("weeks", 53, "weeks")])  # fmt: skip
def test_what_is_no_time_is_refused_by_its_field(cadence: str, weeks: int, field: str) -> None:
    with pytest.raises(NotASchedule) as refused:
        checked(cadence, weeks)
    assert set(refused.value.fields) == {field}


def test_the_narrowest_rule_that_fits_holds_and_one_patients_own_before_all() -> None:
    wide, mood, single = WEEKLY, Rule("phq9", Cadence.WEEKS, 2, "F3"), Rule("phq9", Cadence.VISIT, 0, "F32.1")
    own, never = Rule("phq9", Cadence.WEEKS, 8, patient_id="fern"), Rule("gad7", Cadence.NEVER, patient_id="fern")
    every = (single, wide, mood, Rule("gad7", Cadence.VISIT), never, own)
    assert rules_for(every, "moss", ("F33.0",))["phq9"] is mood
    assert rules_for(every, "moss", ("F41.1", "F321"))["phq9"] is single
    assert rules_for(every, "moss", ())["phq9"] is wide
    assert set(rules_for(every, "moss", ())) == {"phq9", "gad7"}
    assert rules_for(every, "fern", ("F32.1",)) == {"phq9": own}
    assert rules_for((mood,), "moss", ("F41.1",)) == {}


@pytest.mark.parametrize(
    ("rule", "taken", "due"),
    [
        (WEEKLY, None, GOING_ON.first), (WEEKLY, TODAY - 28 * DAY, TODAY), (WEEKLY, TODAY, TODAY + 28 * DAY),
        (Rule("a", Cadence.START), None, GOING_ON.first), (Rule("a", Cadence.START), TODAY - 300 * DAY, None),
        (Rule("a", Cadence.VISIT), None, GOING_ON.first), (Rule("a", Cadence.VISIT), TODAY - 8 * DAY, GOING_ON.last),
        (Rule("a", Cadence.VISIT), TODAY - 7 * DAY, GOING_ON.coming),
    ],
)  # fmt: skip
def test_from_which_day(rule: Rule, taken: date | None, due: date | None) -> None:
    assert due_on(rule, GOING_ON, taken, TODAY) == due


@pytest.mark.parametrize(
    ("care", "is_going_on"),
    [
        (Care(), False), (Care(coming=TODAY), True), (Care(TODAY, TODAY), True),
        (Care(TODAY - QUIET, TODAY - QUIET), True), (Care(TODAY - QUIET, TODAY - QUIET - DAY), False),
        (Care(TODAY - 300 * DAY, TODAY - 200 * DAY, TODAY + DAY), True),
        (Care(TODAY - 9 * DAY, TODAY - 2 * DAY, ended_on=TODAY - 2 * DAY), False),
        (Care(TODAY - 9 * DAY, TODAY - 2 * DAY, ended_on=TODAY - 3 * DAY), True),
        (Care(TODAY - 9 * DAY, TODAY - 9 * DAY, TODAY + DAY, TODAY - 3 * DAY), True),
    ],
)  # fmt: skip
def test_treatment_goes_on_until_it_is_ended_or_nobody_comes(care: Care, is_going_on: bool) -> None:
    assert care.is_going_on(TODAY) is is_going_on
    assert (due_on(WEEKLY, care, TODAY - 100 * DAY, TODAY) is None) is not is_going_on


days = some.dates(date(2025, 1, 1), date(2026, 12, 31))


@given(some.sampled_from(Cadence), some.none() | days, days, some.none() | days)
def test_it_is_never_due_again_before_it_was_taken(
    cadence: Cadence, taken: date | None, last: date, coming: date | None
) -> None:
    due = due_on(Rule("a", cadence, 4), Care(last, last, coming), taken, TODAY)
    if taken is not None and due is not None and cadence is Cadence.WEEKS:
        assert due == taken + timedelta(weeks=4)
