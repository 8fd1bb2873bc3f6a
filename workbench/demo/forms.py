"""The forms the practice uses: those of the library that most practices begin with."""

from datetime import datetime
from typing import Final

from workbench.actions.forms.take_templates import take_templates
from workbench.gate.action import Gate
from workbench.gate.actor import Actor

USED: Final = (
    "soap", "dap", "individual", "couple", "family-with", "group-member", "crisis", "telehealth", "emdr",
    "intake-adult", "intake-child", "suicide-risk", "treatment-plan", "plan-review", "safety-plan", "discharge-summary",
    "phone-contact", "letter-attendance", "consent-therapy", "consent-telehealth", "release", "emergency-contact",
)  # fmt: skip


def take_forms(gate: Gate, manager: Actor, now: datetime) -> None:
    """By the manager, long ago."""
    take_templates(gate, manager, now=now, keys=USED)
