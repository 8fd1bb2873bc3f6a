"""A signed note on paper: for who reads the chart; a draft for nobody, one in review for its author and supervisor."""

import io
from datetime import datetime

import pytest
from pypdf import PdfReader

from tests.actions.charting.test_sign_note import draft
from tests.actions.charting.trainee import ada_is_a_trainee
from tests.factories.small_practice import People, events
from workbench.actions.charting.cosign_note import cosign_note
from workbench.actions.charting.sign_note import sign_note
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotFound
from workbench.screens.note_paper import note_paper
from workbench.store.engine import Store


def words(gate: Gate, who: Actor, now: datetime, note_id: str) -> str:
    content = note_paper(gate, who, note_id, now=now).content
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_with_both_signatures_and_who_it_is_about(gate: Gate, store: Store, people: People, now: datetime) -> None:
    ada_is_a_trainee(store, now)
    note_id = draft(gate, people, store, now)
    with pytest.raises(NotFound):
        note_paper(gate, people.ada, note_id, now=now)
    sign_note(gate, people.ada, note_id, now=now)
    for who in (people.ada, people.supervisor):
        assert "PENDING" in words(gate, who, now, note_id)
    cosign_note(gate, people.supervisor, note_id, now=now, attested="reviewed")
    told = words(gate, people.ada, now, note_id)
    for said in ("Less worried.", "F41.1", "Signed: Ada Byron, LCSW", "Co-signed:", "born Apr 3, 1990", "Page 1 of 1"):
        assert said in told
    assert "PENDING" not in told
    assert events(store)[-1] == ("note.printed", "shown")


def test_who_reads_no_chart_prints_none(gate: Gate, store: Store, people: People, now: datetime) -> None:
    note_id = draft(gate, people, store, now)
    sign_note(gate, people.ada, note_id, now=now)
    for who in (people.ben, people.desk, people.biller, people.manager, people.it):
        with pytest.raises(NotFound):
            note_paper(gate, who, note_id, now=now)
