"""Writing: every save is kept, nobody's page overwrites another's, and only the session's clinician writes."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.factories.small_practice import BEN, People, events, every_row, visit
from workbench.actions.charting.sign_note import sign_note
from workbench.actions.charting.write_note import write_note
from workbench.charting.rules import NotADiagnosis, NoteLocked, NoteTooLong, NotYourSession, SessionNotHeld
from workbench.charting.tables import Note, NoteRevision
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StalePage
from workbench.scheduling.tables import AttendanceStatus
from workbench.store.engine import Store

HOUR = timedelta(hours=1)


@pytest.fixture
def session_id(store: Store, now: datetime) -> str:
    """Ada saw Fern an hour ago."""
    return visit(store, 1, now - HOUR)


def test_each_save_is_a_revision_and_the_last_is_the_draft(
    gate: Gate, store: Store, people: People, now: datetime, session_id: str
) -> None:
    first = write_note(gate, people.ada, session_id, now=now, version=0, subjective="Slept badly.")
    second = write_note(
        gate, people.ada, session_id, now=now + HOUR, version=first.version, subjective="Slept.", diagnoses=("f411",)
    )
    assert (first.note_id, first.version, second.version) == (second.note_id, 1, 2)
    with store.reading() as session:
        note = session.get_one(Note, first.note_id)
        assert (note.state, note.text.subjective, note.text.diagnoses) == ("draft", "Slept.", ("F41.1",))
        assert note.service_on.isoformat() == "2026-03-09"
        kept = session.scalars(select(NoteRevision).order_by(NoteRevision.number)).all()
        assert [(one.number, one.text.subjective) for one in kept] == [(1, "Slept badly."), (2, "Slept.")]
    assert events(store) == [("note.written", "done")] * 2


def test_two_tabs_cannot_both_begin_or_both_save(
    gate: Gate, store: Store, people: People, now: datetime, session_id: str
) -> None:
    write_note(gate, people.ada, session_id, now=now, version=0, plan="One")
    before = every_row(store)
    with pytest.raises(StalePage):
        write_note(gate, people.ada, session_id, now=now, version=0, plan="Two")
    with pytest.raises(StalePage):
        write_note(gate, people.ada, session_id, now=now, version=2, plan="Two")
    assert every_row(store) == before


def test_an_autosave_sent_twice_is_one_revision(
    gate: Gate, store: Store, people: People, now: datetime, session_id: str
) -> None:
    once = write_note(gate, people.ada, session_id, now=now, version=0, plan="One", idempotency_key="save-0001")
    assert write_note(gate, people.ada, session_id, now=now, version=0, plan="One", idempotency_key="save-0001") == once
    with store.reading() as session:
        assert len(session.scalars(select(NoteRevision)).all()) == 1


def test_what_cannot_be_kept_is_refused_by_field(
    gate: Gate, store: Store, people: People, now: datetime, session_id: str
) -> None:
    before = every_row(store)
    with pytest.raises(NotADiagnosis) as code:
        write_note(gate, people.ada, session_id, now=now, version=0, diagnoses=("anxious",))
    with pytest.raises(NoteTooLong) as long:
        write_note(gate, people.ada, session_id, now=now, version=0, plan="x" * 40_001)
    assert (list(code.value.fields), list(long.value.fields)) == (["diagnoses"], ["plan"])
    assert every_row(store) == before


@pytest.mark.parametrize("status", ["no_show", "late_cancelled", "cancelled"])
def test_a_session_that_was_not_held_has_no_note(
    gate: Gate, store: Store, people: People, now: datetime, status: str
) -> None:
    with pytest.raises(SessionNotHeld):
        write_note(gate, people.ada, visit(store, 2, now - HOUR, status=AttendanceStatus(status)), now=now, version=0)


def test_a_signed_note_takes_no_more_text(
    gate: Gate, store: Store, people: People, now: datetime, session_id: str
) -> None:
    saved = write_note(
        gate, people.ada, session_id, now=now, version=0, assessment="Better.", plan="Go on.", diagnoses=("F41.1",)
    )
    sign_note(gate, people.ada, saved.note_id, now=now)
    before = every_row(store)
    with pytest.raises(NoteLocked):
        write_note(gate, people.ada, session_id, now=now, version=2, plan="Other.")
    assert every_row(store) == before


def test_only_the_clinician_of_the_session_writes(gate: Gate, store: Store, people: People, now: datetime) -> None:
    with pytest.raises(NotYourSession):
        write_note(gate, people.ada, visit(store, 2, now - HOUR, clinician_id=BEN), now=now, version=0, plan="Mine?")


@pytest.mark.parametrize("who", ["ben", "desk", "manager", "biller", "it", "compliance"])
def test_others_cannot(gate: Gate, store: Store, people: People, now: datetime, session_id: str, who: str) -> None:
    before = every_row(store)
    with pytest.raises(NotFound):
        write_note(gate, getattr(people, who), session_id, now=now, version=0, plan="Curious.")
    assert every_row(store) == before
    assert events(store) == [("action.refused", "refused")]
