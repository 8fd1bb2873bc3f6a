"""When a measure is due for one patient: otherwise than the practice says, not at all, or as it says again."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.actions.forms.having import fill_in
from tests.factories.small_practice import FERN, MOSS, People, visit
from workbench.actions.forms.sign_form import sign_form
from workbench.actions.forms.start_form import start_form
from workbench.actions.forms.take_templates import take_templates
from workbench.actions.measures.plan_measure import plan_measure
from workbench.actions.measures.plan_patient_measure import plan_patient_measure
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.measures.schedules import NotASchedule
from workbench.scheduling.tables import AttendanceStatus
from workbench.screens.forms import forms
from workbench.screens.measure_plans import PatientPlan, patient_plans
from workbench.store.engine import Store

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def seen(gate: Gate, store: Store, people: People, now: datetime) -> None:
    """Fern was there a week ago; PHQ-9 is due every four weeks."""
    visit(store, 1, now - 7 * DAY, status=AttendanceStatus.COMPLETED)
    plan_measure(gate, people.manager, now=now, measure="PHQ-9", cadence="weeks", weeks=4)


def plan(gate: Gate, people: People, now: datetime, cadence: str, **more: Any) -> None:
    plan_patient_measure(gate, people.ada, FERN, now=now, **{"measure": "PHQ-9", "cadence": cadence, **more})


def shown(gate: Gate, people: People, now: datetime, patient: str = FERN) -> list[tuple[str, str, bool, bool]]:
    plans: tuple[PatientPlan, ...] = patient_plans(gate, people.ada, patient, now=now)
    return [(one.measure, one.cadence, one.is_own, one.is_due) for one in plans]


def test_one_patient_goes_their_own_way_and_back(gate: Gate, people: People, now: datetime) -> None:
    assert shown(gate, people, now) == [("PHQ-9", "weeks", False, True)]
    plan(gate, people, now, "visit")
    plan(gate, people, now, "start", measure="GAD-7")
    assert shown(gate, people, now) == [("GAD-7", "start", True, True), ("PHQ-9", "visit", True, True)]
    assert shown(gate, people, now, MOSS) == [("PHQ-9", "weeks", False, False)]
    plan(gate, people, now, "never")
    assert shown(gate, people, now)[1] == ("PHQ-9", "never", True, False)
    plan(gate, people, now, "practice")
    plan(gate, people, now, "practice", measure="GAD-7")
    assert shown(gate, people, now) == [("PHQ-9", "weeks", False, True)]


def test_a_signed_discharge_ends_what_is_due(gate: Gate, people: People, now: datetime) -> None:
    take_templates(gate, people.manager, now=now, keys=("discharge-summary",))
    version_id = forms(gate, people.manager, now=now)[0].newest.version_id
    response_id = start_form(gate, people.ada, FERN, now=now, version_id=version_id).response_id
    fill_in(gate, people, now, response_id)
    assert shown(gate, people, now)[0][3]
    sign_form(gate, people.ada, response_id, now=now)
    assert not shown(gate, people, now)[0][3]


def test_what_says_no_time_is_refused(gate: Gate, people: People, now: datetime) -> None:
    for cadence, weeks in (("daily", 0), ("weeks", 0)):
        with pytest.raises(NotASchedule):
            plan(gate, people, now, cadence, weeks=weeks)
    assert shown(gate, people, now) == [("PHQ-9", "weeks", False, True)]


def test_only_who_writes_in_the_chart(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.ben, people.desk, people.biller, people.it, people.manager):
        with pytest.raises(NotFound):
            plan_patient_measure(gate, who, FERN, now=now, measure="PHQ-9", cadence="visit")
