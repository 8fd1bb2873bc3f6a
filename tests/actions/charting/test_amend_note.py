"""What is added to a locked note: signed, numbered, beside the note it belongs to; the note stays as it was signed."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.actions.charting.test_sign_note import draft
from tests.factories.small_practice import FERN, People, events, every_row
from workbench.actions.charting.amend_note import amend_note
from workbench.actions.charting.sign_note import sign_note
from workbench.charting.addenda import AddendumUnclear, StillADraft
from workbench.charting.tables import Note
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.note_for_attendance import note_for_attendance
from workbench.screens.patient_chart import patient_chart
from workbench.store.engine import Store


@pytest.fixture
def note_id(gate: Gate, people: People, store: Store, now: datetime) -> str:
    """A note signed by Ada."""
    return sign_note(gate, people.ada, draft(gate, people, store, now), now=now).note_id


def add(gate: Gate, people: People, now: datetime, note_id: str, kind: str = "addendum") -> int:
    return amend_note(
        gate, people.ada, note_id, now=now, kind=kind, reason="Left out", text="They spoke of work."
    ).number


def test_entries_follow_the_note_in_order_with_name_and_time(
    gate: Gate, store: Store, people: People, now: datetime, note_id: str
) -> None:
    later = now + timedelta(days=2)
    assert [add(gate, people, now, note_id), add(gate, people, later, note_id, "correction")] == [1, 2]
    assert events(store)[-1] == ("note.amended", "done")
    page = note_for_attendance(gate, people.ada, "att_1", now=later)
    assert [(one.number, one.kind, one.signed_as, one.signed_at, one.is_unchanged) for one in page.after.addenda] == [
        (1, "addendum", "Ada Byron, LCSW", now, True), (2, "correction", "Ada Byron, LCSW", later, True),
    ]  # fmt: skip
    assert page.is_unchanged
    assert page.after.may_amend
    (shown,) = patient_chart(gate, people.ada, FERN, now=later).notes
    assert [one.text for one in shown.addenda] == ["They spoke of work."] * 2


def test_the_note_itself_stays_as_it_was_signed(
    gate: Gate, store: Store, people: People, now: datetime, note_id: str
) -> None:
    with store.reading() as session:
        before = session.get_one(Note, note_id).sealed
    add(gate, people, now, note_id)
    with store.reading() as session:
        note = session.get_one(Note, note_id)
        assert (note.sealed, note.version) == (before, note.version)


def test_a_supervisor_adds_to_a_supervisees_note_and_others_do_not(
    gate: Gate, people: People, now: datetime, note_id: str
) -> None:
    done = amend_note(gate, people.supervisor, note_id, now=now, kind="addendum", reason="Read", text="Agreed.")
    assert done.number == 1
    for who in (people.ben, people.desk, people.biller, people.manager, people.it, people.compliance):
        with pytest.raises(NotFound):
            amend_note(gate, who, note_id, now=now, kind="addendum", reason="Read", text="Agreed.")


def test_what_says_nothing_adds_nothing(gate: Gate, store: Store, people: People, now: datetime, note_id: str) -> None:
    before = every_row(store)
    with pytest.raises(AddendumUnclear):
        amend_note(gate, people.ada, note_id, now=now, kind="deletion", reason="", text="")
    assert every_row(store) == before


def test_a_draft_is_written_on(gate: Gate, store: Store, people: People, now: datetime) -> None:
    draft_id = draft(gate, people, store, now)
    with pytest.raises(StillADraft):
        add(gate, people, now, draft_id)


def test_one_press_adds_once(gate: Gate, people: People, now: datetime, note_id: str) -> None:
    for _ in range(2):
        amend_note(gate, people.ada, note_id, now=now, kind="addendum", reason="x", text="y", idempotency_key="one")
    assert len(note_for_attendance(gate, people.ada, "att_1", now=now).after.addenda) == 1


@pytest.mark.parametrize("change", ["UPDATE addenda SET kind = 'x'", "DELETE FROM addenda"])
def test_the_database_keeps_every_entry(
    gate: Gate, store: Store, people: People, now: datetime, note_id: str, change: str
) -> None:
    add(gate, people, now, note_id)
    with pytest.raises(DBAPIError, match="addenda_append_only"), store.engine.begin() as connection:
        connection.execute(text(change))


def test_an_entry_belongs_to_one_record(store: Store, gate: Gate, people: People, now: datetime, note_id: str) -> None:
    add(gate, people, now, note_id)
    columns = "id, patient_id, number, kind, author_id, signed_at, signed_as, target_hash, content_hash, sealed"
    with pytest.raises(DBAPIError, match="one_target"), store.engine.begin() as connection:
        connection.execute(text(
            f"INSERT INTO addenda ({columns}) SELECT 'add_x', patient_id, 9, kind, author_id, signed_at, signed_as, "
            "target_hash, content_hash, sealed FROM addenda"
        ))  # fmt: skip
