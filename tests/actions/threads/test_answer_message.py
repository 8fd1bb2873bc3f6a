"""Answering: who may, who reads it, and what it does to the clock."""

from datetime import datetime, timedelta

import pytest

from tests.factories.messages import row_of, stamp, wrote
from tests.factories.portal import in_care
from tests.factories.proxies import A_YEAR, in_force, proxy_of
from tests.factories.small_practice import FERN, MOSS, People
from workbench.actions.documents.upload_document import upload_document
from workbench.actions.messaging.answer_message import ThreadClosed, answer_message
from workbench.actions.messaging.close_thread import close_thread
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.messaging.thread_rules import AudienceChanged
from workbench.screens.message_inbox import message_inbox
from workbench.screens.message_thread import message_thread
from workbench.screens.messages_waiting import messages_overdue, messages_unread, own_messages_unread
from workbench.screens.own_messages import own_thread


def test_an_answer_is_read_by_the_patient_and_ends_their_waiting(gate: Gate, people: People, now: datetime) -> None:
    done = wrote(gate, now)
    assert messages_unread(gate, people.ada, now=now) == 1
    later = now + timedelta(minutes=90)
    answer_message(gate, people.ada, done.thread_id, now=later, text="Let us talk on Monday",
                   audience=stamp(gate, people.ada, done.thread_id, later))  # fmt: skip
    row = row_of(gate, done.thread_id)
    assert (row.waiting_since, row.due_at) == (None, None)
    assert messages_unread(gate, people.ada, now=later) == 0
    assert own_messages_unread(gate, in_care(), FERN, now=later) == 1
    last = own_thread(gate, in_care(), done.thread_id, now=later).messages[-1]
    assert (last.by_name, last.text, last.is_new) == ("Ada Byron, LCSW", "Let us talk on Monday", True)
    (report, *_) = message_inbox(gate, people.ada, now=later).reports
    assert (report.answered, report.median_minutes, report.late) == (1, 90, 0)


def test_a_late_answer_is_a_breach_of_the_terms(gate: Gate, people: People, now: datetime) -> None:
    done = wrote(gate, now)
    later = now + timedelta(days=5)
    assert messages_overdue(gate, people.supervisor, now=later) == 1
    assert message_inbox(gate, people.ada, now=later).reports[0].overdue == 1
    answer_message(gate, people.ada, done.thread_id, now=later, text="Sorry for the wait",
                   audience=stamp(gate, people.ada, done.thread_id, later))  # fmt: skip
    assert message_inbox(gate, people.ada, now=later).reports[0].late == 1


def test_by_topic_and_reach_others_find_nothing(gate: Gate, people: People, now: datetime) -> None:
    clinical, bill = wrote(gate, now).thread_id, wrote(gate, now, topic="billing", subject="Bill").thread_id
    for who in (people.desk, people.biller, people.manager, people.ben, people.compliance):
        with pytest.raises(NotFound):
            answer_message(gate, who, clinical, now=now, text="Hm", audience="clinical")
        assert all(one.topic != "clinical" for one in _lines(gate, who, now))
    for who in (people.desk, people.biller, people.manager, people.ada, people.supervisor):
        assert message_thread(gate, who, bill, now=now).messages
    with pytest.raises(NotFound):
        message_thread(gate, people.ben, bill, now=now)


def _lines(gate, who, now):  # type: ignore[no-untyped-def]
    return () if who.has("compliance") else message_inbox(gate, who, now=now).lines


def test_whoever_came_to_read_it_meanwhile_is_named_before_anything_is_sent(
    gate: Gate, people: People, now: datetime
) -> None:
    done = wrote(gate, now)
    seen = stamp(gate, people.ada, done.thread_id, now)
    in_force(gate, now, FERN, scopes=("messages",), basis="patients_wish", until_on=A_YEAR)
    with pytest.raises(AudienceChanged):
        answer_message(gate, people.ada, done.thread_id, now=now, text="Private", audience=seen)
    shown = message_thread(gate, people.ada, done.thread_id, now=now)
    assert [(one.name, one.basis) for one in shown.audience.proxies] == [("Rowan Alder", "patients_wish")]
    answer_message(gate, people.ada, done.thread_id, now=now, text="Fine", audience=shown.audience.stamp)


def test_a_document_goes_with_it_if_it_is_of_this_record(gate: Gate, people: People, now: datetime) -> None:
    done = wrote(gate, now)
    seen = stamp(gate, people.ada, done.thread_id, now)
    papers = [
        upload_document(gate, people.ada, one, now=now, content=b"%PDF-1.7 " + one.encode(), title="Plan",
                        category="other", audience="clinical").document_id
        for one in (FERN, MOSS)
    ]  # fmt: skip
    with pytest.raises(NotFound):
        answer_message(gate, people.ada, done.thread_id, now=now, text="See", audience=seen, document_id=papers[1])
    answer_message(gate, people.ada, done.thread_id, now=now, text="See", audience=seen, document_id=papers[0])
    assert own_thread(gate, in_care(), done.thread_id, now=now).messages[-1].files[0].document_id == papers[0]


def test_a_document_of_the_chart_goes_into_no_thread_of_the_office(gate: Gate, people: People, now: datetime) -> None:
    done = wrote(gate, now, topic="billing")
    paper = upload_document(gate, people.ada, FERN, now=now, content=b"%PDF-1.7 plan", title="Plan", category="other",
                            audience="clinical").document_id  # fmt: skip
    for who in (people.ada, people.biller):
        seen = stamp(gate, who, done.thread_id, now)
        with pytest.raises(NotFound):
            answer_message(gate, who, done.thread_id, now=now, text="See", audience=seen, document_id=paper)


def test_nothing_is_answered_in_a_closed_thread(gate: Gate, people: People, now: datetime) -> None:
    done = wrote(gate, now)
    close_thread(gate, people.ada, done.thread_id, now=now, is_closed=True)
    with pytest.raises(ThreadClosed):
        answer_message(gate, people.ada, done.thread_id, now=now, text="x", audience="clinical")


def test_a_link_without_the_right_reads_nothing(gate: Gate, people: People, now: datetime) -> None:
    done = wrote(gate, now)
    proxy = proxy_of(gate, in_force(gate, now, FERN, scopes=("chart",), basis="patients_wish", until_on=A_YEAR))
    with pytest.raises(NotFound):
        own_thread(gate, proxy, done.thread_id, now=now)
    assert own_messages_unread(gate, proxy, FERN, now=now) == 0
    assert own_messages_unread(gate, proxy, MOSS, now=now) == 0
