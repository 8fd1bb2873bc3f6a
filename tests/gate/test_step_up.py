"""What asks for a fresh factor: asked of people who may, never of those who may not, and written down."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from workbench.actions.compliance.export_audit import export_audit
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role, SystemActor
from workbench.gate.audit import AuditRow
from workbench.gate.errors import NotAllowed, StepUpNeeded
from workbench.gate.permissions import Permission
from workbench.gate.policy import NEEDS_FRESH_FACTOR, must_step_up


@pytest.mark.parametrize("fresh_for", [None, timedelta(0), timedelta(minutes=-1)])
def test_without_a_fresh_factor_nothing_is_done_and_it_is_written_down(
    gate: Gate, compliance: Actor, now: datetime, fresh_for: timedelta | None
) -> None:
    stale = replace(compliance, fresh_until=now + fresh_for if fresh_for is not None else None)
    with pytest.raises(StepUpNeeded):
        export_audit(gate, stale, now=now)
    with gate.store.reading() as read:
        line = read.scalars(select(AuditRow).order_by(AuditRow.seq.desc())).first()
    assert line is not None
    assert (line.event, line.outcome) == ("action.refused", "refused")
    assert b'"why":"StepUpNeeded"' in line.body


def test_who_may_not_is_told_so_and_not_asked_for_a_factor(
    gate: Gate, actor: Callable[..., Actor], now: datetime
) -> None:
    stale = replace(actor(Role.BILLER), fresh_until=None)
    with pytest.raises(NotAllowed):
        export_audit(gate, stale, now=now)


@pytest.mark.parametrize("permission", sorted(NEEDS_FRESH_FACTOR))
def test_a_factor_counts_until_before_its_end_and_a_job_has_none(
    permission: Permission, compliance: Actor, now: datetime
) -> None:
    fresh = replace(compliance, fresh_until=now + timedelta(microseconds=1))
    assert not must_step_up(permission, fresh, now)
    assert must_step_up(permission, fresh, now + timedelta(microseconds=1))
    assert not must_step_up(permission, SystemActor("console", frozenset({permission})), now)
