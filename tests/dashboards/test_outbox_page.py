"""The outbox as the desk has it: what waits, what did not go out, what did, and never what a reminder says."""

from datetime import datetime, timedelta

import pytest

from dashboards.pages.outbox import OutboxPage
from dashboards.parts.replies import Ask, Done
from dashboards.reminder_desk import add_reminders
from tests.actions.messaging.reminding import ADDRESS, SENDER, Reminding
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.small_practice import people
from workbench.actions.messaging.settle_reminder import settle_reminder
from workbench.gate.action import Gate

pytestmark = pytest.mark.engines("sqlcipher")


def test_a_refused_one_is_sent_again_and_another_given_up(gate: Gate, now: datetime) -> None:
    reminding = Reminding(gate, now)
    first, second = reminding.plan(reminding.visit())[:2]
    reminding.begin(first)
    settle_reminder(gate, SENDER, first.id, now=first.due_at, outcome="failed")
    at = first.due_at + timedelta(minutes=5)
    page = pages.opened(gate, people().desk, at, "/outbox", add_reminders)
    assert isinstance(page, OutboxPage)
    waiting = page.render()
    assert "the day before, by mail" in waiting
    assert "/app/reminders" in waiting
    assert "Send again" not in waiting
    send(page, "tab", tab="stuck")
    stuck = page.render()
    assert "the address is refused" in stuck
    for secret in (ADDRESS, "Individual", "https://"):
        assert secret not in waiting + stuck
    version = str(page.shown.stuck[0].version)
    done = send(page, "retry", id=first.id, version=version)
    assert isinstance(done, Done)
    assert done.toast.startswith("Goes out ")
    stale = send(page, "retry", id=first.id, version=version)
    assert isinstance(stale, Done)
    assert stale.tone == "warn"
    page.load()
    assert "Everything went out" in page.render()
    send(page, "tab", tab="wait")
    assert "tried before" in page.render()
    asked = send(page, "ask_give_up", id=second.id)
    assert isinstance(asked, Ask)
    (row,) = [one for one in page.shown.waiting if one.reminder_id == second.id]
    assert send(page, "give_up", id=second.id, version=str(row.version)) == Done("Given up")
    page.load()
    assert send(page, "ask_give_up", id="rem_gone") == Done("This is no longer on the page.", tone="warn")
    send(page, "tab", tab="stuck")
    assert "somebody gave it up" in page.render()
    send(page, "tab", tab="sent")
    assert "Nothing went out yet" in page.render()
