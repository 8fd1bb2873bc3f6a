"""What became of a reminder: sent once, refused, unknown, or tried again ever later and never after the start."""

from datetime import timedelta

import pytest

from tests.actions.messaging.reminding import SENDER, Reminding
from workbench.actions.messaging.settle_reminder import settle_reminder
from workbench.messaging.reminder_rules import ReminderState, Why
from workbench.messaging.tables import Reminder


@pytest.fixture
def begun(reminding: Reminding) -> Reminder:
    first = reminding.plan(reminding.visit())[0]
    reminding.begin(first)
    return first


def settle(reminding: Reminding, row: Reminder, outcome: str, after: timedelta = timedelta(seconds=2)) -> Reminder:
    settle_reminder(reminding.gate, SENDER, row.id, now=row.due_at + after, outcome=outcome)
    return reminding.row(row.id)


@pytest.mark.parametrize(("outcome", "why"), [
    ("sent", Why.NOTHING), ("failed", Why.REFUSED), ("unknown", Why.CUT_OFF),
])  # fmt: skip
def test_what_is_final_stays(reminding: Reminding, begun: Reminder, outcome: str, why: Why) -> None:
    row = settle(reminding, begun, outcome)
    assert (row.state, row.why) == (outcome, why)
    for other in ("sent", "failed", "planned"):
        assert settle(reminding, begun, other).state == outcome
    assert reminding.begin(row).letter is None


def test_what_nobody_took_is_tried_again(reminding: Reminding, begun: Reminder) -> None:
    row = settle(reminding, begun, "planned")
    assert row.state == ReminderState.PLANNED
    assert row.due_at == begun.due_at + timedelta(minutes=1, seconds=2)
    assert reminding.begin(row).letter is not None


def test_what_nobody_took_before_the_start_is_dropped(reminding: Reminding, begun: Reminder) -> None:
    row = settle(reminding, begun, "planned", after=begun.starts_at - begun.due_at)
    assert (row.state, row.why) == (ReminderState.DROPPED, Why.TOO_LATE)
