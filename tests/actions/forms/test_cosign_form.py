"""A trainee's form waits for its supervisor, where the form is one a supervisor signs; co-signed it is locked."""

from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.actions.charting.trainee import ada_is_a_trainee
from tests.actions.forms.having import fill_in
from tests.factories.small_practice import FERN, People, events
from workbench.actions.forms.cosign_form import cosign_form
from workbench.actions.forms.renew_form_draft import renew_form_draft
from workbench.actions.forms.save_form import save_form
from workbench.actions.forms.sign_form import FormSigned, sign_form
from workbench.actions.forms.start_form import start_form
from workbench.actions.forms.take_templates import take_templates
from workbench.charting.cosigning import AttestationMissing, NotInReview
from workbench.forms.signing import FormInReview
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.cosign_queue import cosign_queue
from workbench.screens.form_paper import form_export, form_paper
from workbench.screens.form_responses import form_response
from workbench.screens.forms import forms
from workbench.store.engine import Store


def signed(gate: Gate, people: People, store: Store, now: datetime, key: str) -> tuple[str, FormSigned]:
    """A form of the library, signed by Ada, who is a trainee."""
    ada_is_a_trainee(store, now)
    take_templates(gate, people.manager, now=now, keys=(key,))
    version_id = forms(gate, people.manager, now=now)[0].newest.version_id
    response_id = start_form(gate, people.ada, FERN, now=now, version_id=version_id).response_id
    fill_in(gate, people, now, response_id)
    return response_id, sign_form(gate, people.ada, response_id, now=now)


def test_it_waits_is_read_by_the_supervisor_and_cosigned(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    response_id, done = signed(gate, people, store, now, "plan-amendment")
    assert not done.is_locked
    own = form_response(gate, people.ada, response_id, now=now)
    assert (own.state, own.may_write, own.after.may_amend, own.is_unchanged) == ("review", False, False, True)
    assert own.signers == ("supervisor", "patient")
    (line,) = cosign_queue(gate, people.supervisor, now=now)
    assert (line.what, line.path) == ("Change of the treatment plan", f"/filled/{response_id}")
    theirs = form_response(gate, people.supervisor, response_id, now=now)
    assert theirs.after.may_cosign
    assert "Some words" in theirs.fields
    assert form_paper(gate, people.supervisor, response_id, now=now).content.startswith(b"%PDF-")
    cosigned = cosign_form(gate, people.supervisor, response_id, now=now, attested="present")
    assert events(store)[-1] == ("form_response.cosigned", "done")
    after = form_response(gate, people.ada, response_id, now=now)
    assert (after.state, after.after.cosigned_as, after.signers, after.is_unchanged) == (
        "locked", cosigned.cosigned_as, ("patient",), True,
    )  # fmt: skip
    with pytest.raises(NotInReview):
        cosign_form(gate, people.supervisor, response_id, now=now, attested="present")


def test_meanwhile_nobody_changes_it_or_takes_it_out(gate: Gate, store: Store, people: People, now: datetime) -> None:
    response_id, _ = signed(gate, people, store, now, "plan-amendment")
    for change in (
        lambda: save_form(gate, people.ada, response_id, now=now, version=99, values={}),
        lambda: sign_form(gate, people.ada, response_id, now=now),
        lambda: renew_form_draft(gate, people.ada, response_id, now=now),
    ):
        with pytest.raises(FormInReview):
            change()
    with pytest.raises(NotFound):
        form_export(gate, people.ada, response_id, now=now, kind="json")
    with pytest.raises(DBAPIError, match="form_response_in_review"), store.engine.begin() as connection:
        connection.execute(text("UPDATE form_responses SET hash = 'x'"))


def test_a_form_no_supervisor_signs_is_locked_at_once(gate: Gate, store: Store, people: People, now: datetime) -> None:
    _, done = signed(gate, people, store, now, "phone-contact")
    assert done.is_locked


def test_a_cosignature_says_what_it_vouches_for_and_is_the_supervisors(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    response_id, _ = signed(gate, people, store, now, "plan-amendment")
    with pytest.raises(AttestationMissing):
        cosign_form(gate, people.supervisor, response_id, now=now, attested="")
    for who in (people.ada, people.ben, people.manager, people.desk):
        with pytest.raises(NotFound):
            cosign_form(gate, who, response_id, now=now, attested="reviewed")
    assert form_response(gate, people.ada, response_id, now=now).state == "review"
