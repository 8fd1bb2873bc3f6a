"""A version given back is a draft again, and says what should change."""

from datetime import datetime

import pytest

from tests.actions.forms.having import take_in
from tests.factories.small_practice import People, events
from workbench.actions.forms.ask_form_review import ask_form_review
from workbench.actions.forms.return_form import NotInReview, WordMissing, return_form
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.forms import form_preview
from workbench.store.engine import Store


def waiting(gate: Gate, people: People, now: datetime) -> str:
    version_id = take_in(gate, people, now).version_id
    ask_form_review(gate, people.manager, version_id, now=now)
    return version_id


def test_it_is_a_draft_with_a_word(gate: Gate, store: Store, people: People, now: datetime) -> None:
    version_id = waiting(gate, people, now)
    return_form(gate, people.supervisor, version_id, now=now, said=" Ask about naps too. ")
    assert events(store)[-1] == ("form.returned", "done")
    preview = form_preview(gate, people.manager, version_id, now=now)
    assert (preview.version.state, preview.review_said) == ("draft", "Ask about naps too.")
    with pytest.raises(NotInReview):
        return_form(gate, people.supervisor, version_id, now=now, said="Again")


@pytest.mark.parametrize("said", ["", "  ", "x" * 1001])
def test_without_a_word_it_stays_where_it_is(gate: Gate, people: People, now: datetime, said: str) -> None:
    version_id = waiting(gate, people, now)
    with pytest.raises(WordMissing):
        return_form(gate, people.supervisor, version_id, now=now, said=said)
    assert form_preview(gate, people.manager, version_id, now=now).version.state == "review"


def test_only_who_says_which_forms_there_are(gate: Gate, people: People, now: datetime) -> None:
    version_id = waiting(gate, people, now)
    for who in (people.ada, people.desk, people.it, people.compliance):
        with pytest.raises(NotFound):
            return_form(gate, who, version_id, now=now, said="No")
