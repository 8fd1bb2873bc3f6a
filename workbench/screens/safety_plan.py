"""The safety plan that was signed last, in parts that are read at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

from workbench.forms.filling import Layout
from workbench.forms.html import read_out
from workbench.forms.signing import Filled, filled
from workbench.forms.tables import FormResponse, FormTemplate, FormVersion, ResponseState
from workbench.gate.view import Look

TEMPLATE: Final = "safety-plan"
_STEPS: Final = "safety"
"""The group of the form that holds the steps; around it stand whom it is about and who signs."""


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
    return SafetyPlan(response.id, response.signed_at, response.signed_as, _parts(told))


def _parts(told: Filled) -> tuple[tuple[str, str], ...]:
    """A person to ask is one line of the step that asks for them: name and telephone together."""
    layout, steps = told.layout, dict[str, dict[object, list[str]]]()
    for item in _in_order(layout):
        for place in layout.places(item, told.found.answers):
            answers = told.found.answers.get(place, ())
            around = layout.around[item]
            label = layout.items[around[-1] if around else item].text
            if answers:
                said = ", ".join(read_out(layout.items[item], one) for one in answers)
                steps.setdefault(label, {}).setdefault(place[:-1], []).append(said)
    return tuple((label, "\n".join(", ".join(one) for one in lines.values())) for label, lines in steps.items())


def _in_order(layout: Layout) -> list[str]:
    """The questions of the steps, in the order they are read."""
    return [one for one, item in layout.items.items() if item.is_question and _is_step(layout, one)]


def _is_step(layout: Layout, link_id: str) -> bool:
    above = layout.parents[link_id]
    while above:
        if above == _STEPS:
            return True
        above = layout.parents[above]
    return False
