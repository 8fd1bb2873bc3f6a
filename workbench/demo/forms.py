"""The forms and measures the practice uses: those that most practices begin with."""

from datetime import datetime
from typing import Final

from workbench.actions.forms.take_templates import take_templates
from workbench.actions.measures.plan_measure import plan_measure
from workbench.gate.action import Gate
from workbench.gate.actor import Actor

USED: Final = (
    "soap", "dap", "individual", "couple", "family-with", "group-member", "crisis", "telehealth", "emdr",
    "intake-adult", "intake-child", "intake-self-report", "suicide-risk", "treatment-plan", "plan-review",
    "safety-plan", "discharge-summary", "phone-contact", "letter-attendance", "consent-therapy", "consent-telehealth",
    "release", "emergency-contact",
)  # fmt: skip


DUE: Final = (("PHQ-9", 4, ""), ("GAD-7", 4, ""), ("PCL-5", 8, "F43"))
"""Measures with the weeks between two times, and the diagnoses they are asked of."""


def take_forms(gate: Gate, manager: Actor, now: datetime) -> None:
    """By the manager, long ago; and when which measures are due."""
    take_templates(gate, manager, now=now, keys=USED)
    for measure, weeks, diagnosis in DUE:
        plan_measure(gate, manager, now=now, measure=measure, cadence="weeks", weeks=weeks, diagnosis=diagnosis)
