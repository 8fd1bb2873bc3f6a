"""What is tried on every verb that moves an attendance."""

from datetime import datetime
from typing import Any

import pytest

from tests.factories.small_practice import People, events, every_row
from workbench.gate.action import Action, Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotFound, StalePage
from workbench.scheduling.tables import Attendance
from workbench.store.engine import Store


def status_of(store: Store, attendance_id: str) -> str:
    """How the attendance stands in the store."""
    with store.reading() as session:
        return session.get_one(Attendance, attendance_id).status


def check_others_cannot(gate: Gate, actor: Actor, attendance_id: str, verb: Action[Any], now: datetime) -> None:
    """The refusal says no more than that there is nothing, changes nothing, and is one line in the log."""
    before = every_row(gate.store)
    with pytest.raises(NotFound):
        verb(gate, actor, attendance_id, now=now)
    assert every_row(gate.store) == before
    assert events(gate.store) == [("action.refused", "refused")]


def check_stale_page_moves_nothing(
    gate: Gate, people: People, attendance_id: str, verb: Action[Any], now: datetime
) -> None:
    """A page that was loaded before somebody else's change is refused."""
    before = every_row(gate.store)
    with pytest.raises(StalePage):
        verb(gate, people.desk, attendance_id, now=now, expected_version=99)
    assert every_row(gate.store) == before
