"""The inbox, a thread, a first message, terms and disclosures as their people use them."""

from datetime import datetime, timedelta

import pytest

from dashboards.message_desk import add_messages
from dashboards.pages.message_thread import MessageThreadPage
from dashboards.pages.messages import MessagesPage
from dashboards.parts.message import FieldProblem, Message, UploadedFile
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Deliver, Done
from tests.dashboards.pages import opened, send
from tests.factories.messages import CANARY, wrote
from tests.factories.portal import in_care
from tests.factories.proxies import A_YEAR, in_force
from tests.factories.small_practice import ADA, BEN, FERN, MOSS, open_practice, people
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.errors import NotFound
from workbench.messaging.thread_rules import AudienceChanged
from workbench.screens.own_messages import own_messages, own_thread

pytestmark = pytest.mark.engines("sqlcipher")
WHO = people()
AWAY = "Away. In a crisis call 988, in danger 911; Ben covers."


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)


def inbox(gate: Gate, now: datetime, who: Actor = WHO.ada) -> MessagesPage:
    page = opened(gate, who, now, "/messages", add_messages)
    assert isinstance(page, MessagesPage)
    return page


def thread(gate: Gate, now: datetime, thread_id: str, who: Actor = WHO.ada) -> MessageThreadPage:
    page = opened(gate, who, now, f"/messages/{thread_id}", add_messages)
    assert isinstance(page, MessageThreadPage)
    return page


def stamp(page: MessageThreadPage) -> str:
    assert page.shown is not None
    return page.shown.audience.stamp


def asked(page: Page, do: str, **values: str) -> str:
    found = send(page, do, **values)
    assert isinstance(found, Ask)
    return str(found.html)


def test_the_inbox_shows_each_what_is_theirs_and_the_owner_no_word(gate: Gate, now: datetime) -> None:
    wrote(gate, now)
    wrote(gate, now, topic="billing", subject="My bill")
    assert all(one in inbox(gate, now).render() for one in ("Sleep", "My bill", "Fern"))
    office = inbox(gate, now, WHO.biller).render()
    assert "My bill" in office
    assert "Sleep" not in office
    owner = Actor("usr_owner", "stf_owner", frozenset({Role.OWNER}))
    queue = inbox(gate, now, owner).render()
    assert "File 1001" in queue
    assert not any(one in queue for one in ("Fern", "My bill", "Sleep", "Write to several"))
    late = inbox(gate, now + timedelta(days=9))
    send(late, "view", view="overdue")
    assert "Overdue" in late.render()
    send(late, "view", view="closed")
    assert "Nothing here" in late.render()


def test_a_thread_is_answered_with_a_file_and_remarked_on(gate: Gate, now: datetime) -> None:
    thread_id = wrote(gate, now).thread_id
    page = thread(gate, now, thread_id)
    assert CANARY in page.render()
    send(page, "save", text="Half an ans")
    assert "Half an ans" in thread(gate, now, thread_id).render()
    files = {"file": (UploadedFile("x", "y", b"%PDF-1.7 plan"),)}
    values = {"text": ("Here it is",), "audience": (stamp(page),)}
    assert isinstance(page.handle(Message("send", values, "key-of-the-answer", files=files)), Done)
    assert isinstance(send(page, "remark", remark="Only for us"), Done)
    page.load()
    drawn = page.render()
    assert "Staff only" in drawn
    assert page.shown is not None
    document = page.shown.messages[1].files[0].document_id
    assert isinstance(send(page, "file", id=document), Deliver)
    told = own_thread(gate, in_care(), thread_id, now=now)
    assert [one.text for one in told.messages][1:] == ["Here it is"]


def test_where_the_office_reads_too_clinical_words_are_asked_about(gate: Gate, now: datetime) -> None:
    thread_id = wrote(gate, now, topic="billing", text="Why?").thread_id
    page = thread(gate, now, thread_id)
    asks = asked(page, "send", text="It is for your medication", audience=stamp(page))
    assert "medication" in asks
    assert len(own_thread(gate, in_care(), thread_id, now=now).messages) == 1
    assert isinstance(send(page, "send", text="It is for your medication", audience=stamp(page), sure="on"), Done)


def test_who_else_reads_it_is_named_before_writing(gate: Gate, now: datetime) -> None:
    thread_id = wrote(gate, now).thread_id
    page = thread(gate, now, thread_id)
    in_force(gate, now, FERN, scopes=("messages",), basis="patients_wish", until_on=A_YEAR)
    with pytest.raises(AudienceChanged):
        send(page, "send", text="x", audience=stamp(page))
    assert "Rowan Alder" in thread(gate, now, thread_id).render()


def test_it_is_given_on_moved_closed_and_reported(gate: Gate, now: datetime) -> None:
    thread_id = wrote(gate, now, topic="billing").thread_id
    page = thread(gate, now, thread_id, WHO.biller)
    assert isinstance(send(page, "assign", assigned_to=ADA), Done)
    page.load()
    assert "Given to Ada Byron" in page.render()
    assert "the office reads none" in asked(page, "ask_move")
    moved = send(page, "move", topic="clinical")
    assert isinstance(moved, Done)
    assert moved.go == "/messages"
    page = thread(gate, now, thread_id)
    assert "may read what was written" in asked(page, "ask_move")
    assert "Nobody has answered" in asked(page, "ask_close")
    assert isinstance(send(page, "close"), Done)
    page.load()
    assert "Open again" in page.render()
    assert isinstance(send(page, "reopen"), Done)
    assert "one thread" in asked(page, "ask_report")
    assert isinstance(send(page, "report", reason="A name of somebody else"), Done)
    cases = opened(gate, WHO.compliance, now, "/message-disclosures", add_messages)
    (case,) = cases.cases  # type: ignore[attr-defined]
    assert CANARY in asked(cases, "open", row=case.case_id)
    done = send(cases, "settle", id=case.case_id, is_breach="no", finding="Nobody else read it")
    assert isinstance(done, Done)
    cases.load()
    assert "No breach" in cases.render()
    assert CANARY not in asked(cases, "open", row=case.case_id)


def test_a_first_message_and_one_to_several(gate: Gate, now: datetime) -> None:
    page = opened(gate, WHO.desk, now, f"/messages/new/{FERN}", add_messages)
    assert "no account on the site yet" in page.render()
    with pytest.raises(FieldProblem):
        send(page, "send", subject="s", text="t")
    done = send(page, "send", topic="scheduling", subject="s", text="t")
    assert isinstance(done, Done)
    assert thread(gate, now, str(done.go).rpartition("/")[2], WHO.desk)
    with pytest.raises(NotFound):
        opened(gate, WHO.ben, now, f"/messages/new/{FERN}", add_messages)
    several = inbox(gate, now, WHO.desk)
    assert "thread of their own" in asked(several, "ask_broadcast")
    typed = {"topic": "scheduling", "clinician": ADA, "subject": "Snow", "text": "Closed"}
    assert "<strong>2 people</strong>" in asked(several, "preview", **typed)
    with pytest.raises(FieldProblem):
        send(several, "preview", **{**typed, "clinician": BEN})
    sent = send(several, "broadcast", patient=(FERN, MOSS), **typed)
    assert isinstance(sent, Done)
    assert "Sent to 2" in sent.toast
    assert own_messages(gate, in_care(MOSS), MOSS, now=now).threads[0].subject == "Snow"


def test_being_away_and_answering_times(gate: Gate, now: datetime) -> None:
    page = inbox(gate, now)
    assert "988" in asked(page, "ask_away")
    days = {"from_on": "2026-03-09", "until_on": "2026-03-12", "cover_id": BEN, "text": AWAY}
    assert isinstance(send(page, "away", **days), Done)
    assert "You are away" in asked(page, "ask_away")
    assert isinstance(send(page, "back", **days), Done)
    terms = opened(gate, WHO.manager, now, "/answering-times", add_messages)
    assert "Supervisor" in terms.render()
    assert isinstance(send(terms, "set", topic="billing", hours="4", escalate_to="biller", retention_years="9"), Done)
    terms.load()
    assert 'value="4"' in terms.render()
