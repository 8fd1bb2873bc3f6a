"""Whether the audit log is what it was."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import text

from tests.gate.verbs import enter
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.screens.audit_trail import audit_verdict


@pytest.fixture
def desk(actor: Callable[..., Actor]) -> Actor:
    return actor(Role.FRONT_DESK)


@pytest.fixture
def officer(actor: Callable[..., Actor]) -> Actor:
    return actor(Role.COMPLIANCE)


def test_the_verdict_counts_the_events_and_tells_a_break(
    gate: Gate, desk: Actor, officer: Actor, now: datetime
) -> None:
    for number in range(4):
        enter(gate, desk, now=now, name=f"Fern {number}")
    assert audit_verdict(gate, officer, now=now).broken_at is None
    with gate.store.engine.begin() as connection:
        trigger = (
            "audit_events_no_update" if gate.store.dialect == "sqlite" else "audit_events_no_change ON audit_events"
        )
        connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text("UPDATE audit_events SET actor_id = 'usr_else' WHERE seq = 2"))
    assert audit_verdict(gate, officer, now=now).broken_at == 2
