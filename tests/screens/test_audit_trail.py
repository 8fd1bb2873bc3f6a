"""The audit log as compliance reads it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text

from tests.gate.verbs import enter, name_of
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.errors import NotAllowed
from workbench.screens.audit_trail import PAGE, audit_trail, audit_verdict


@pytest.fixture
def desk(actor: Callable[..., Actor]) -> Actor:
    return actor(Role.FRONT_DESK)


@pytest.fixture
def officer(actor: Callable[..., Actor]) -> Actor:
    return actor(Role.COMPLIANCE)


def test_the_newest_comes_first_in_words_with_its_facts(gate: Gate, desk: Actor, officer: Actor, now: datetime) -> None:
    patient = enter(gate, desk, now=now, name="Fern").patient_id
    name_of(gate, desk, patient, now=now)
    rows = audit_trail(gate, officer, now=now).rows
    assert [row.sentence for row in rows] == ["searched for patients", "registered a patient"]
    assert ("patients", "1") in rows[0].facts
    assert rows[0].patient == rows[1].patient != ""


def test_reading_the_log_is_itself_in_the_log(gate: Gate, officer: Actor, now: datetime) -> None:
    audit_trail(gate, officer, now=now)
    assert [row.event for row in audit_trail(gate, officer, now=now).rows] == ["audit.read"]


def test_it_can_be_asked_by_patient_account_event_outcome_and_day(
    gate: Gate, desk: Actor, officer: Actor, now: datetime
) -> None:
    fern = enter(gate, desk, now=now, name="Fern").patient_id
    enter(gate, desk, now=now + timedelta(days=1), name="Moss")
    assert len(audit_trail(gate, officer, now=now, patient_id=fern).rows) == 1
    assert len(audit_trail(gate, officer, now=now, actor_id=desk.user_id).rows) == 2
    assert len(audit_trail(gate, officer, now=now, event="patient.registered").rows) == 2
    assert len(audit_trail(gate, officer, now=now, event="patient.registered", on=date(2026, 3, 10)).rows) == 1
    assert audit_trail(gate, officer, now=now, outcome="refused").rows == ()


def test_a_long_log_comes_in_pages(gate: Gate, desk: Actor, officer: Actor, now: datetime) -> None:
    for number in range(PAGE + 5):
        enter(gate, desk, now=now, name=f"Fern {number}")
    first = audit_trail(gate, officer, now=now, event="patient.registered")
    assert len(first.rows) == PAGE
    second = audit_trail(gate, officer, now=now, event="patient.registered", older_than=first.older_than)
    assert (len(second.rows), second.older_than) == (5, None)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COMPLIANCE, Role.AUDITOR}))
def test_nobody_else_reads_it(gate: Gate, actor: Callable[..., Actor], role: Role, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        audit_trail(gate, actor(role), now=now)


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
