"""A patient's measures over time: who may see them, what is written down, and that no result ever changes."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dashboards.parts.course_chart import course_chart, in_words
from tests.factories.small_practice import FERN, People, events, put, visit
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.measures.catalogue import measure_named
from workbench.measures.scoring import score
from workbench.measures.tables import MeasureAnswers, MeasureResult
from workbench.screens.measures_over_time import measures_over_time
from workbench.store.engine import Store


def answered(store: Store, number: int, at: datetime, *answers: int | None) -> None:
    phq9 = measure_named("PHQ-9")
    came_to = score(phq9, phq9.in_order(answers))
    result = MeasureAnswers(answers, came_to.total, came_to.band, came_to.flags)
    row = MeasureResult(
        id=f"msr_{number}", patient_id=FERN, attendance_id=None, rule=phq9.key, taken_at=at, recorded_at=at,
        recorded_by="usr_ada",
    )  # fmt: skip
    row.result = result
    put(store, [row])


def test_totals_stand_in_the_order_in_which_they_were_taken(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    answered(store, 2, now - timedelta(days=1), *[1] * 9)
    answered(store, 1, now - timedelta(days=22), *[2] * 8, 1)
    answered(store, 3, now, None, *[0] * 7, 1)
    (course,) = measures_over_time(gate, people.ada, FERN, now=now)
    assert [(one.total, one.band) for one in course.taken] == [(17, "moderately severe"), (9, "mild"), (None, "")]
    assert [one.flags for one in course.taken] == [("item9_positive",)] * 3
    assert course.change == -8
    assert in_words(course) == "PHQ-9: from 17 (moderately severe) to 9 (mild) in 2 administrations"
    drawn = str(course_chart(course, gate.zone))
    assert drawn.count("<circle") == 2
    assert "style=" not in drawn
    assert ("measures.read", "shown") in events(store)


def test_whoever_may_not_read_the_chart_may_not_read_measures(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    for who in (people.ben, people.desk, people.biller, people.it, people.compliance):
        with pytest.raises(NotFound):
            measures_over_time(gate, who, FERN, now=now)
    assert events(store) == [("action.refused", "refused")] * 5


@pytest.mark.parametrize("change", ["UPDATE measure_results SET rule = 'gad7@1'", "DELETE FROM measure_results"])
def test_the_database_lets_no_result_be_changed(store: Store, now: datetime, change: str) -> None:
    visit(store, 1, now)
    answered(store, 1, now, *[1] * 9)
    with pytest.raises(DBAPIError, match="measure_results_append_only"), store.engine.begin() as connection:
        connection.execute(text(change))
