"""The safety plan that was signed last, in parts that are read at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

from workbench.forms.printing import Printing, parts_of
from workbench.forms.signing import filled
from workbench.forms.tables import FormResponse, FormTemplate, FormVersion, ResponseState
from workbench.gate.view import Look

TEMPLATE: Final = "safety-plan"
_ASKED_FIRST: Final = "My plan"


@dataclass(frozen=True)
class SafetyPlan:
    """parts: each step's words and what was answered to it, as it was signed."""

    response_id: str
    signed_at: datetime
    signed_as: str
    parts: tuple[tuple[str, str], ...]


def newest_safety_plan(look: Look, patient_id: str) -> SafetyPlan | None:
    """For a view that has judged that the chart may be read; None where none is signed."""
    found = look.execute(
        select(FormResponse, FormVersion)
        .join(FormVersion, FormVersion.id == FormResponse.version_id)
        .join(FormTemplate, FormTemplate.id == FormVersion.template_id)
        .where(FormResponse.patient_id == patient_id, FormResponse.state == ResponseState.LOCKED,
               FormTemplate.library_key == TEMPLATE)
        .order_by(FormResponse.signed_at.desc())
        .limit(1)
    ).first()  # fmt: skip
    if found is None:
        return None
    response, version = found
    told = filled(version, response.answered.response, look.today, has_spare=False)
    steps: dict[str, list[str]] = {}
    is_plan = False
    for part in parts_of(Printing(told.layout, told.found, answers_only=True)):
        if part.look == "heading":
            is_plan = is_plan or part.text == _ASKED_FIRST
            heading = part.text
        elif is_plan and part.look == "answer":
            steps.setdefault(part.label if heading == _ASKED_FIRST else heading, []).append(part.text)
    return SafetyPlan(
        response.id, response.signed_at, response.signed_as,
        tuple((label, "\n".join(answers)) for label, answers in steps.items()),
    )  # fmt: skip
