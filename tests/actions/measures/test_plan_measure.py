"""When a measure is due for everybody: set, set otherwise, ended; by who says which forms there are."""

from datetime import datetime
from typing import Any

import pytest

from tests.factories.small_practice import People, events
from workbench.actions.measures.plan_measure import plan_measure
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.measures.catalogue import NoSuchMeasure
from workbench.measures.schedules import Cadence, NotASchedule
from workbench.screens.measure_plans import PlanShown, measure_plans
from workbench.store.engine import Store


def plan(gate: Gate, people: People, now: datetime, **more: Any) -> None:
    plan_measure(gate, people.manager, now=now, **{"measure": "PHQ-9", "cadence": "weeks", "weeks": 4, **more})


def test_a_later_rule_takes_the_place_of_the_one_before(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    plan(gate, people, now)
    plan(gate, people, now, weeks=2)
    plan(gate, people, now, measure="pcl5", diagnosis=" f43 ", cadence="visit")
    assert measure_plans(gate, people.manager, now=now) == (
        PlanShown("PCL-5", Cadence.VISIT, 0, "F43"), PlanShown("PHQ-9", Cadence.WEEKS, 2, ""),
    )  # fmt: skip
    assert [event for event, _ in events(store)].count("measure_plan.set") == 3


def test_a_rule_ends(gate: Gate, people: People, now: datetime) -> None:
    plan(gate, people, now)
    plan(gate, people, now, cadence="never")
    assert measure_plans(gate, people.manager, now=now) == ()
    with pytest.raises(NotASchedule):
        plan(gate, people, now, cadence="never")


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"measure": "nobody"}, NoSuchMeasure), ({"cadence": "daily"}, NotASchedule), ({"weeks": 0}, NotASchedule),
        ({"diagnosis": "depression"}, NotASchedule), ({"diagnosis": "3F2"}, NotASchedule),
        ({"diagnosis": "F３２"}, NotASchedule), ({"diagnosis": "F00"}, NotASchedule),
    ],
)  # fmt: skip
def test_what_says_no_time_is_refused(
    gate: Gate, people: People, now: datetime, more: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        plan(gate, people, now, **more)
    assert measure_plans(gate, people.manager, now=now) == ()


def test_only_who_says_which_forms_there_are(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.ada, people.desk, people.biller, people.it, people.compliance):
        with pytest.raises(NotAllowed):
            plan_measure(gate, who, now=now, measure="PHQ-9", cadence="visit")
        with pytest.raises(NotAllowed):
            measure_plans(gate, who, now=now)
