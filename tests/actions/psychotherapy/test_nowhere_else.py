"""A canary in every field of a psychotherapy note is found in no other row, read, search or file given out."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.factories.every_read import askable, printed
from tests.factories.small_practice import FERN, People
from workbench.actions.charting.sign_note import sign_note
from workbench.actions.charting.write_note import write_note
from workbench.actions.psychotherapy.save_psychotherapy_note import save_psychotherapy_note
from workbench.cli.every_table import import_every_table
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.screens.own_openings import own_openings
from workbench.screens.patient_search import search_patients
from workbench.screens.psychotherapy_notes import psychotherapy_notes, psychotherapy_words
from workbench.store.base import Base
from workbench.store.engine import Store
from workbench.store.sealed import sealed_kinds

CANARY = "Zqxwvapart"
OWN = {psychotherapy_words.__name__}

import_every_table()


@pytest.fixture(autouse=True)
def written(gate: Gate, store: Store, ada: Actor, now: datetime, session_id: str, note_id: str) -> str:
    """The words apart, and a signed note of the same session; its id."""
    for version in range(2):
        save_psychotherapy_note(gate, ada, note_id, now=now, version=version, words=f"{CANARY} {version}")
    saved = write_note(gate, ada, session_id, now=now, version=0, assessment="A.", plan="P.", diagnoses=("F41.1",))
    sign_note(gate, ada, saved.note_id, now=now)
    return str(saved.note_id)


def test_no_other_sealed_document_and_no_cell_of_any_table_holds_it(store: Store) -> None:
    held: dict[str, int] = {}
    with store.reading() as session:
        for kind, document in sealed_kinds():
            for row in session.scalars(select(kind)):
                told = store.vault.open(document.owner_of(row), document.place(row), row.sealed)
                held[kind.__tablename__] = held.get(kind.__tablename__, 0) + (CANARY.encode() in told)
        cells = repr([tuple(row) for table in Base.metadata.sorted_tables for row in session.execute(select(table))])
    assert {name: count for name, count in held.items() if count} == {"psychotherapy_revisions": 2}
    assert held["notes"] == held["note_revisions"] == held["patients"] == 0
    assert CANARY not in cells


@pytest.mark.engines("sqlcipher")
def test_no_read_of_anybody_tells_a_word_of_it(
    gate: Gate, people: People, ada: Actor, now: datetime, session_id: str, note_id: str, written: str
) -> None:
    later = now + timedelta(minutes=1)
    subjects = {"patients": FERN, "attendances": session_id, "notes": written, "psychotherapy_notes": note_id,
                "staff": "stf_ada", "appointments": "apt_1"}  # fmt: skip
    answers = list(askable(gate, people, later, subjects))
    asked = {name for name, _ in answers}
    assert {"patient_chart", "patient_file", "note_for_attendance", "note_paper", "patient_forms", "own_openings",
            "psychotherapy_words"} <= asked  # fmt: skip
    assert len(asked) > 40
    assert {name for name, told in answers if CANARY in printed(told)} == OWN


def test_the_person_it_is_about_does_not_learn_that_it_is_kept(gate: Gate, now: datetime, note_id: str) -> None:
    assert note_id
    fern = Actor("usr_fern", FERN, frozenset({Role.PATIENT}), "0" * 64)
    told = own_openings(gate, fern, FERN, now=now)
    assert any(one.sentence == "signed and locked a note" for one in told)
    assert not [one for one in told if re.search("apart|no part of the chart", one.sentence)]


def test_no_search_finds_it(gate: Gate, people: People, now: datetime) -> None:
    assert not search_patients(gate, people.ada, now=now, query=CANARY)
    assert not search_patients(gate, people.ada, now=now, query=CANARY[:4])


def test_the_author_finds_it_where_it_is(gate: Gate, ada: Actor, now: datetime, note_id: str) -> None:
    assert psychotherapy_words(gate, ada, note_id, now=now).words == f"{CANARY} 1"
    assert CANARY not in repr(psychotherapy_notes(gate, ada, now=now, patient_id=FERN))
