"""A reminder that somebody leaves never goes out, and nobody is asked to call because of it."""

from datetime import timedelta

import pytest

from tests.actions.messaging.reminding import SENDER, Reminding
from tests.factories.small_practice import people
from workbench.actions.messaging.give_up_reminder import give_up_reminder
from workbench.actions.messaging.retry_reminder import retry_reminder
from workbench.actions.messaging.settle_reminder import settle_reminder
from workbench.gate.errors import NotFound
from workbench.messaging.reminder_rules import CannotGiveUp, CannotRetry, ReminderState, Why
from workbench.screens.deliveries import deliveries
from workbench.screens.reminders import reminders

SECOND = timedelta(seconds=1)


def test_one_that_waits_never_goes_out(reminding: Reminding) -> None:
    first = reminding.plan(reminding.visit())[0]
    assert give_up_reminder(reminding.gate, people().ada, first.id, now=reminding.now).was == ReminderState.PLANNED
    assert reminding.begin(first).letter is None
    row = reminding.row(first.id)
    assert (row.state, row.why) == (ReminderState.DROPPED, Why.GIVEN_UP)
    for verb, refusal in ((give_up_reminder, CannotGiveUp), (retry_reminder, CannotRetry)):
        with pytest.raises(refusal):
            verb(reminding.gate, people().desk, first.id, now=reminding.now)
    shown = deliveries(reminding.gate, people().desk, now=reminding.now)
    assert [one.why for one in shown.stuck] == [Why.GIVEN_UP]
    assert first.id not in {one.reminder_id for one in shown.waiting}


@pytest.mark.parametrize("outcome", ["failed", "unknown"])
def test_one_that_did_not_get_through_leaves_the_list_of_calls(reminding: Reminding, outcome: str) -> None:
    first = reminding.plan(reminding.visit())[0]
    reminding.begin(first)
    settle_reminder(reminding.gate, SENDER, first.id, now=first.due_at, outcome=outcome)
    then = first.due_at + SECOND
    assert len(reminders(reminding.gate, people().desk, now=then).to_call) == 1
    assert give_up_reminder(reminding.gate, people().desk, first.id, now=then).was == outcome
    assert reminders(reminding.gate, people().desk, now=then).to_call == ()
    assert deliveries(reminding.gate, people().desk, now=then).may_retry == frozenset()


def test_not_one_on_its_way_and_not_by_others(reminding: Reminding) -> None:
    first = reminding.plan(reminding.visit())[0]
    for who in ("biller", "ben", "it"):
        with pytest.raises(NotFound):
            give_up_reminder(reminding.gate, getattr(people(), who), first.id, now=reminding.now)
    reminding.begin(first)
    with pytest.raises(CannotGiveUp):
        give_up_reminder(reminding.gate, people().desk, first.id, now=first.due_at)
