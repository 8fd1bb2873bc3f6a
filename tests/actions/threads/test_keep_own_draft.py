"""Drafts of who is in care: kept as they are, for them alone, until they are sent."""

from datetime import datetime

import pytest

from tests.factories.messages import CANARY, wrote
from tests.factories.portal import in_care
from tests.factories.proxies import A_YEAR, in_force, proxy_of
from tests.factories.small_practice import FERN, MOSS, People, every_row
from workbench.actions.messaging.keep_own_draft import keep_own_draft
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.own_messages import own_messages, own_thread
from workbench.store.engine import Store


def test_a_draft_is_there_until_it_is_sent(gate: Gate, store: Store, now: datetime) -> None:
    keep_own_draft(gate, in_care(), FERN, now=now, text=CANARY, topic="nonsense", subject="x" * 500)
    kept = own_messages(gate, in_care(), FERN, now=now).draft
    assert (kept.text, kept.topic, len(kept.subject)) == (CANARY, "", 120)
    assert CANARY not in repr(every_row(store))
    proxy = proxy_of(gate, in_force(gate, now, FERN, scopes=("messages",), basis="patients_wish", until_on=A_YEAR))
    assert own_messages(gate, proxy, FERN, now=now).draft.text == ""
    done = wrote(gate, now)
    assert own_messages(gate, in_care(), FERN, now=now).draft.text == ""
    keep_own_draft(gate, in_care(), FERN, now=now, text="more", thread_id=done.thread_id)
    assert own_thread(gate, in_care(), done.thread_id, now=now).draft.text == "more"
    keep_own_draft(gate, in_care(), FERN, now=now, text="more and more", thread_id=done.thread_id)
    assert own_thread(gate, in_care(), done.thread_id, now=now).draft.text == "more and more"


def test_nobody_drafts_in_anothers_thread(gate: Gate, people: People, now: datetime) -> None:
    done = wrote(gate, now)
    with pytest.raises(NotFound):
        keep_own_draft(gate, in_care(MOSS), MOSS, now=now, text="x", thread_id=done.thread_id)
    with pytest.raises(NotFound):
        keep_own_draft(gate, people.ada, FERN, now=now, text="x")
