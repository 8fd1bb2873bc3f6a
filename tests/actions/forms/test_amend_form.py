"""What is added to a signed form: it follows the form on the page and on paper, and the form stays as it was signed."""

from datetime import datetime

import pytest

from tests.actions.forms.having import begun, fill_in
from tests.factories.small_practice import People, events
from workbench.actions.forms.amend_form import amend_form
from workbench.actions.forms.sign_form import sign_form
from workbench.charting.addenda import StillADraft
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.form_paper import form_paper
from workbench.screens.form_responses import form_response
from workbench.store.engine import Store


def signed(gate: Gate, people: People, now: datetime) -> str:
    response_id = begun(gate, people, now)
    fill_in(gate, people, now, response_id)
    sign_form(gate, people.ada, response_id, now=now)
    return response_id


def add(gate: Gate, people: People, now: datetime, response_id: str) -> int:
    return amend_form(
        gate, people.ada, response_id, now=now, kind="late entry", reason="Came later", text="Words"
    ).number


def test_it_follows_the_form_and_is_printed_with_it(gate: Gate, store: Store, people: People, now: datetime) -> None:
    response_id = signed(gate, people, now)
    before = form_paper(gate, people.ada, response_id, now=now)
    assert add(gate, people, now, response_id) == 1
    assert events(store)[-1] == ("form_response.amended", "done")
    page = form_response(gate, people.ada, response_id, now=now)
    assert [(one.kind, one.text, one.is_unchanged) for one in page.after.addenda] == [("late entry", "Words", True)]
    assert (page.is_unchanged, page.after.may_amend) == (True, True)
    after = form_paper(gate, people.ada, response_id, now=now)
    assert (after.name, after.content != before.content) == (before.name, True)


def test_a_draft_is_written_on(gate: Gate, people: People, now: datetime) -> None:
    response_id = begun(gate, people, now)
    with pytest.raises(StillADraft):
        add(gate, people, now, response_id)
    assert not form_response(gate, people.ada, response_id, now=now).after.may_amend


def test_only_who_wrote_it_or_supervises(gate: Gate, people: People, now: datetime) -> None:
    response_id = signed(gate, people, now)
    amend_form(gate, people.supervisor, response_id, now=now, kind="addendum", reason="Read", text="Agreed.")
    for who in (people.ben, people.desk, people.manager, people.it):
        with pytest.raises(NotFound):
            amend_form(gate, who, response_id, now=now, kind="addendum", reason="Read", text="Agreed.")
