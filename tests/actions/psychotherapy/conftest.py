"""A practice that is open, its people, and a session that Ada held with Fern."""

from datetime import datetime, timedelta

import pytest

from tests.factories.emergency import fresh
from tests.factories.small_practice import People, open_practice, visit
from tests.factories.small_practice import people as signed_in
from workbench.actions.psychotherapy.begin_psychotherapy_note import begin_psychotherapy_note
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.store.engine import Store


@pytest.fixture(autouse=True)
def practice(store: Store, now: datetime) -> None:
    """Two clinicians, two patients of Ada's."""
    open_practice(store, now)


@pytest.fixture
def people() -> People:
    """Who works there, signed in."""
    return signed_in()


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
