"""The week's statement of what was approved alone: one for every record and week, also for an empty one."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from tests.actions.accounts.granting import House
from tests.actions.accounts.test_work_alone import DAY, TOLD
from workbench.accounts.access_rules import RequestKind
from workbench.accounts.access_tables import SoloStatement
from workbench.actions.accounts.state_self_approvals import state_self_approvals
from workbench.actions.accounts.work_alone import work_alone
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.jobs.handlers import HANDLERS

JOB = next(handler.actor for handler in HANDLERS if handler.kind == "state_self_approvals")


def test_every_act_of_the_week_is_counted_in_its_statement_and_each_week_is_stated_once(
    gate: Gate, now: datetime
) -> None:
    house = House(gate, now)
    owner = house.person("owner", Role.OWNER)
    work_alone(gate, owner, now=now, **TOLD)
    for name in ("fern", "moss"):
        house.approve(owner, house.ask(owner, name, Role.IT, kind=RequestKind.ACCOUNT), now=now + DAY)
    assert state_self_approvals(gate, JOB, now=now + 2 * DAY).statement_ids == ()
    assert len(state_self_approvals(gate, JOB, now=now + 7 * DAY).statement_ids) == 1
    assert state_self_approvals(gate, JOB, now=now + 8 * DAY).statement_ids == ()
    state_self_approvals(gate, JOB, now=now + timedelta(days=14))
    with gate.store.reading() as read:
        rows = read.execute(select(SoloStatement.from_on, SoloStatement.acts).order_by(SoloStatement.from_on))
        assert [tuple(row) for row in rows] == [(date(2026, 3, 9), 3), (date(2026, 3, 16), 0)]
