"""Every template of the library: taken, begun, drawn, filled in as it asks, signed, printed, reopened, taken out."""

import csv
import io
import json
from datetime import datetime

import pytest

from tests.actions.forms.having import fill_in
from tests.factories.small_practice import FERN, People
from workbench.actions.forms.sign_form import sign_form
from workbench.actions.forms.start_form import start_form
from workbench.actions.forms.take_templates import take_templates
from workbench.forms.library import Kind, Mark, templates
from workbench.forms.prefill import wanted
from workbench.forms.signing import laid_out
from workbench.gate.action import Gate
from workbench.screens.form_paper import blank_form, form_export, form_paper
from workbench.screens.form_responses import form_response, patient_forms
from workbench.screens.forms import forms


@pytest.mark.parametrize("kind", Kind)
def test_every_template_goes_all_the_way(gate: Gate, people: People, now: datetime, kind: Kind) -> None:
    every = [one for one in templates().values() if one.kind is kind and Mark.PRACTICE not in one.marks]
    for one in every:
        take_templates(gate, people.manager, now=now, keys=(one.key,))
    choices = {choice.title: choice for choice in patient_forms(gate, people.ada, FERN, now=now).choices}
    assert len(choices) == len(every)
    for one in every:
        title = one.questionnaire()["title"]
        begun = start_form(gate, people.ada, FERN, now=now, version_id=choices[title].version_id)
        asks = {"patient.legal_name", "today"} & wanted(laid_out(one.questionnaire()).items.values()).paths
        assert bool(begun.filled_in) is bool(asks), one.key
        fill_in(gate, people, now, begun.response_id)
        sign_form(gate, people.ada, begun.response_id, now=now)
        page = form_response(gate, people.ada, begun.response_id, now=now)
        assert page.is_unchanged, one.key
        assert page.signers == tuple(signer.value for signer in one.signers[1:])
        paper = form_paper(gate, people.ada, begun.response_id, now=now)
        assert paper.content.startswith(b"%PDF-")
        assert page.content_hash[:12] in paper.name
        told = json.loads(form_export(gate, people.ada, begun.response_id, now=now, kind="json").content)
        assert told["status"] == "completed"
        rows = list(csv.reader(io.StringIO(
            form_export(gate, people.ada, begun.response_id, now=now, kind="csv").content.decode()
        )))  # fmt: skip
        assert len(rows) > 2
        assert {row[2] for row in rows[1:]} == {begun.response_id}


@pytest.mark.parametrize("kind", Kind)
def test_every_template_prints_empty(gate: Gate, people: People, now: datetime, kind: Kind) -> None:
    for one in (one for one in templates().values() if one.kind is kind):
        take_templates(gate, people.manager, now=now, keys=(one.key,))
    for form in forms(gate, people.manager, now=now):
        paper = blank_form(gate, people.manager, form.newest.version_id, now=now, is_large=True)
        assert paper.content.startswith(b"%PDF-")
