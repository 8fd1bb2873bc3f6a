"""Ticking somebody's clearance: dated, by another person, the newest tick counts."""

from datetime import date, datetime, timedelta

import pytest

from tests.actions.accounts.granting import House
from workbench.accounts.access_rules import AccessUnclear, ClearanceItem, SamePerson
from workbench.accounts.carrying_out import clearance_of
from workbench.actions.accounts.tick_clearance import tick_clearance
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.gate.errors import NotFound


def test_the_newest_tick_counts_and_nobody_ticks_their_own(gate: Gate, now: datetime) -> None:
    house = House(gate, now)
    manager, desk = house.person("manager", Role.MANAGER), house.person("desk", Role.FRONT_DESK)
    fern, item, on = house.staff("fern"), ClearanceItem.TRAINING, date(2026, 3, 2)
    tick_clearance(gate, manager, fern, now=now, items=(item,), done_on=on)
    with gate.store.reading() as read:
        assert clearance_of(read, fern) == {item}
    tick_clearance(gate, manager, fern, now=now + timedelta(hours=1), items=(item,), done_on=on, is_done=False)
    with gate.store.reading() as read:
        assert clearance_of(read, fern) == set()
    with pytest.raises(SamePerson):
        tick_clearance(gate, manager, "stf_manager", now=now, items=(item,), done_on=on)
    with pytest.raises(AccessUnclear):
        tick_clearance(gate, manager, fern, now=now, items=(item,), done_on=date(2026, 3, 10))
    with pytest.raises(AccessUnclear):
        tick_clearance(gate, manager, fern, now=now, items=(), done_on=on)
    with pytest.raises(NotFound):
        tick_clearance(gate, desk, fern, now=now, items=(item,), done_on=on)
