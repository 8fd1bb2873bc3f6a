"""Rows by the ten thousand come through the door too: one transaction, one line in the log, or nothing."""

import pytest
from sqlalchemy import func, select

from workbench.gate.actor import SystemActor
from workbench.gate.audit import AuditRow
from workbench.gate.audit_events import AuditEvent
from workbench.gate.bulk import load_rows
from workbench.gate.errors import NotAllowed
from workbench.gate.permissions import Permission
from workbench.people.tables import Location, Staff
from workbench.store.types import NotSealed

LOADER = SystemActor("loader", frozenset({Permission.LOAD_SYNTHETIC_PRACTICE}))
PLACES = [
    {"id": f"loc_{n}", "name": f"Office {n}", "place_code": "11", "is_telehealth": False, "version": 1}
    for n in range(12_000)
]


def load(gate, now, rows, actor=LOADER):
    return load_rows(gate, actor, Permission.LOAD_SYNTHETIC_PRACTICE, AuditEvent.DEMO_LOADED, rows=rows, now=now)


def count(gate, row_class):
    with gate.store.reading() as session:
        return session.scalar(select(func.count()).select_from(row_class))


def test_a_batch_is_kept_with_one_line_that_counts_it(gate, now):
    assert load(gate, now, {Location: PLACES}) == 12_000
    with gate.store.reading() as session:
        line = session.scalars(select(AuditRow)).one()
    assert (line.actor_id, line.event) == ("system:loader", "demo.loaded")
    assert b'"facts":{"locations":12000}' in bytes(line.body)


def test_a_batch_with_one_wrong_row_is_not_kept_at_all(gate, now):
    readable = {"id": "stf_x", "is_clinician": True, "weekly_hours": 4, "started_on": now.date(), "ended_on": None}
    with pytest.raises(NotSealed):
        load(gate, now, {Location: PLACES, Staff: [readable | {"version": 1, "sealed": b"a name that can be read"}]})
    assert (count(gate, Location), count(gate, AuditRow)) == (0, 0)


def test_a_job_without_the_permission_loads_nothing(gate, now):
    with pytest.raises(NotAllowed):
        load(gate, now, {Location: PLACES}, actor=SystemActor("stranger"))
    assert count(gate, Location) == 0
