"""`kill -9` of the server under load: what it promised is there, once, with its line in the log, and in the mirror."""

import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from pipelines.mirror import Mirror
from tests.faults.served_and_killed import Promised, kill_again_and_again
from tests.journeys.on_a_wednesday import BEGINS
from workbench.accounts.tables import UserSession
from workbench.cli.opening import opened
from workbench.demo.load import load_practice
from workbench.demo.sizes import SIZES
from workbench.gate.action import Gate
from workbench.gate.actor import SystemActor
from workbench.gate.audit import AuditRow
from workbench.gate.permissions import Permission
from workbench.kernel.settings import Settings
from workbench.people.tables import Patient
from workbench.screens.audit_trail import audit_verdict

KILLS = 4
"""In the suite; `python -m tests.faults.test_server_kills 25` does as many as it is told."""
LATER = datetime(2026, 3, 12, tzinfo=UTC)


@pytest.mark.faults
@pytest.mark.timeout(300)
def test_a_server_that_is_killed_loses_nothing_that_it_promised(tmp_path: Path) -> None:
    home = tmp_path / "practice"
    then_all_is_there(Settings(home=home), kill_again_and_again(home, KILLS))


@pytest.mark.faults
@pytest.mark.timeout(300)
@pytest.mark.engines("postgresql")
def test_neither_does_one_over_a_database(gate: Gate, settings: Settings) -> None:
    load_practice(gate, SIZES["small"], now=BEGINS)
    then_all_is_there(settings, kill_again_and_again(settings.home, KILLS, settings.database_url))


def then_all_is_there(settings: Settings, promised: Promised) -> None:
    """The store, the log and the mirror of a practice whose server was killed, against what was promised."""
    with opened(settings) as practice:
        gate = practice.gate
        with gate.store.reading() as read:
            people = {one.id: one.details.family_name for one in read.scalars(select(Patient))}
            sessions = set(read.scalars(select(UserSession.token_hash)))
            registered = Counter(read.scalars(_subjects("patient.registered")))
            openings = len(read.scalars(_subjects("session.opened")).all())
        # The practice registers two minors of its own, the same way.
        made = Counter({one: 1 for one, name in people.items() if name.startswith(("Ember", "Ellery"))})
        names = Counter(name for name in people.values() if name.startswith("Ember"))
        assert set(promised.people) <= set(names)
        assert set(names.values()) == {1}
        assert len(names) <= len(promised.people) + 1
        assert registered == made
        assert set(promised.sessions) <= sessions
        assert openings == len(sessions)
        _log_and_mirror_are_sound(gate)


def _subjects(event: str):  # type: ignore[no-untyped-def]
    return select(AuditRow.subject_id).where(AuditRow.event == event)


def _log_and_mirror_are_sound(gate: Gate) -> None:
    verifier = SystemActor("test", frozenset({Permission.VERIFY_AUDIT}))
    assert audit_verdict(gate, verifier, now=LATER).broken_at is None
    mirror = Mirror(gate.store, gate.zone, lambda: LATER + timedelta(minutes=1))
    mirror.start()
    try:
        assert mirror.wait_ready()
        mirror.settle()
        assert [table.table for table in mirror.verify() if not table.is_equal] == []
    finally:
        mirror.stop()


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder) / "practice"
        done = kill_again_and_again(there, int(sys.argv[1]))
        then_all_is_there(Settings(home=there), done)
        print(f"{len(done.people)} registrations and {len(done.sessions)} sign-ins were promised; all are there.")
