"""Who sees to a thread, and what moving it to another topic does to who reads it."""

from datetime import datetime

import pytest

from tests.factories.messages import CANARY, row_of, wrote
from tests.factories.portal import in_care
from tests.factories.proxies import A_YEAR, in_force, proxy_of
from tests.factories.small_practice import ADA, BEN, FERN, People
from workbench.actions.messaging.mark_thread_read import mark_thread_read
from workbench.actions.messaging.route_thread import NotTheirs, route_thread
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.messaging.thread_rules import AudienceChanged
from workbench.screens.message_inbox import message_inbox
from workbench.screens.message_thread import message_thread
from workbench.screens.messages_waiting import messages_unread
from workbench.screens.own_messages import own_messages, own_thread


def test_moved_to_clinical_the_office_reads_it_no_more(gate: Gate, people: People, now: datetime) -> None:
    thread_id = wrote(gate, now, topic="billing").thread_id
    assert message_thread(gate, people.biller, thread_id, now=now)
    with pytest.raises(AudienceChanged):
        route_thread(gate, people.biller, thread_id, now=now, topic="clinical", assigned_to=ADA, audience="billing")
    route_thread(gate, people.biller, thread_id, now=now, topic="clinical", assigned_to=ADA, audience="clinical")
    with pytest.raises(NotFound):
        message_thread(gate, people.biller, thread_id, now=now)
    assert message_inbox(gate, people.biller, now=now).lines == ()
    assert row_of(gate, thread_id).assigned_to == ADA


@pytest.mark.parametrize("hand_over", [False, True])
def test_moved_from_clinical_what_was_written_stays_clinical_unless_it_is_handed_over(
    gate: Gate, people: People, now: datetime, *, hand_over: bool
) -> None:
    thread_id = wrote(gate, now, subject=CANARY).thread_id
    link = in_force(gate, now, FERN, scopes=("chart",), basis="patients_wish", until_on=A_YEAR)
    route_thread(
        gate,
        people.ada,
        thread_id,
        now=now,
        topic="billing",
        assigned_to="",
        hand_over=hand_over,
        audience=message_thread(gate, people.ada, thread_id, now=now).audiences["billing"].stamp,
    )  # type: ignore[index]
    shown = message_thread(gate, people.biller, thread_id, now=now)
    assert (len(shown.messages), shown.hidden, bool(shown.subject)) == ((1, 0, True) if hand_over else (0, 1, False))
    assert bool(message_inbox(gate, people.biller, now=now).lines[0].subject) is hand_over
    assert len(message_thread(gate, people.ada, thread_id, now=now).messages) == 1
    assert messages_unread(gate, people.desk, now=now) == int(hand_over)
    mark_thread_read(gate, people.desk, thread_id, now=now, upto=1)
    assert own_thread(gate, in_care(), thread_id, now=now).seen == ({1} if hand_over else set())
    assert len(own_thread(gate, in_care(), thread_id, now=now).messages) == 1
    # Who stands in without the right to what is clinical reads it neither way.
    proxy = proxy_of(gate, link)
    assert own_thread(gate, proxy, thread_id, now=now).messages == ()
    assert CANARY not in "".join(one.subject for one in own_messages(gate, proxy, FERN, now=now).threads)


def test_nobody_is_given_what_they_may_not_read(gate: Gate, people: People, now: datetime) -> None:
    thread_id = wrote(gate, now).thread_id
    for nobody in (BEN, "stf_desk"):
        with pytest.raises(NotTheirs):
            route_thread(gate, people.ada, thread_id, now=now, topic="clinical", assigned_to=nobody)
    route_thread(gate, people.ada, thread_id, now=now, topic="clinical", assigned_to="stf_supervisor")
    assert row_of(gate, thread_id).assigned_to == "stf_supervisor"
    with pytest.raises(NotFound):
        route_thread(gate, people.desk, thread_id, now=now, topic="billing", assigned_to="")
