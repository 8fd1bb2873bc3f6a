"""Staff write first."""

from datetime import datetime

import pytest

from tests.factories.messages import row_of, stamp_for
from tests.factories.portal import in_care
from tests.factories.small_practice import FERN, People
from workbench.actions.messaging.open_thread import open_thread
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.messaging.thread_rules import AudienceChanged
from workbench.screens.message_thread import new_thread
from workbench.screens.own_messages import own_messages

WORDS = {"subject": "A form", "text": "Please sign it"}


def test_it_waits_for_the_patient_and_for_nobody_here(gate: Gate, people: People, now: datetime) -> None:
    seen = stamp_for(gate, people.desk, now, "scheduling")
    done = open_thread(gate, people.desk, FERN, now=now, topic="scheduling", audience=seen, **WORDS)
    assert row_of(gate, done.thread_id).waiting_since is None
    (line,) = own_messages(gate, in_care(), FERN, now=now).threads
    assert (line.subject, line.unread) == ("A form", 1)


def test_the_office_writes_nothing_clinical(gate: Gate, people: People, now: datetime) -> None:
    assert "clinical" not in new_thread(gate, people.desk, FERN, now=now).topics
    with pytest.raises(NotFound):
        open_thread(gate, people.desk, FERN, now=now, topic="clinical", audience="clinical", **WORDS)
    with pytest.raises(AudienceChanged):
        open_thread(gate, people.ada, FERN, now=now, topic="clinical", audience="billing", **WORDS)
    with pytest.raises(NotFound):
        open_thread(gate, people.ben, FERN, now=now, topic="billing", audience="billing", **WORDS)
