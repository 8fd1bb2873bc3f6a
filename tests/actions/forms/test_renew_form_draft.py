"""A draft goes on with the version in use; what has no place there is shown until a signature and stays kept."""

from datetime import datetime

import pytest
from sqlalchemy import select

from tests.actions.forms.having import DOCUMENT, begun, published
from tests.factories.small_practice import People, events
from tests.forms.building import asked
from workbench.actions.forms.renew_form_draft import AlreadyNewest, renew_form_draft
from workbench.actions.forms.save_form import save_form
from workbench.actions.forms.sign_form import sign_form
from workbench.forms.responses import Parked
from workbench.forms.signing import FormLocked
from workbench.forms.tables import FormRevision
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.form_responses import form_response
from workbench.screens.forms import forms
from workbench.store.engine import Store

LATER = {**DOCUMENT, "item": [*(item for item in DOCUMENT["item"] if item["linkId"] != "hours"), asked("naps")]}


def draft(gate: Gate, people: People, now: datetime) -> str:
    """Answered, and then another version was published."""
    response_id = begun(gate, people, now)
    save_form(gate, people.ada, response_id, now=now, version=1,
              values={"q0": ("true",), "q3": ("7",), "q5_0": ("none",)})  # fmt: skip
    published(gate, people, now, LATER, template_id=forms(gate, people.manager, now=now)[0].template_id)
    return response_id


def test_it_goes_on_with_the_newer_one_and_shows_what_has_no_place(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    response_id = draft(gate, people, now)
    assert form_response(gate, people.ada, response_id, now=now).newer == "2.0.0"
    done = renew_form_draft(gate, people.ada, response_id, now=now)
    assert (done.label, done.parked) == ("2.0.0", 1)
    assert events(store)[-1] == ("form_response.renewed", "done")
    parked = (Parked("hours", "Question hours", "7"),)
    page = form_response(gate, people.ada, response_id, now=now)
    assert (page.label, page.newer, page.parked) == ("2.0.0", "", parked)
    save_form(gate, people.ada, response_id, now=now, version=page.version, values={"q3": (), "q6": ("one",)})
    assert form_response(gate, people.ada, response_id, now=now).parked == parked
    with store.reading() as session:
        kept = session.scalars(select(FormRevision).order_by(FormRevision.number)).all()
        assert len(kept) == 4
        assert '"hours"' in kept[1].answered.response
    signed = sign_form(gate, people.ada, response_id, now=now)
    assert signed.left_out == 1
    assert form_response(gate, people.ada, response_id, now=now).parked == ()


def test_without_another_version_there_is_nothing_to_go_on_with(gate: Gate, people: People, now: datetime) -> None:
    response_id = begun(gate, people, now)
    with pytest.raises(AlreadyNewest):
        renew_form_draft(gate, people.ada, response_id, now=now)


def test_a_signed_form_stays_with_its_version(gate: Gate, people: People, now: datetime) -> None:
    response_id = draft(gate, people, now)
    sign_form(gate, people.ada, response_id, now=now)
    with pytest.raises(FormLocked):
        renew_form_draft(gate, people.ada, response_id, now=now)
    assert form_response(gate, people.ada, response_id, now=now).newer == ""


def test_only_who_began_it(gate: Gate, people: People, now: datetime) -> None:
    response_id = draft(gate, people, now)
    for who in (people.ben, people.desk, people.manager):
        with pytest.raises(NotFound):
            renew_form_draft(gate, who, response_id, now=now)
