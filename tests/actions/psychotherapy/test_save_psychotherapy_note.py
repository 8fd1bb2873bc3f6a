"""Writing and reading: every save is kept, under its own key, and only the author opens it, with a fresh factor."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.factories.emergency import fresh, opened
from tests.factories.small_practice import FERN, People, events, every_row, unproven
from workbench.actions.psychotherapy.save_psychotherapy_note import save_psychotherapy_note
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotFound, StalePage, StepUpNeeded
from workbench.psychotherapy.rules import LONGEST, PsychotherapyTooLong
from workbench.psychotherapy.tables import PsychotherapyRevision
from workbench.screens.psychotherapy_notes import psychotherapy_words
from workbench.store.engine import Store
from workbench.store.vault import EnvelopeBroken


def test_each_save_is_a_revision_and_the_author_reads_the_last(
    gate: Gate, store: Store, ada: Actor, now: datetime, note_id: str
) -> None:
    assert psychotherapy_words(gate, ada, note_id, now=now).words == ""
    first = save_psychotherapy_note(gate, ada, note_id, now=now, version=0, words="The dream again.")
    second = save_psychotherapy_note(gate, ada, note_id, now=now, version=first.version, words="The house in it.")
    assert (first.version, second.version, second.belongs_in_chart) == (1, 2, ())
    shown = psychotherapy_words(gate, ada, note_id, now=now)
    assert (shown.words, shown.version) == ("The house in it.", 2)
    with store.reading() as session:
        kept = session.scalars(select(PsychotherapyRevision).order_by(PsychotherapyRevision.number)).all()
        assert [(one.number, one.text.words) for one in kept] == [(1, "The dream again."), (2, "The house in it.")]
    assert [event for event, _ in events(store)][1:] == [
        "psychotherapy.read", "psychotherapy.written", "psychotherapy.written", "psychotherapy.read",
    ]  # fmt: skip


def test_another_window_or_too_many_words_change_nothing(
    gate: Gate, store: Store, ada: Actor, now: datetime, note_id: str
) -> None:
    save_psychotherapy_note(gate, ada, note_id, now=now, version=0, words="One.")
    before = every_row(store)
    with pytest.raises(StalePage):
        save_psychotherapy_note(gate, ada, note_id, now=now, version=0, words="Two.")
    with pytest.raises(PsychotherapyTooLong) as refused:
        save_psychotherapy_note(gate, ada, note_id, now=now, version=1, words="x" * (LONGEST + 1))
    assert list(refused.value.fields) == ["words"]
    assert every_row(store) == before


def test_what_is_chart_by_law_is_kept_and_told(gate: Gate, ada: Actor, now: datetime, note_id: str) -> None:
    words = "Takes sertraline 50 mg now."
    saved = save_psychotherapy_note(gate, ada, note_id, now=now, version=0, words=words)
    assert saved.belongs_in_chart == ("medication",)
    assert psychotherapy_words(gate, ada, note_id, now=now).belongs_in_chart == ("medication",)


def test_opening_asks_for_a_fresh_factor_and_writing_on_does_not(
    gate: Gate, people: People, now: datetime, note_id: str
) -> None:
    ada = unproven(people.ada)
    with pytest.raises(StepUpNeeded):
        psychotherapy_words(gate, ada, note_id, now=now)
    assert save_psychotherapy_note(gate, ada, note_id, now=now, version=0, words="On and on.").version == 1


@pytest.mark.parametrize("who", ["ben", "supervisor", "desk", "manager", "biller", "it", "compliance"])
def test_nobody_else_reads_or_writes(
    gate: Gate, store: Store, people: People, now: datetime, note_id: str, who: str
) -> None:
    actor = fresh(getattr(people, who), now)
    before = every_row(store)
    with pytest.raises(NotFound):
        psychotherapy_words(gate, actor, note_id, now=now)
    with pytest.raises(NotFound):
        save_psychotherapy_note(gate, actor, note_id, now=now, version=0, words="Curious.")
    assert every_row(store) == before


@pytest.mark.parametrize("who", ["ben", "compliance"])
def test_no_emergency_opens_it(gate: Gate, people: People, now: datetime, note_id: str, who: str) -> None:
    actor = getattr(people, who)
    opened(gate, actor, now, FERN)
    with pytest.raises(NotFound):
        psychotherapy_words(gate, fresh(actor, now), note_id, now=now)


def test_its_key_opens_nothing_else_and_the_patients_key_does_not_open_it(
    gate: Gate, store: Store, ada: Actor, now: datetime, note_id: str
) -> None:
    save_psychotherapy_note(gate, ada, note_id, now=now, version=0, words="Alone.")
    with store.reading() as session:
        row = session.scalars(select(PsychotherapyRevision)).one()
        document = PsychotherapyRevision.text
        with pytest.raises(EnvelopeBroken):
            store.vault.open(FERN, document.place(row), row.sealed)
        assert row.key_owner not in (FERN, "stf_ada")
        store.vault.destroy_key(FERN)
        assert row.text.words == "Alone."


HELD = "psychotherapy_note_kept|psychotherapy_note_theirs|psychotherapy_revisions_append_only"
CHANGES = (
    "UPDATE psychotherapy_notes SET author_id = 'stf_ben'",
    "UPDATE psychotherapy_notes SET patient_id = 'pat_moss'",
    "UPDATE psychotherapy_notes SET kind = 'sud_counseling'",
    "DELETE FROM psychotherapy_notes",
    "UPDATE psychotherapy_revisions SET number = 9",
    "DELETE FROM psychotherapy_revisions",
)


@pytest.mark.parametrize("statement", CHANGES)
def test_the_store_keeps_whose_it_is_and_every_revision(
    gate: Gate, store: Store, ada: Actor, now: datetime, note_id: str, statement: str
) -> None:
    save_psychotherapy_note(gate, ada, note_id, now=now, version=0, words="Kept.")
    before = every_row(store)
    with store.engine.connect() as connection, pytest.raises(DBAPIError, match=HELD):
        connection.execute(text(statement))
        connection.commit()
    assert every_row(store) == before
    assert psychotherapy_words(gate, ada, note_id, now=now + timedelta(minutes=1)).words == "Kept."
