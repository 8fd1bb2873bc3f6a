"""The people of the synthetic practice look at what they look at, so that its audit log tells who uses what."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from workbench.demo.plan import Plan
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.kernel.time import day_of
from workbench.screens.calendar import calendar
from workbench.screens.claims_queue import claims_queue
from workbench.screens.clinician_day import clinician_day
from workbench.screens.jobs_state import jobs_state
from workbench.screens.remittances import remittances

DAYS_AGO: Final = (20, 17, 15, 13, 10, 8)
"""Before the first request for access of the demo: the log goes forward in time."""


def look_around(gate: Gate, plan: Plan, accounts: Mapping[str, str], now: datetime) -> None:
    """On some days of the last weeks. The auditor, the supervisor and IT look at nothing: a review finds it."""
    for ago in DAYS_AGO:
        at = now - timedelta(days=ago)
        for actor in _people(plan, accounts):
            if actor.has(Role.CLINICIAN):
                clinician_day(gate, actor, now=at, on=day_of(at, gate.zone))
            if actor.has(Role.FRONT_DESK, Role.MANAGER):
                calendar(gate, actor, now=at, from_on=day_of(at, gate.zone))
            if actor.has(Role.BILLER):
                claims_queue(gate, actor, now=at)
                remittances(gate, actor, now=at)
            if actor.has(Role.MANAGER):
                jobs_state(gate, actor, now=at)


def _people(plan: Plan, accounts: Mapping[str, str]) -> Iterator[Actor]:
    for clinician in plan.clinicians:
        yield Actor(accounts[clinician.id], clinician.id, frozenset({Role.CLINICIAN}))
    for one in plan.staff:
        yield Actor(accounts[one.role], one.id, frozenset({Role(one.role)}))
