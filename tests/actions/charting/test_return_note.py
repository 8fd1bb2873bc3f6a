"""A note given back is a draft again with a word for its author; what had been signed is known by its hash."""

from datetime import datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.actions.charting.test_sign_note import WHOLE, draft
from tests.actions.charting.trainee import ada_is_a_trainee
from tests.factories.small_practice import FERN, People, events
from workbench.actions.charting.cosign_note import cosign_note
from workbench.actions.charting.return_note import return_note
from workbench.actions.charting.sign_note import Signed, sign_note
from workbench.actions.charting.write_note import write_note
from workbench.charting.cosigning import CommentMissing, NotInReview
from workbench.charting.review_tables import Returned
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.note_for_attendance import note_for_attendance
from workbench.screens.patient_chart import patient_chart
from workbench.store.engine import Store

WORD = "Say more about the risk."


@pytest.fixture
def signed(gate: Gate, people: People, store: Store, now: datetime) -> Signed:
    """Signed by Ada, who is a trainee."""
    ada_is_a_trainee(store, now)
    return sign_note(gate, people.ada, draft(gate, people, store, now), now=now)


def test_it_is_revised_signed_again_and_cosigned(
    gate: Gate, store: Store, people: People, now: datetime, signed: Signed
) -> None:
    return_note(gate, people.supervisor, signed.note_id, now=now, comment=f"  {WORD} ")
    assert events(store)[-1] == ("note.returned", "done")
    page = note_for_attendance(gate, people.ada, "att_1", now=now)
    assert (page.state, page.signed_at, page.may_write) == ("draft", None, True)
    assert page.after.given_back is not None
    assert page.after.given_back.comment == WORD
    with store.reading() as session:
        row = session.scalars(select(Returned)).one()
        assert (row.content_hash, row.signed_as, row.signed_at) == (signed.content_hash, signed.signed_as, now)
    revised = {**WHOLE, "assessment": "Less worried; no thoughts of suicide."}
    write_note(gate, people.ada, "att_1", now=now, version=page.version, **revised)
    again = sign_note(gate, people.ada, signed.note_id, now=now)
    assert again.content_hash != signed.content_hash
    cosign_note(gate, people.supervisor, signed.note_id, now=now, attested="reviewed")
    page = note_for_attendance(gate, people.ada, "att_1", now=now)
    assert (page.state, page.text.assessment, page.after.given_back) == ("locked", revised["assessment"], None)


def test_the_word_is_for_the_author_and_in_nobodys_chart(
    gate: Gate, people: People, now: datetime, signed: Signed
) -> None:
    return_note(gate, people.supervisor, signed.note_id, now=now, comment=WORD)
    assert note_for_attendance(gate, people.supervisor, "att_1", now=now).after.given_back is None
    assert WORD not in repr(patient_chart(gate, people.ada, FERN, now=now))


@pytest.mark.parametrize("comment", ["", "  ", "x" * 2_001])
def test_without_a_word_it_stays_where_it_is(
    gate: Gate, people: People, now: datetime, signed: Signed, comment: str
) -> None:
    with pytest.raises(CommentMissing):
        return_note(gate, people.supervisor, signed.note_id, now=now, comment=comment)
    assert note_for_attendance(gate, people.ada, "att_1", now=now).state == "review"


def test_what_waits_for_nobody_is_not_given_back(gate: Gate, people: People, now: datetime, signed: Signed) -> None:
    cosign_note(gate, people.supervisor, signed.note_id, now=now, attested="reviewed")
    with pytest.raises(NotInReview):
        return_note(gate, people.supervisor, signed.note_id, now=now, comment=WORD)


def test_only_the_supervisor(gate: Gate, people: People, now: datetime, signed: Signed) -> None:
    for who in (people.ada, people.ben, people.manager, people.desk):
        with pytest.raises(NotFound):
            return_note(gate, who, signed.note_id, now=now, comment=WORD)


def test_the_database_keeps_every_word(gate: Gate, store: Store, people: People, now: datetime, signed: Signed) -> None:
    return_note(gate, people.supervisor, signed.note_id, now=now, comment=WORD)
    for change in ("UPDATE returned_for_revision SET signed_as = 'x'", "DELETE FROM returned_for_revision"):
        with pytest.raises(DBAPIError, match="returned_for_revision_append_only"), store.engine.begin() as connection:
            connection.execute(text(change))
