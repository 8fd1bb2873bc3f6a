"""The pages of when measures are due: the practice's, and one patient's."""

from datetime import datetime, timedelta

import pytest

from dashboards.measure_plan_desk import add_measure_plans
from dashboards.pages.measure_plans import MeasurePlansPage, cadence_words
from dashboards.pages.patient import PatientPage
from dashboards.parts.message import FieldProblem
from dashboards.parts.replies import Ask, Done
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.small_practice import FERN, open_practice, people, visit
from workbench.gate.action import Gate
from workbench.measures.schedules import Cadence, NotASchedule
from workbench.scheduling.tables import AttendanceStatus

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)
    visit(gate.store, 1, now - timedelta(days=7), status=AttendanceStatus.COMPLETED)


def plans_page(gate: Gate, now: datetime) -> MeasurePlansPage:
    page = pages.opened(gate, people().manager, now, "/measure-plans", add_measure_plans)
    assert isinstance(page, MeasurePlansPage)
    return page


def test_a_rule_is_made_changed_and_ended(gate: Gate, now: datetime) -> None:
    page = plans_page(gate, now)
    assert "Nothing is due by itself" in page.render()
    assert isinstance(send(page, "new"), Ask)
    with pytest.raises(FieldProblem):
        send(page, "plan", measure="", cadence="weeks", weeks="4")
    with pytest.raises(NotASchedule):
        send(page, "plan", measure="PHQ-9", cadence="weeks", weeks="99")
    assert isinstance(send(page, "plan", measure="PHQ-9", cadence="weeks", weeks="4"), Done)
    assert isinstance(send(page, "plan", measure="PHQ-9", cadence="visit", weeks="", diagnosis="f32"), Done)
    page.load()
    drawn = page.render()
    assert "Every 4 weeks" in drawn
    assert "Diagnoses that begin with F32" in drawn
    assert isinstance(send(page, "new", id="PHQ-9|F32"), Ask)
    assert isinstance(send(page, "ask_end", id="PHQ-9|F32"), Ask)
    send(page, "end", id="PHQ-9|F32")
    page.load()
    assert "F32" not in page.render()
    for do in ("ask_end", "end"):
        gone = send(page, do, id="PHQ-9|F32")
        assert isinstance(gone, Done)
        assert gone.tone == "warn"


def test_in_a_file_it_is_told_and_set_for_one(gate: Gate, now: datetime) -> None:
    send(plans_page(gate, now), "plan", measure="PHQ-9", cadence="weeks", weeks="1")
    page = pages.opened(gate, people().ada, now, f"/patients/{FERN}?tab=measures")
    assert isinstance(page, PatientPage)
    drawn = page.render()
    assert "Never answered" in drawn
    assert "every week" in drawn
    asks = send(page, "ask_plan_measure", measure="PHQ-9")
    assert isinstance(asks, Ask)
    assert "As the practice says" in asks.html
    assert isinstance(send(page, "ask_plan_measure"), Ask)
    assert isinstance(send(page, "plan_measure", measure="PHQ-9", cadence="never"), Done)
    page.load()
    assert "not at all, set for this person" in page.render()


def test_who_has_the_file_and_no_chart_sees_nothing_of_it(gate: Gate, now: datetime) -> None:
    page = pages.opened(gate, people().desk, now, f"/patients/{FERN}?tab=measures")
    assert "When one is due" not in page.render()
    assert send(page, "ask_plan_measure") is None
    assert send(page, "plan_measure", measure="PHQ-9", cadence="never") is None


def test_cadences_are_said_in_words() -> None:
    every = ((Cadence.WEEKS, 1), (Cadence.WEEKS, 4), (Cadence.VISIT, 0), (Cadence.START, 0), (Cadence.NEVER, 0))
    said = [cadence_words(cadence, weeks) for cadence, weeks in every]
    assert said == ["every week", "every 4 weeks", "at every visit", "once, at the first visit", "not at all"]
