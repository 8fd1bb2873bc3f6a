"""A form given back is a draft again with a word for its author."""

from datetime import datetime

import pytest

from tests.actions.forms.test_cosign_form import signed
from tests.factories.small_practice import People, events
from workbench.actions.forms.cosign_form import cosign_form
from workbench.actions.forms.return_response import return_response
from workbench.actions.forms.sign_form import sign_form
from workbench.charting.cosigning import CommentMissing, NotInReview
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.form_responses import form_response
from workbench.store.engine import Store

KEY = "plan-amendment"


def test_it_is_a_draft_with_a_word_and_goes_round_again(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    response_id, _ = signed(gate, people, store, now, KEY)
    return_response(gate, people.supervisor, response_id, now=now, comment="Since when?")
    assert events(store)[-1] == ("form_response.returned", "done")
    page = form_response(gate, people.ada, response_id, now=now)
    assert (page.state, page.signed_at, page.may_write) == ("draft", None, True)
    assert page.after.given_back is not None
    assert page.after.given_back.comment == "Since when?"
    sign_form(gate, people.ada, response_id, now=now)
    cosign_form(gate, people.supervisor, response_id, now=now, attested="reviewed")
    with pytest.raises(NotInReview):
        return_response(gate, people.supervisor, response_id, now=now, comment="Again")


def test_without_a_word_or_by_somebody_else_it_stays(gate: Gate, store: Store, people: People, now: datetime) -> None:
    response_id, _ = signed(gate, people, store, now, KEY)
    with pytest.raises(CommentMissing):
        return_response(gate, people.supervisor, response_id, now=now, comment=" ")
    for who in (people.ada, people.ben, people.manager):
        with pytest.raises(NotFound):
            return_response(gate, who, response_id, now=now, comment="No")
    assert form_response(gate, people.ada, response_id, now=now).state == "review"
