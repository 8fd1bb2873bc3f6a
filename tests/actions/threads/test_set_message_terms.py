"""Terms of a topic."""

from datetime import datetime
from typing import Any

import pytest

from tests.factories.messages import row_of, wrote
from tests.factories.small_practice import People
from workbench.actions.messaging.set_message_terms import set_message_terms
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.messaging.thread_rules import MessageUnclear
from workbench.screens.message_terms import message_terms

GOOD: dict[str, Any] = {"topic": "clinical", "hours": 1, "escalate_to": "supervisor", "retention_years": 10}


def test_they_count_for_who_begins_to_wait(gate: Gate, people: People, now: datetime) -> None:
    before = row_of(gate, wrote(gate, now).thread_id).due_at
    set_message_terms(gate, people.manager, now=now, **GOOD)
    after = row_of(gate, wrote(gate, now, subject="Next").thread_id).due_at
    assert before is not None
    assert after is not None
    assert after < before
    assert message_terms(gate, people.compliance, now=now)[0].terms.retention_years == 10


@pytest.mark.parametrize("changed", [{"hours": 0}, {"escalate_to": "biller"}, {"retention_years": 0}, {"topic": "x"}])
def test_what_cannot_be_is_refused(gate: Gate, people: People, now: datetime, changed: dict[str, Any]) -> None:
    with pytest.raises(MessageUnclear) as refusal:
        set_message_terms(gate, people.manager, now=now, **{**GOOD, **changed})
    assert set(refusal.value.fields) == set(changed)
    with pytest.raises(NotAllowed):
        set_message_terms(gate, people.ada, now=now, **GOOD)
