"""A draft waits for a reader, who publishes it or gives it back with a word."""

from datetime import datetime

import pytest

from tests.actions.forms.having import take_in
from tests.factories.small_practice import People, events
from workbench.actions.forms.ask_form_review import ask_form_review
from workbench.actions.forms.publish_form import publish_form
from workbench.actions.forms.return_form import return_form
from workbench.forms.versions import NotADraft
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.forms import form_preview
from workbench.store.engine import Store


def test_it_waits_and_says_since_when(gate: Gate, store: Store, people: People, now: datetime) -> None:
    version_id = take_in(gate, people, now).version_id
    ask_form_review(gate, people.manager, version_id, now=now)
    assert events(store)[-1] == ("form.review_asked", "done")
    preview = form_preview(gate, people.supervisor, version_id, now=now)
    assert (preview.version.state, preview.review_asked_at) == ("review", now)
    with pytest.raises(NotADraft):
        ask_form_review(gate, people.manager, version_id, now=now)


def test_the_reader_publishes_it(gate: Gate, people: People, now: datetime) -> None:
    version_id = take_in(gate, people, now).version_id
    ask_form_review(gate, people.manager, version_id, now=now)
    publish_form(gate, people.supervisor, version_id, now=now)
    assert form_preview(gate, people.manager, version_id, now=now).version.state == "published"
    with pytest.raises(NotADraft):
        ask_form_review(gate, people.manager, version_id, now=now)


def test_asked_again_the_earlier_word_is_gone_from_it(gate: Gate, people: People, now: datetime) -> None:
    version_id = take_in(gate, people, now).version_id
    ask_form_review(gate, people.manager, version_id, now=now)
    return_form(gate, people.supervisor, version_id, now=now, said="Shorter, please.")
    ask_form_review(gate, people.manager, version_id, now=now)
    assert form_preview(gate, people.manager, version_id, now=now).review_said == ""


def test_only_who_says_which_forms_there_are(gate: Gate, people: People, now: datetime) -> None:
    version_id = take_in(gate, people, now).version_id
    for who in (people.ada, people.desk, people.it, people.compliance):
        with pytest.raises(NotFound):
            ask_form_review(gate, who, version_id, now=now)
