"""Signing: what was asked is locked for ever with its hash, by its author, when nothing is missing."""

import json
from datetime import datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.actions.forms.having import begun, take_in
from tests.actions.forms.test_import_form import CHANGED
from tests.actions.forms.test_save_form import save
from tests.factories.small_practice import People, events
from workbench.actions.forms.publish_form import publish_form
from workbench.actions.forms.save_form import save_form
from workbench.actions.forms.sign_form import sign_form
from workbench.forms.signing import FormIncomplete, FormLocked, NotYourForm
from workbench.forms.tables import FormResponse, FormVersion
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StalePage
from workbench.screens.form_responses import form_response
from workbench.store.engine import Store


@pytest.fixture
def ready(gate: Gate, people: People, now: datetime) -> str:
    """A draft that may be signed, with an answer that is not asked any more."""
    response_id = begun(gate, people, now)
    save(gate, people, now, response_id, 1, {"q0": ("false",), "q3": ("6",), "q5_0": ("none",)})
    save(gate, people, now, response_id, 2, {"q0": ("false",), "q1": ("2026-03-01",), "q3": ("6",), "q5_0": ("none",)})
    save(gate, people, now, response_id, 3, {"q0": ("true",), "q3": ("6",), "q5_0": ("none",)})
    return response_id


def test_what_was_asked_is_locked_and_what_was_not_is_left_out(
    gate: Gate, store: Store, people: People, now: datetime, ready: str
) -> None:
    done = sign_form(gate, people.ada, ready, now=now)
    assert done.left_out == 1
    assert events(store)[-1] == ("form_response.signed", "done")
    page = form_response(gate, people.supervisor, ready, now=now)
    assert (page.state, page.is_unchanged, page.may_write) == ("locked", True, False)
    assert page.content_hash == done.content_hash
    assert "<input" not in page.fields
    with store.reading() as session:
        told = json.loads(session.scalars(select(FormResponse)).one().answered.response)
    assert told["status"] == "completed"
    assert [one["linkId"] for one in told["item"]] == ["sleeps", "hours", "trial"]


def test_a_signed_one_reads_as_it_was_when_the_form_goes_on(
    gate: Gate, store: Store, people: People, now: datetime, ready: str
) -> None:
    sign_form(gate, people.ada, ready, now=now)
    before = form_response(gate, people.ada, ready, now=now)
    with store.reading() as session:
        template_id = session.scalars(select(FormVersion.template_id)).one()
    later = take_in(gate, people, now, CHANGED, template_id=template_id)
    publish_form(gate, people.manager, later.version_id, now=now)
    assert form_response(gate, people.ada, ready, now=now) == before


def test_what_is_missing_is_told_by_its_field(gate: Gate, people: People, now: datetime) -> None:
    response_id = begun(gate, people, now)
    save(gate, people, now, response_id, 1, {"q0": ("false",)})
    with pytest.raises(FormIncomplete) as refused:
        sign_form(gate, people.ada, response_id, now=now)
    assert set(refused.value.fields) == {"q1", "q5_0"}
    assert form_response(gate, people.ada, response_id, now=now).state == "draft"


def test_it_is_signed_once_by_its_author_as_the_page_showed_it(
    gate: Gate, people: People, now: datetime, ready: str
) -> None:
    with pytest.raises(NotYourForm):
        sign_form(gate, people.supervisor, ready, now=now)
    for who in (people.ben, people.desk, people.manager):
        with pytest.raises(NotFound):
            sign_form(gate, who, ready, now=now)
    with pytest.raises(StalePage):
        sign_form(gate, people.ada, ready, now=now, expected_version=3)
    sign_form(gate, people.ada, ready, now=now, expected_version=4)
    with pytest.raises(FormLocked):
        sign_form(gate, people.ada, ready, now=now)
    with pytest.raises(FormLocked):
        save_form(gate, people.ada, ready, now=now, version=5, values={})


@pytest.mark.parametrize("change", ["UPDATE form_responses SET signed_as = 'x'", "DELETE FROM form_responses"])
def test_the_database_keeps_what_was_signed(
    gate: Gate, store: Store, people: People, now: datetime, ready: str, change: str
) -> None:
    sign_form(gate, people.ada, ready, now=now)
    with pytest.raises(DBAPIError, match="form_responses_locked"), store.engine.begin() as connection:
        connection.execute(text(change))
