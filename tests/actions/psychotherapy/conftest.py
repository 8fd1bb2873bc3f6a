"""A practice that is open, its people, and a session that Ada held with Fern."""

from datetime import datetime, timedelta

import pytest

from tests.factories.an_open_practice import people, practice
from tests.factories.emergency import fresh
from tests.factories.small_practice import People, visit
from workbench.actions.psychotherapy.begin_psychotherapy_note import begin_psychotherapy_note
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.store.engine import Store

__all__ = ["people", "practice"]


@pytest.fixture
def session_id(store: Store, now: datetime) -> str:
    """Ada saw Fern two hours ago."""
    return visit(store, 1, now - timedelta(hours=2))


@pytest.fixture
def ada(people: People, now: datetime) -> Actor:
    """With a factor shown just now."""
    return fresh(people.ada, now)


@pytest.fixture
def note_id(gate: Gate, ada: Actor, now: datetime, session_id: str) -> str:
    """The note she began about it."""
    return begin_psychotherapy_note(gate, ada, now=now, attendance_id=session_id, kind="psychotherapy").note_id
