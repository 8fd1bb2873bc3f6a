"""The safety plan signed last stands in the chart step by step, is printed, and is read in an emergency."""

from datetime import datetime, timedelta

import pytest

from dashboards.chart_desk import add_chart
from dashboards.parts.replies import Deliver
from tests.dashboards.pages import opened, send
from tests.factories.small_practice import FERN, people, put
from workbench.actions.forms.take_templates import take_templates
from workbench.charting.tables import NoteState
from workbench.demo.assessments import used_form
from workbench.forms.filling import Path, Step
from workbench.forms.questionnaire import Answer
from workbench.forms.signing import content_hash, written
from workbench.forms.tables import Answered, FormResponse
from workbench.gate.action import Gate
from workbench.screens.patient_statements import patient_statements

pytestmark = pytest.mark.engines("sqlcipher")


def signed(gate: Gate, at: datetime, signs: str) -> None:
    layout, (version_id, form_hash) = used_form(gate, "safety-plan")
    told: dict[Path, tuple[Answer, ...]] = {layout.places("sp_signs", {})[0]: (signs,)}
    for nth, name in enumerate(("My sister", "Lou")):
        around = (Step(layout.around["sp_helper"][0], nth),)
        told[(*around, Step("sp_helper"))] = (name,)
        told[(*around, Step("sp_helper_phone"))] = (f"555-010{nth}",)
    told[layout.places("sp_988", {})[0]] = (True,)
    response = FormResponse(
        patient_id=FERN, version_id=version_id, author_id="stf_ada", hash=form_hash, state=NoteState.LOCKED,
        started_at=at, saved_at=at, signed_at=at, signed_as="Ada Byron, LCSW",
        answered=Answered(written(layout, told, is_signed=True)), id=f"fre_{signs[:3].lower()}",
    )  # fmt: skip
    response.content_hash = content_hash(response, written(layout, told, is_signed=True))
    put(gate.store, [response])


def test_the_newest_is_shown_by_its_steps_and_printed(gate: Gate, now: datetime) -> None:
    assert patient_statements(gate, people().ada, FERN, now=now).safety_plan is None
    take_templates(gate, people().manager, now=now, keys=("safety-plan",))
    signed(gate, now - timedelta(days=9), "Old words")
    signed(gate, now - timedelta(days=1), "I stay in bed")
    plan = patient_statements(gate, people().ada, FERN, now=now).safety_plan
    assert plan is not None
    assert (plan.signed_as, plan.parts) == ("Ada Byron, LCSW", (
        ("How I notice that a crisis is beginning", "I stay in bed"),
        ("Someone I can ask for help", "My sister, 555-0100\nLou, 555-0101"),
        ("I have 988 in my telephone", "Yes"),
    ))  # fmt: skip
    page = opened(gate, people().ada, now, f"/chart/{FERN}", add_chart)
    assert "I stay in bed" in page.render()
    saved = send(page, "print_safety")
    assert isinstance(saved, Deliver)
    assert saved.content.startswith(b"%PDF")
