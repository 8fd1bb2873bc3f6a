"""What an address refused goes once more when somebody has put it right; what may have gone out never does."""

from datetime import timedelta

import pytest

from tests.actions.messaging.reminding import SENDER, Reminding
from tests.factories.small_practice import events, people
from workbench.actions.messaging.retry_reminder import retry_reminder
from workbench.actions.messaging.settle_reminder import settle_reminder
from workbench.gate.errors import NotFound
from workbench.messaging.reminder_rules import CannotRetry, ReminderState, Why
from workbench.messaging.tables import Reminder

HOUR = timedelta(hours=1)


def ended(reminding: Reminding, outcome: str) -> Reminder:
    first = reminding.plan(reminding.visit())[0]
    reminding.begin(first)
    settle_reminder(reminding.gate, SENDER, first.id, now=first.due_at, outcome=outcome)
    return reminding.row(first.id)


def test_it_goes_as_another_piece_of_work_and_is_looked_at_again(reminding: Reminding) -> None:
    row = ended(reminding, "failed")
    again = retry_reminder(reminding.gate, people().desk, row.id, now=row.due_at + HOUR)
    assert again.due_at == row.due_at + HOUR
    assert events(reminding.gate.store)[-1] == ("reminder.retried", "done")
    planned = reminding.row(row.id)
    assert (planned.state, planned.why, planned.attempts) == (ReminderState.PLANNED, Why.NOTHING, row.attempts + 1)
    reminding.consent(is_given=False)
    assert reminding.begin(planned).letter is None
    assert reminding.row(row.id).why == Why.NO_CONSENT
    reminding.consent(now=row.due_at + HOUR)
    retry_reminder(reminding.gate, people().desk, row.id, now=row.due_at + 2 * HOUR)
    assert reminding.begin(reminding.row(row.id)).letter is not None


def test_at_night_it_waits_for_the_morning_and_not_beyond_the_start(reminding: Reminding) -> None:
    row = ended(reminding, "failed")
    night = row.due_at + timedelta(hours=12)
    assert retry_reminder(reminding.gate, people().desk, row.id, now=night).due_at > night
    row = reminding.row(row.id)
    reminding.begin(row)
    settle_reminder(reminding.gate, SENDER, row.id, now=row.due_at, outcome="failed")
    with pytest.raises(CannotRetry, match="has begun"):
        retry_reminder(reminding.gate, people().desk, row.id, now=row.starts_at)


@pytest.mark.parametrize("outcome", ["unknown", "sent"])
def test_what_went_out_or_may_have_never_goes_twice(reminding: Reminding, outcome: str) -> None:
    row = ended(reminding, outcome)
    with pytest.raises(CannotRetry):
        retry_reminder(reminding.gate, people().desk, row.id, now=row.due_at + HOUR)
    assert reminding.row(row.id).state == outcome
    for who in ("biller", "ben", "it"):
        with pytest.raises(NotFound):
            retry_reminder(reminding.gate, getattr(people(), who), row.id, now=row.due_at + HOUR)
