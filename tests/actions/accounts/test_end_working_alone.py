"""Ending it: what waited for its day falls with it."""

from datetime import datetime, timedelta

import pytest

from tests.actions.accounts.granting import House
from tests.actions.accounts.test_work_alone import DAY, TOLD
from workbench.accounts.access_rules import RequestClosed, RequestKind
from workbench.actions.accounts.carry_out_access import carry_out_access
from workbench.actions.accounts.end_working_alone import end_working_alone
from workbench.actions.accounts.work_alone import work_alone
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.jobs.handlers import HANDLERS

JOB = next(handler.actor for handler in HANDLERS if handler.kind == "carry_out_access")


def test_an_approval_that_waits_counts_no_more(gate: Gate, now: datetime) -> None:
    house = House(gate, now)
    owner = house.person("owner", Role.OWNER)
    begun = work_alone(gate, owner, now=now, **TOLD)
    request = house.ask(owner, "fern", Role.IT, kind=RequestKind.ACCOUNT)
    assert not house.approve(owner, request, now=now + DAY)
    end_working_alone(gate, owner, begun.solo_id, now=now + DAY + timedelta(hours=1))
    assert not carry_out_access(gate, JOB, request, now=now + 2 * DAY).is_done
    assert house.user("fern") is None
    with pytest.raises(RequestClosed):
        end_working_alone(gate, owner, begun.solo_id, now=now + 2 * DAY)
