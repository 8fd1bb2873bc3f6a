"""A locked note, tried by every door there is: verbs, a hand-made message to its page, a job, row objects, SQL."""

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dashboards.charting_desk import note_page
from dashboards.parts.message import Message
from dashboards.parts.routes import Visit
from dashboards.person import Person
from tests.factories.small_practice import People, events, every_row, visit
from workbench.actions.charting.amend_note import amend_note
from workbench.actions.charting.cosign_note import cosign_note
from workbench.actions.charting.return_note import return_note
from workbench.actions.charting.sign_note import sign_note
from workbench.actions.charting.write_note import write_note
from workbench.charting.rules import NoteLocked
from workbench.charting.tables import Note
from workbench.gate.action import ACTIONS, Gate, action
from workbench.gate.actor import SystemActor
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.store.engine import Store

WHOLE = {"assessment": "Less worried.", "plan": "Weekly.", "diagnoses": ("F41.1",)}
ADDS_TO_IT = {"amend_note"}
"""What may be done with a locked note: it is added to, and stays as it is."""
TRIES = {
    "sign_note": lambda gate, who, note, now: sign_note(gate, who, note, now=now),
    "cosign_note": lambda gate, who, note, now: cosign_note(gate, who, note, now=now, attested="reviewed"),
    "return_note": lambda gate, who, note, now: return_note(gate, who, note, now=now, comment="Again, please."),
}


@pytest.fixture
def locked(gate: Gate, store: Store, people: People, now: datetime) -> str:
    """Ada's note about Fern."""
    written = write_note(gate, people.ada, visit(store, 1, now - timedelta(hours=1)), now=now, version=0, **WHOLE)
    return sign_note(gate, people.ada, written.note_id, now=now).note_id


def note_row(store: Store) -> object:
    return {table: rows for table, rows in every_row(store).items() if table.startswith("note")}


def test_every_verb_about_a_note_is_tried_here() -> None:
    assert {name for name, verb in ACTIONS.items() if verb.on is Note} == TRIES.keys() | ADDS_TO_IT


@pytest.mark.parametrize("verb", TRIES)
def test_a_verb_is_refused_and_the_log_says_so(
    gate: Gate, store: Store, people: People, now: datetime, locked: str, verb: str
) -> None:
    job = SystemActor("nightly", frozenset(Permission))
    before = note_row(store)
    for who in (people.ada, people.supervisor, people.ben, people.manager, people.it, job):
        with pytest.raises(WorkbenchError):
            TRIES[verb](gate, who, locked, now)
        assert events(store)[-1] == ("action.refused", "refused")
    assert note_row(store) == before


def test_adding_to_it_leaves_it_as_it_is(gate: Gate, store: Store, people: People, now: datetime, locked: str) -> None:
    before = note_row(store)
    amend_note(gate, people.ada, locked, now=now, kind="addendum", reason="Recalled", text="More.")
    assert note_row(store) == before


@pytest.mark.engines("sqlcipher")
@pytest.mark.parametrize("do", ["save", "sign"])
def test_a_hand_made_message_changes_nothing(
    gate: Gate, store: Store, people: People, now: datetime, locked: str, do: str
) -> None:
    """Bokeh runs what a socket asks for, whether the page shows a button for it or not."""
    page = note_page(Person(gate, lambda: people.ada, lambda: now), "/app")(
        Visit("/notes/att_1", {"attendance_id": "att_1"})
    )
    page.load()
    before, changed = note_row(store), [told for told in events(store) if told[1] == "done"]
    for version in ("0", "1", "2", "3"):
        values = {"version": (version,), "subjective": ("Else",), "assessment": ("Else",), "plan": ("Else",),
                  "diagnoses": ("F32.A",)}  # fmt: skip
        with suppress(WorkbenchError):
            page.handle(Message(do, values))
        assert events(store)[-1][1] != "done"
    assert (note_row(store), [told for told in events(store) if told[1] == "done"]) == (before, changed)
    assert ("action.refused", "refused") in events(store)


def test_even_a_verb_that_forgets_to_ask_is_refused_by_the_store(
    gate: Gate, store: Store, people: People, now: datetime, locked: str
) -> None:
    body = forgetful
    careless = action(Permission.SIGN_NOTE, on=Note, refuses={"note_locked": NoteLocked})(body)
    del ACTIONS[body.__name__]
    before = note_row(store)
    with pytest.raises(NoteLocked):
        careless(gate, people.ada, locked, now=now)
    assert (note_row(store), events(store)[-1]) == (before, ("action.refused", "refused"))


def forgetful(work: Work, note: Note) -> None:
    """Writes over what is signed."""
    note.signed_as = "Somebody Else"
    work.flush()
    work.record(AuditEvent.NOTE_SIGNED)


def test_no_column_of_it_changes_by_sql(store: Store, locked: str) -> None:
    before = note_row(store)
    for column in Note.__table__.columns:
        with store.engine.connect() as connection, pytest.raises(DBAPIError, match="note_locked"):
            connection.execute(text(f"UPDATE notes SET {column.name} = {column.name}"))
    assert note_row(store) == before
