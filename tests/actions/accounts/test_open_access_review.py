"""A review is opened once a quarter and freezes what is held beside what was used."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from tests.actions.accounts.granting import House
from tests.actions.accounts.reviewing import reviewed
from workbench.accounts.review_rules import ReviewThere
from workbench.accounts.review_tables import AccessReviewLine
from workbench.actions.accounts.open_access_review import open_access_review
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.gate.errors import NotAllowed
from workbench.gate.permissions import Permission
from workbench.screens.access_reviews import access_reviews


def test_lines_hold_what_was_used_by_the_log_and_propose(gate: Gate, now: datetime) -> None:
    house = reviewed(gate, now)
    biller, officer = house.line("biller", Role.BILLER), house.line("officer", Role.COMPLIANCE)
    assert (biller.proposal, biller.because) == ("take_away", "never_used")
    assert {one.count for one in biller.rights} == {0}
    assert (officer.proposal, officer.because) == ("keep", "last_holder")
    first = officer.rights[0]
    assert (first.permission, first.cell, first.count) == (Permission.TICK_CLEARANCE, "A", 1)
    assert first.last_at == (house.now - timedelta(days=1)).isoformat()
    assert officer.is_mine


def test_one_a_quarter_and_overdue_is_told_in_days(gate: Gate, now: datetime) -> None:
    house = reviewed(gate, now)
    with pytest.raises(ReviewThere):
        open_access_review(gate, house.officer, now=house.now)
    (row,) = access_reviews(gate, house.owner, now=house.now + timedelta(days=21))
    assert (row.lines, row.decided, row.days_overdue) == (3, 0, 0)
    (row,) = access_reviews(gate, house.owner, now=house.now + timedelta(days=24))
    assert row.days_overdue == 3
    later = house.now + timedelta(days=95)
    assert open_access_review(gate, house.owner, now=later).lines == 3
    assert len(access_reviews(gate, house.owner, now=later)) == 2


def test_a_manager_sees_it_and_does_not_open_it(gate: Gate, now: datetime) -> None:
    house = reviewed(gate, now)
    manager = House(gate, now).person("manager", Role.MANAGER)
    assert len(access_reviews(gate, manager, now=house.now)) == 1
    with pytest.raises(NotAllowed):
        open_access_review(gate, manager, now=house.now)


def test_what_was_frozen_stays(gate: Gate, now: datetime) -> None:
    reviewed(gate, now)
    with pytest.raises(DBAPIError, match="append_only"), gate.store.writing() as session:
        session.execute(update(AccessReviewLine).values(proposal="keep"))
