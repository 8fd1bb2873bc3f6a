"""Writing to the practice: whose thread it is, who may, what is refused, and that one form is one message."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.factories.messages import CANARY, row_of, wrote
from tests.factories.portal import in_care
from tests.factories.proxies import child, in_force, proxy_of
from tests.factories.small_practice import ADA, BEN, FERN, MOSS, People, events, every_row
from workbench.actions.messaging.close_thread import close_thread
from workbench.actions.messaging.set_out_of_office import set_out_of_office
from workbench.actions.messaging.write_message import write_message
from workbench.documents.kinds_of_file import NotAFileWeKeep
from workbench.gate.action import Gate
from workbench.gate.audit import AuditRow
from workbench.gate.errors import NotFound
from workbench.messaging.thread_rules import MessageUnclear
from workbench.messaging.thread_tables import ThreadMessage
from workbench.screens.own_messages import own_message_file, own_messages, own_thread
from workbench.store.engine import Store

PNG = b"\x89PNG\r\n\x1a\n and so on"


def test_what_is_clinical_goes_to_who_cares_first_and_the_clock_runs(gate: Gate, now: datetime) -> None:
    done = wrote(gate, now)
    row = row_of(gate, done.thread_id)
    assert (row.assigned_to, row.waiting_since, row.last_nth) == (ADA, now, 1)
    assert row.due_at is not None
    assert row.due_at > now
    bill = row_of(gate, wrote(gate, now, topic="billing").thread_id)
    assert bill.assigned_to == ""
    wrote(gate, now + timedelta(hours=1), thread_id=done.thread_id, text="And one more thing")
    assert row_of(gate, done.thread_id).waiting_since == now


def test_a_form_that_is_sent_twice_is_one_message(gate: Gate, now: datetime) -> None:
    first = wrote(gate, now, idempotency_key="k" * 20)
    again = wrote(gate, now, idempotency_key="k" * 20)
    assert first == again
    with gate.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(ThreadMessage)) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"text": "  "}, "text"), ({"text": "x" * 20_001}, "text"), ({"topic": "gossip"}, "topic"),
     ({"subject": ""}, "subject"), ({"subject": "x" * 121}, "subject")],
)  # fmt: skip
def test_what_cannot_be_sent_says_which_field(gate: Gate, store: Store, now: datetime, changed, field) -> None:
    before = every_row(store)
    with pytest.raises(MessageUnclear) as refusal:
        wrote(gate, now, **changed)
    assert set(refusal.value.fields) == {field}
    assert every_row(store) == before


def test_nobody_writes_into_anothers_thread_and_staff_not_as_the_patient(
    gate: Gate, people: People, now: datetime
) -> None:
    thread_id = wrote(gate, now).thread_id
    for actor, patient in ((in_care(MOSS), FERN), (people.ada, FERN), (people.desk, FERN)):
        with pytest.raises(NotFound):
            write_message(gate, actor, patient, now=now, text="Hello", topic="billing", subject="x")
    with pytest.raises(NotFound):
        write_message(gate, in_care(MOSS), MOSS, now=now, text="Hello", thread_id=thread_id)


def test_a_proxy_writes_by_name_and_right_and_clinically_only_with_the_scope(gate: Gate, now: datetime) -> None:
    wren = child(gate, now)
    bills_only = proxy_of(gate, in_force(gate, now, wren, scopes=("record",)))
    with pytest.raises(NotFound):
        write_message(gate, bills_only, wren, now=now, text="How is she?", topic="clinical", subject="Wren")
    write_message(gate, bills_only, wren, now=now, text="A bill", topic="billing", subject="Bill")
    both = proxy_of(gate, in_force(gate, now, wren, scopes=("messages",), given_name="Robin"))
    done = write_message(gate, both, wren, now=now, text="How is she?", topic="clinical", subject="Wren")
    (one,) = own_thread(gate, both, done.thread_id, now=now).messages
    assert (one.author, one.by_name, one.by_basis) == ("proxy", "Robin Alder", "parent")
    assert len(own_messages(gate, both, wren, now=now).threads) == 2
    assert [one.topic for one in own_messages(gate, bills_only, wren, now=now).threads] == ["billing"]
    with pytest.raises(NotFound):
        own_thread(gate, bills_only, done.thread_id, now=now)


def test_a_file_is_filed_for_its_topic_once_and_only_what_it_is_counts(gate: Gate, now: datetime) -> None:
    done = wrote(gate, now, attachment=PNG)
    wrote(gate, now, thread_id=done.thread_id, text="The same again", attachment=PNG)
    shown = own_thread(gate, in_care(), done.thread_id, now=now)
    files = [one for message in shown.messages for one in message.files]
    assert len(files) == 2
    assert len({one.document_id for one in files}) == 1
    assert own_message_file(gate, in_care(), files[0].attachment_id, now=now).content == PNG
    with pytest.raises(NotFound):
        own_message_file(gate, in_care(MOSS), files[0].attachment_id, now=now)
    with pytest.raises(NotAFileWeKeep):
        wrote(gate, now, attachment=b"<script>alert(1)</script>")


def test_who_is_away_is_answered_for_once_and_the_clock_runs_on(gate: Gate, people: People, now: datetime) -> None:
    today = now.date()
    words = "Away. In a crisis call 988, in danger 911. Ben covers."
    set_out_of_office(gate, people.ada, ADA, now=now, is_on=True, from_on=today, until_on=today + timedelta(days=3),
                      cover_id=BEN, text=words)  # fmt: skip
    assert own_messages(gate, in_care(), FERN, now=now).away[0].text == words
    done = wrote(gate, now)
    assert done.is_answered_for
    assert not wrote(gate, now, thread_id=done.thread_id, text="Still here").is_answered_for
    shown = own_thread(gate, in_care(), done.thread_id, now=now)
    assert [one.author for one in shown.messages] == ["patient", "automatic", "patient"]
    assert shown.messages[1].by_name == "Ada Byron, LCSW"
    assert row_of(gate, done.thread_id).waiting_since == now


def test_a_closed_thread_opens_again_when_somebody_writes(gate: Gate, people: People, now: datetime) -> None:
    done = wrote(gate, now)
    close_thread(gate, people.ada, done.thread_id, now=now, is_closed=True)
    wrote(gate, now, thread_id=done.thread_id, text="Not yet")
    assert not row_of(gate, done.thread_id).is_closed


def test_no_word_of_it_stands_in_the_log_or_open_in_the_store(gate: Gate, store: Store, now: datetime) -> None:
    wrote(gate, now)
    assert ("message.written", "done") in events(store)
    with store.reading() as session:
        assert all(CANARY.encode() not in row.body for row in session.scalars(select(AuditRow)))
    assert CANARY not in repr(every_row(store))
