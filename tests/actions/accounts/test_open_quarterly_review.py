"""Every night: the quarter's review is begun once, by whoever comes first."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.actions.accounts.reviewing import reviewed
from tests.factories.small_practice import events
from workbench.accounts.notices import NoticeKind
from workbench.accounts.tables import AccountNotice
from workbench.actions.accounts.open_quarterly_review import open_quarterly_review
from workbench.gate.actor import Role, SystemActor
from workbench.gate.errors import NotAllowed
from workbench.gate.permissions import Permission
from workbench.screens.access_reviews import review_lines_waiting

NIGHT = SystemActor("open_quarterly_review", frozenset({Permission.OPEN_QUARTERLY_REVIEW}))
QUARTER = timedelta(days=95)


def test_the_first_night_of_a_quarter_begins_it_and_the_next_ones_do_not(gate, now):
    later = reviewed(gate, now).now + QUARTER
    assert open_quarterly_review(gate, NIGHT, now=later).review_id
    assert open_quarterly_review(gate, NIGHT, now=later).review_id == ""
    found = [event for event, _ in events(gate.store) if event.startswith("access_review.")]
    assert found[-2:] == ["access_review.opened", "access_review.looked_for"]


def test_one_that_a_person_began_is_enough(gate, now):
    assert open_quarterly_review(gate, NIGHT, now=reviewed(gate, now).now).review_id == ""


def test_who_decides_hears_of_it_and_sees_how_many_lines_wait(gate, now):
    house = reviewed(gate, now)
    with gate.store.reading() as read:
        told = read.scalars(select(AccountNotice.user_id).where(AccountNotice.kind == NoticeKind.ACCESS_REVIEW_OPENED))
        assert set(told) == {house.owner.user_id, house.officer.user_id}
    assert review_lines_waiting(gate, house.officer, now=house.now) == 2
    biller = replace(house.officer, roles=frozenset({Role.BILLER}))
    assert review_lines_waiting(gate, biller, now=house.now) == 0


def test_no_person_has_the_permission_of_the_night(gate, now):
    house = reviewed(gate, now)
    with pytest.raises(NotAllowed):
        open_quarterly_review(gate, house.owner, now=house.now)
