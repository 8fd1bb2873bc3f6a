"""The same to several: a thread each."""

from datetime import datetime, timedelta

import pytest

from tests.factories.messages import row_of
from tests.factories.portal import in_care
from tests.factories.proxies import child
from tests.factories.small_practice import ADA, BEN, FERN, MOSS, People, visit
from workbench.actions.messaging.broadcast_message import TooMany, broadcast_message
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.broadcast_preview import broadcast_preview
from workbench.screens.own_messages import own_messages
from workbench.store.engine import Store

WORDS = {"topic": "scheduling", "subject": "Snow", "text": "We are closed today"}


def test_each_gets_their_own(gate: Gate, store: Store, people: People, now: datetime) -> None:
    visit(store, 1, now + timedelta(days=1), patient_id=MOSS)
    everyone = broadcast_preview(gate, people.desk, now=now, topic="scheduling", clinician_id=ADA)
    assert [one.patient_id for one in everyone] == [MOSS, FERN]
    tomorrow = broadcast_preview(gate, people.ada, now=now, topic="clinical", on=(now + timedelta(days=1)).date())
    assert [one.patient_id for one in tomorrow] == [MOSS]
    assert broadcast_preview(gate, people.desk, now=now, topic="clinical", clinician_id=ADA) == ()
    assert broadcast_preview(gate, people.desk, now=now, topic="billing", clinician_id=BEN) == ()
    done = broadcast_message(gate, people.desk, now=now, patient_ids=[FERN, MOSS, FERN], **WORDS)
    assert done.threads == 2
    threads = [own_messages(gate, in_care(one), one, now=now).threads for one in (FERN, MOSS)]
    assert [len(one) for one in threads] == [1, 1]
    rows = {row_of(gate, one[0].thread_id).broadcast_id for one in threads}
    assert rows == {done.broadcast_id}


def test_one_out_of_reach_refuses_all(gate: Gate, people: People, now: datetime) -> None:
    wren = child(gate, now)
    with pytest.raises(NotFound):
        broadcast_message(gate, people.ada, now=now, patient_ids=[FERN, wren], **WORDS)
    with pytest.raises(NotFound):
        broadcast_message(gate, people.desk, now=now, patient_ids=[FERN], **{**WORDS, "topic": "clinical"})
    with pytest.raises(TooMany):
        broadcast_message(gate, people.ada, now=now, patient_ids=[], **WORDS)
    assert own_messages(gate, in_care(), FERN, now=now).threads == ()
