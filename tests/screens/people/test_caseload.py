"""The caseload by its measures: latest and first of each, who gets worse first, only those within reach."""

from datetime import datetime, timedelta

import pytest

from tests.factories.small_practice import FERN, MOSS, People, events, put, visit
from workbench.actions.measures.plan_measure import plan_measure
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.measures.catalogue import measure_named
from workbench.measures.scoring import score
from workbench.measures.tables import MeasureAnswers, MeasureResult
from workbench.scheduling.tables import AttendanceStatus
from workbench.screens.caseload import CaseloadLine, caseload
from workbench.store.engine import Store

DAY = timedelta(days=1)


def took(store: Store, patient_id: str, name: str, at: datetime, each: int | None) -> None:
    """A measure with every item answered alike; None leaves the first one out."""
    rule = measure_named(name)
    answers = tuple(each for _ in rule.scored) if each is not None else (None, *[1] * (len(rule.scored) - 1))
    came_to = score(rule, rule.in_order(answers))
    row = MeasureResult(patient_id=patient_id, rule=rule.key, taken_at=at, recorded_at=at, recorded_by="usr_ada")
    row.result = MeasureAnswers(answers, came_to.total, came_to.band, came_to.flags)
    put(store, [row])


def plan(gate: Gate, people: People, now: datetime, measure: str, weeks: int = 4) -> None:
    plan_measure(gate, people.manager, now=now, measure=measure, cadence="weeks", weeks=weeks)


def seen(store: Store, number: int, patient_id: str, at: datetime) -> None:
    """A visit that was held."""
    visit(store, number, at, patient_id=patient_id, status=AttendanceStatus.COMPLETED)


def shown(gate: Gate, people: People, now: datetime) -> list[CaseloadLine]:
    return list(caseload(gate, people.ada, now=now))


def test_who_gets_worse_comes_first_then_what_is_due(gate: Gate, store: Store, people: People, now: datetime) -> None:
    plan(gate, people, now, "GAD-7")
    plan(gate, people, now, "PHQ-9")
    for number, patient in enumerate((FERN, MOSS)):
        seen(store, number, patient, now - (50 + number) * DAY)
    took(store, FERN, "PHQ-9", now - DAY, 0)
    took(store, FERN, "GAD-7", now - 60 * DAY, 2)
    took(store, FERN, "GAD-7", now - 40 * DAY, 1)
    took(store, MOSS, "PHQ-9", now - 30 * DAY, 1)
    took(store, MOSS, "PHQ-9", now - 20 * DAY, 3)
    took(store, MOSS, "PHQ-9", now - 1 * DAY, 2)
    took(store, MOSS, "GAD-7", now - 1 * DAY, 1)
    lines = shown(gate, people, now)
    assert [(one.patient_id, one.measure, one.is_off_track, one.is_due) for one in lines] == [
        (MOSS, "PHQ-9", True, False), (FERN, "GAD-7", False, True), (MOSS, "GAD-7", False, False),
        (FERN, "PHQ-9", False, False),
    ]  # fmt: skip
    assert [one.change.change if one.change else None for one in lines] == [9, -7, None, None]
    assert [one.is_better for one in lines] == [False, True, None, None]
    worst = lines[0]
    assert (worst.total, worst.band, worst.is_critical) == (18, "moderately severe", True)
    assert events(store)[-1] == ("measure_caseload.seen", "shown")


def test_a_measure_is_due_from_its_day_on(gate: Gate, store: Store, people: People, now: datetime) -> None:
    plan(gate, people, now, "PHQ-9")
    seen(store, 1, FERN, now - DAY)
    took(store, FERN, "PHQ-9", now - 27 * DAY, 1)
    assert [one.is_due for one in shown(gate, people, now)] == [False]
    assert [one.is_due for one in shown(gate, people, now + DAY)] == [True]


def test_without_a_rule_or_without_treatment_nothing_is_due(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    seen(store, 1, FERN, now - DAY)
    took(store, FERN, "PHQ-9", now - 90 * DAY, 1)
    assert [(one.due_on, one.is_due) for one in shown(gate, people, now)] == [(None, False)]
    plan(gate, people, now, "PHQ-9")
    assert [one.is_due for one in shown(gate, people, now)] == [True]
    assert [one.is_due for one in shown(gate, people, now + 60 * DAY)] == [False]


def test_what_was_never_answered_is_missing_from_the_first_visit_on(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    plan(gate, people, now, "PHQ-9")
    assert shown(gate, people, now) == []
    seen(store, 1, FERN, now - 3 * DAY)
    (line,) = shown(gate, people, now)
    assert (line.patient_id, line.measure, line.taken_at, line.total, line.is_due) == (FERN, "PHQ-9", None, None, True)
    assert line.due_on == (now - 3 * DAY).date()


def test_without_a_total_no_change_is_claimed(gate: Gate, store: Store, people: People, now: datetime) -> None:
    took(store, FERN, "PHQ-9", now - 2 * DAY, 1)
    took(store, FERN, "PHQ-9", now - DAY, None)
    (line,) = shown(gate, people, now)
    assert (line.total, line.change, line.is_better, line.is_off_track) == (None, None, None, False)


def test_of_measures_where_more_is_better_less_is_worse(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    took(store, FERN, "WHO-5", now - 2 * DAY, 1)
    took(store, FERN, "WHO-5", now - DAY, 4)
    (line,) = shown(gate, people, now)
    assert (line.is_better, line.change.clinically_meaningful if line.change else None) == (True, True)


def test_only_who_is_within_reach_is_on_it(gate: Gate, store: Store, people: People, now: datetime) -> None:
    took(store, FERN, "PHQ-9", now - DAY, 1)
    assert caseload(gate, people.ben, now=now) == ()
    assert len(caseload(gate, people.supervisor, now=now)) == 1
    for who in (people.desk, people.biller, people.it):
        with pytest.raises(NotAllowed):
            caseload(gate, who, now=now)
