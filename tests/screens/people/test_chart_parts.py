"""What a chart shows at a glance and in its course: by role, of one's own people, and without what is to come."""

from datetime import datetime, timedelta

import pytest

from tests.actions.measures.test_record_measure import PHQ_9, fields
from tests.factories.emergency import account, opened
from tests.factories.small_practice import FERN, People, visit
from workbench.actions.charting.record_allergy import record_allergy
from workbench.actions.charting.set_diagnosis import set_diagnosis
from workbench.actions.measures.record_measure import record_measure
from workbench.charting.chart_tables import Certainty
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.gate.errors import NotFound
from workbench.scheduling.tables import AttendanceStatus
from workbench.screens.chart_overview import Review, chart_overview
from workbench.screens.chart_timeline import Kind, chart_timeline
from workbench.screens.patient_statements import listed_diagnoses, patient_statements
from workbench.store.engine import Store


@pytest.fixture(autouse=True)
def seen(store: Store, people: People, now: datetime) -> None:
    visit(store, 1, now - timedelta(days=8), status=AttendanceStatus.COMPLETED)
    visit(store, 2, now - timedelta(days=1), status=AttendanceStatus.NO_SHOW)
    visit(store, 3, now + timedelta(days=6))


def test_a_clinician_sees_the_whole_of_it(gate: Gate, people: People, now: datetime) -> None:
    set_diagnosis(gate, people.ada, FERN, now=now, code="F41.1", rank=1, certainty=Certainty.CONFIRMED,
                  since=now.date())  # fmt: skip
    record_measure(gate, people.ada, FERN, now=now, rule=PHQ_9, values=fields(*["1"] * 9))
    chart = chart_overview(gate, people.ada, FERN, now=now)
    assert chart.latest is not None
    assert chart.following is not None
    assert (chart.latest.attendance_id, chart.following.attendance_id) == ("att_1", "att_3"), "a no-show was not seen"
    assert chart.plan is not None
    assert chart.plan.review is Review.NONE
    assert [one.measure for one in chart.alerts] == [one.rule.measure for one in chart.courses] == ["PHQ-9"]
    assert (chart.may_read, chart.may_state, chart.may_diagnose, chart.balance_cents) == (True, True, True, 0)
    (line,) = listed_diagnoses(gate, people.supervisor, FERN, now=now)
    assert (line.told.code, chart.statements.who(line)) == ("F41.1", "Ada Byron, LCSW")
    course = chart_timeline(gate, people.ada, FERN, now=now, most=3)
    assert course.has_more
    everything = chart_timeline(gate, people.ada, FERN, now=now)
    assert {one.kind for one in everything.lines} == {Kind.VISIT, Kind.MEASURE, Kind.ALERT, Kind.STATEMENT}
    assert [one.at for one in everything.lines] == sorted((one.at for one in everything.lines), reverse=True)
    assert max(one.at for one in everything.lines) <= now


def test_the_desk_has_the_appointments_and_the_money_and_nothing_clinical(
    gate: Gate, people: People, now: datetime
) -> None:
    set_diagnosis(gate, people.ada, FERN, now=now, code="F41.1", rank=1, certainty=Certainty.CONFIRMED,
                  since=now.date())  # fmt: skip
    chart = chart_overview(gate, people.desk, FERN, now=now)
    assert (chart.may_read, chart.may_state, chart.may_diagnose, chart.balance_cents) == (False, False, False, 0)
    assert (chart.statements.diagnoses, chart.plan, chart.courses, chart.alerts) == ((), None, (), ())
    assert chart.following is not None
    assert {one.kind for one in chart_timeline(gate, people.desk, FERN, now=now).lines} == {Kind.VISIT}
    assert chart_timeline(gate, people.desk, FERN, now=now, words="generalized").lines == ()
    assert chart_timeline(gate, people.desk, FERN, now=now, kind="statement").lines == ()


@pytest.mark.parametrize("who", ["ben", "it"])
def test_who_does_not_care_for_them_gets_nothing(gate: Gate, people: People, now: datetime, who: str) -> None:
    for read in (chart_overview, chart_timeline, listed_diagnoses):
        with pytest.raises(NotFound):
            read(gate, getattr(people, who), FERN, now=now)


def test_in_an_emergency_what_is_stated_opens_and_the_chart_page_does_not(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    record_allergy(gate, people.ada, FERN, now=now, substance="Latex")
    account(store, now, "ben", Role.CLINICIAN)
    opened(gate, people.ben, now, FERN)
    assert [one.told.substance for one in patient_statements(gate, people.ben, FERN, now=now).allergies] == ["Latex"]
    for read in (chart_overview, chart_timeline, listed_diagnoses):
        with pytest.raises(NotFound):
            read(gate, people.ben, FERN, now=now)
