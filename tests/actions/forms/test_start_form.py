"""Beginning a form twice by one press begins it once."""

from datetime import datetime

from tests.actions.forms.having import published
from tests.factories.small_practice import FERN, People
from workbench.actions.forms.start_form import start_form
from workbench.gate.action import Gate
from workbench.screens.form_responses import patient_forms


def test_a_double_press_begins_one(gate: Gate, people: People, now: datetime) -> None:
    version_id = published(gate, people, now)
    ids = {
        start_form(gate, people.ada, FERN, now=now, version_id=version_id, idempotency_key="one press").response_id
        for _ in range(2)
    }
    assert len(ids) == len(patient_forms(gate, people.ada, FERN, now=now).responses) == 1
