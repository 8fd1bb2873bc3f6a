"""A device is let in by its owner alone, with a password that is kept nowhere."""

from datetime import datetime, timedelta

import pytest

from tests.actions.scheduling.feeding import let_in, signed_in
from tests.factories.small_practice import every_row, people
from workbench.actions.scheduling.make_feed import make_feed
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.gate.errors import NotFound, StepUpNeeded
from workbench.scheduling.feeds import MOST, FeedUnclear
from workbench.screens.calendar_feed import own_feeds


def test_the_password_is_handed_out_once_and_kept_nowhere(gate: Gate, now: datetime) -> None:
    ada = signed_in(gate, now)
    made = let_in(gate, ada, now)
    assert len(made.password) >= 40
    assert made.password not in repr(made)
    assert made.password not in repr(every_row(gate.store))
    (one,) = own_feeds(gate, ada, ada.user_id, now=now)
    assert (one.feed_id, one.label, one.shows, one.made_at) == (made.name, "Telephone", "busy", now)


@pytest.mark.parametrize(("label", "shows", "field"), [
    (" ", "busy", "label"), ("x" * 61, "busy", "label"), ("Phone", "names", "shows"), ("Phone", "", "shows"),
])  # fmt: skip
def test_what_is_unclear_is_told_at_its_field(gate: Gate, now: datetime, label: str, shows: str, field: str) -> None:
    ada = signed_in(gate, now)
    before = every_row(gate.store)
    with pytest.raises(FeedUnclear) as told:
        make_feed(gate, ada, ada.user_id, now=now, label=label, shows=shows)
    assert (set(told.value.fields), every_row(gate.store)) == ({field}, before)


def test_ten_devices_are_the_most(gate: Gate, now: datetime) -> None:
    ada = signed_in(gate, now)
    for _ in range(MOST):
        let_in(gate, ada, now)
    with pytest.raises(FeedUnclear, match="Ten"):
        let_in(gate, ada, now)


def test_who_sees_nobody_has_no_calendar(gate: Gate, now: datetime) -> None:
    with pytest.raises(FeedUnclear, match="none for you"):
        let_in(gate, signed_in(gate, now, "desk", Role.FRONT_DESK), now)


def test_it_takes_a_factor_shown_just_now_and_nobody_does_it_for_another(gate: Gate, now: datetime) -> None:
    ada = signed_in(gate, now)
    with pytest.raises(StepUpNeeded):
        let_in(gate, ada, now + timedelta(hours=1))
    ben = signed_in(gate, now, "ben")
    with pytest.raises(NotFound):
        make_feed(gate, ben, ada.user_id, now=now, label="Mine", shows="busy")
    with pytest.raises((NotFound, StepUpNeeded)):
        make_feed(gate, people().manager, ada.user_id, now=now, label="Mine", shows="busy")
