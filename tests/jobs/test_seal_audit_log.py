"""The log is sealed in the background: five minutes after something happened, at once after a thousand events."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.gate.test_audit_seal import grown
from tests.gate.verbs import enter
from workbench.gate.audit_checkpoints import AuditCheckpoint
from workbench.gate.audit_seal import unsealed_events
from workbench.gate.queue import Job
from workbench.jobs import handlers
from workbench.jobs.handlers import HANDLERS
from workbench.jobs.runner import Runner

SEALING = [handler for handler in HANDLERS if handler.kind in ("seal_audit_log", "seal_full_stretch")]


class Hands:
    """A clock that a test turns."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


def work(runner):
    runner.promise()
    while runner.run_one():
        pass


def sizes(gate):
    with gate.store.reading() as session:
        return session.scalars(select(AuditCheckpoint.size).order_by(AuditCheckpoint.size)).all()


def test_five_minutes_after_an_event_and_not_before_the_log_is_sealed(gate, front_desk, now):
    clock = Hands(now)
    runner = Runner(gate, SEALING, clock=clock, name="one")
    enter(gate, front_desk, now=now, name="Fern")
    work(runner)
    clock.now = now + timedelta(minutes=5) - timedelta(seconds=1)
    work(runner)
    assert sizes(gate) == []
    clock.now = now + timedelta(minutes=5)
    work(runner)
    assert sizes(gate) == [1]
    enter(gate, front_desk, now=clock.now, name="Moss")
    work(runner)
    clock.now += timedelta(minutes=5)
    work(runner)
    assert sizes(gate) == [1, 2]


def test_an_idle_practice_promises_nothing(gate, now):
    runner = Runner(gate, SEALING, clock=Hands(now), name="one")
    runner.promise()
    with gate.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Job)) == 0


@pytest.mark.engines("sqlcipher")
def test_a_full_stretch_does_not_wait(gate, front_desk, now, monkeypatch):
    monkeypatch.setattr(handlers, "FULL_STRETCH", 3)
    runner = Runner(gate, SEALING, clock=Hands(now), name="one")
    for _ in range(2):
        enter(gate, front_desk, now=now, name="Fern")
    work(runner)
    assert unsealed_events(gate) == (0, 2)
    enter(gate, front_desk, now=now, name="Fern")
    work(runner)
    assert sizes(gate) == [3]


@pytest.mark.engines("sqlcipher")
def test_a_log_that_cannot_be_sealed_stands_as_a_failed_try(gate, now):
    grown(gate, 3)  # rows whose bodies are none
    runner = Runner(gate, SEALING, clock=Hands(now + timedelta(minutes=5)), name="one")
    Runner(gate, SEALING, clock=Hands(now), name="one").promise()
    assert runner.run_one()
    with gate.store.reading() as session:
        assert session.scalars(select(Job.last_problem)).all() == ["ChainBroken"]
    assert sizes(gate) == []
