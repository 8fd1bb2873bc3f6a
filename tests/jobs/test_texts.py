"""Reminders by text: to whom said yes, once, with how to end them; and what a gateway may answer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.actions.messaging.reminding import Reminding
from tests.factories.small_practice import people
from tests.jobs.reminder_work import agree, work
from tests.jobs.text_gateway import Gateway as TextServer
from workbench.gate.action import Gate
from workbench.jobs.reminders import reminder_handlers
from workbench.jobs.runner import Runner
from workbench.kernel.settings import BadSetting
from workbench.messaging.outbox import Outbox
from workbench.messaging.post import CutOff, Letter, NobodyThere, Returned
from workbench.messaging.tables import Channel, ReminderLink
from workbench.messaging.texts import TextGateway, TextPost, VoicePost
from workbench.screens.reminders import reminders

LETTER = Letter("rem_x.1", "5550100123", "Juniper", "Appointment reminder", "See you. Reply STOP to get no more.")


@pytest.fixture
def gateway() -> Iterator[TextServer]:
    made = TextServer()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def reminding(gate: Gate, now: datetime) -> Reminding:
    return Reminding(gate, now)


def at_work(gate: Gate, server: TextServer, at: list[datetime]) -> Runner:
    posts = {
        Channel.EMAIL: Outbox(gate.store.home, gate.store.vault), Channel.TEXT: TextPost(TextGateway.of(server.url)),
        Channel.VOICE: VoicePost(TextGateway.of(server.url)),
    }  # fmt: skip
    return Runner(gate, reminder_handlers(posts, "https://x.test/r"), clock=lambda: at[0], name="one")


def two_work(gate: Gate, server: TextServer, now: datetime) -> None:
    """Two workers side by side for a hundred hours."""
    at = [now]
    one, other = at_work(gate, server, at), at_work(gate, server, at)
    for hours in range(0, 100, 4):
        at[0] = now + timedelta(hours=hours)
        work(one)
        work(other)


def calls_alone(reminding: Reminding) -> None:
    """Yes to calls, and no more mail."""
    reminding.consent(channel="voice")
    reminding.consent(is_given=False)


def texts_alone(reminding: Reminding) -> None:
    """Yes to texts, and no more mail."""
    reminding.consent(channel="text")
    reminding.consent(is_given=False)


def test_a_text_says_when_and_how_to_end_them_and_nothing_else(gateway: TextServer) -> None:
    TextPost(TextGateway.of(gateway.url)).send(LETTER)
    assert gateway.taken == [
        {"To": "+15550100123", "From": "+15550100100", "Body": "See you. Reply STOP to get no more."}
    ]


@pytest.mark.parametrize(("status", "outcome"), [
    (400, Returned), (404, Returned), (401, NobodyThere), (302, NobodyThere), (429, NobodyThere), (500, CutOff),
    (503, CutOff),
])  # fmt: skip
def test_what_it_answers_says_whether_it_may_have_been_taken(
    gateway: TextServer, status: int, outcome: type[Exception]
) -> None:
    gateway.answers = status
    with pytest.raises(outcome):
        TextPost(TextGateway.of(gateway.url)).send(LETTER)


def test_a_broken_line_is_not_taken_for_nothing(gateway: TextServer) -> None:
    gateway.hangs_up = True
    with pytest.raises(CutOff):
        TextPost(TextGateway.of(gateway.url)).send(LETTER)
    url = gateway.url
    gateway.shutdown()
    gateway.server_close()
    with pytest.raises(NobodyThere):
        TextPost(TextGateway.of(url)).send(LETTER)


@pytest.mark.parametrize("url", [
    "http://a:b@api.example.com?from=+15550100100", "https://api.example.com?from=+15550100100",
    "https://a:b@api.example.com", "https://a:b@api.example.com?from=office", "ftp://a:b@x?from=+1555", "nonsense",
])  # fmt: skip
def test_a_setting_that_names_none_is_refused(url: str) -> None:
    with pytest.raises(BadSetting):
        TextGateway.of(url)


def test_who_said_yes_by_text_gets_texts_once_and_no_letter(
    reminding: Reminding, gateway: TextServer, now: datetime
) -> None:
    agree(reminding.gate, now, "text:127.0.0.1")
    texts_alone(reminding)
    reminding.visit(after=timedelta(days=3, hours=20))
    two_work(reminding.gate, gateway, now)
    assert len(gateway.taken) == 2
    assert all(sent["Body"].endswith("Reply STOP to get no more.") for sent in gateway.taken)
    assert "https://x.test/r#" in gateway.taken[0]["Body"]
    assert Outbox(reminding.gate.store.home, reminding.gate.store.vault).letters() == ()
    assert [(row.channel, row.state) for row in reminding.rows("att_1")] == [("text", "sent")] * 2


def test_a_call_is_read_out_twice_and_what_stands_in_it_is_no_command(gateway: TextServer) -> None:
    VoicePost(TextGateway.of(gateway.url)).send(replace(LETTER, body="Juniper & <Friends>. See you."))
    (call,) = gateway.taken
    said = "<Say>Juniper &amp; &lt;Friends&gt;. See you.</Say>"
    assert call["Twiml"] == f'<Response>{said}<Pause length="1"/>{said}</Response>'
    assert (call["To"], call["From"]) == ("+15550100123", "+15550100100")


def test_who_said_yes_to_calls_is_called_once_with_nothing_to_press(
    reminding: Reminding, gateway: TextServer, now: datetime
) -> None:
    agree(reminding.gate, now, "voice:127.0.0.1")
    calls_alone(reminding)
    reminding.visit(after=timedelta(days=3, hours=20))
    two_work(reminding.gate, gateway, now)
    assert len(gateway.taken) == 2
    assert "To change it, please call 555-010-0100" in gateway.taken[0]["Twiml"]
    assert "x.test" not in str(gateway.taken)
    assert [(row.channel, row.state) for row in reminding.rows("att_1")] == [("voice", "sent")] * 2
    with reminding.gate.store.reading() as read:
        assert read.scalars(select(ReminderLink)).all() == []


def test_an_agreement_for_texts_lets_no_call_out(reminding: Reminding, gateway: TextServer, now: datetime) -> None:
    agree(reminding.gate, now, "text:127.0.0.1")
    calls_alone(reminding)
    reminding.visit(after=timedelta(days=1, hours=2))
    at = [now]
    one = at_work(reminding.gate, gateway, at)
    for hours in range(0, 30, 2):
        at[0] = now + timedelta(hours=hours)
        work(one)
    assert gateway.taken == []


def test_who_said_yes_to_both_gets_both(reminding: Reminding, gateway: TextServer, now: datetime) -> None:
    agree(reminding.gate, now, "text:127.0.0.1")
    reminding.consent(channel="text")
    planned = reminding.plan(reminding.visit(after=timedelta(days=3, hours=20)))
    assert sorted((row.window, row.channel) for row in planned) == [
        ("24h", "email"), ("24h", "text"), ("72h", "email"), ("72h", "text"),
    ]  # fmt: skip


def test_without_an_agreement_nothing_goes_through_and_they_are_called(
    reminding: Reminding, gateway: TextServer, now: datetime
) -> None:
    texts_alone(reminding)
    reminding.visit(after=timedelta(days=1, hours=2))
    at = [now]
    one = at_work(reminding.gate, gateway, at)
    for hours in range(0, 30, 2):
        at[0] = now + timedelta(hours=hours)
        work(one)
    assert gateway.taken == []
    assert [row.state for row in reminding.rows("att_1")] == ["dropped"]


def test_a_text_that_may_have_gone_out_is_listed_and_never_sent_again(
    reminding: Reminding, gateway: TextServer, now: datetime
) -> None:
    agree(reminding.gate, now, "text:127.0.0.1")
    texts_alone(reminding)
    reminding.visit(after=timedelta(days=1, hours=2))
    gateway.hangs_up = True
    at = [now]
    one = at_work(reminding.gate, gateway, at)
    for minutes in range(0, 300, 10):
        at[0] = now + timedelta(minutes=minutes)
        work(one)
        gateway.hangs_up = minutes < 150
    assert gateway.taken == []
    assert [row.state for row in reminding.rows("att_1")] == ["unknown"]
    assert len(reminders(reminding.gate, people().desk, now=at[0]).to_call) == 1
