"""A plan to write and sign in tests."""

from datetime import date, datetime

from tests.factories.small_practice import FERN, People
from workbench.actions.charting.sign_treatment_plan import sign_treatment_plan
from workbench.actions.charting.write_treatment_plan import PlanSaved, write_treatment_plan
from workbench.charting.plan_tables import Goal, Objective, PlanText, Problem
from workbench.charting.plans import objectives_of
from workbench.gate.action import Gate
from workbench.screens.treatment_plan import treatment_plan

SLEEP = Objective(words="Sleeps six hours", baseline="Three hours", target="Five nights of seven",
                  by=date(2026, 6, 1), interventions=("CBT-I, weekly",))  # fmt: skip
WORRY = Objective(words="Worries less", measure="GAD-7", score=9, interventions=("Exposure, weekly",))
WHOLE = PlanText(
    (Problem(words="Worry and bad sleep", diagnoses=("f411",),
             goals=(Goal(words="I want my nights back", objectives=(SLEEP, WORRY)),)),),
    strengths="A good friend", services="Individual, weekly, 12 weeks", discharge="GAD-7 below 10 twice",
    took_part="Chose both objectives",
)  # fmt: skip


def written(gate: Gate, people: People, now: datetime, text: PlanText = WHOLE, patient_id: str = FERN) -> PlanSaved:
    """A draft of Ada's."""
    begun = write_treatment_plan(gate, people.ada, patient_id, now=now, version=0)
    return write_treatment_plan(gate, people.ada, patient_id, now=now, version=begun.version, text=text)


def in_force(gate: Gate, people: People, now: datetime, text: PlanText = WHOLE) -> dict[str, str]:
    """A plan of Fern's that Ada signed; the ids of its objectives by their words."""
    sign_treatment_plan(gate, people.ada, written(gate, people, now, text).plan_id, now=now)
    shown = treatment_plan(gate, people.ada, FERN, now=now).shown
    assert shown is not None
    return {one.words: one.id for _, _, one in objectives_of(shown.text)}
