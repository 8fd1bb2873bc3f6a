"""The page of reminders as the desk and the manager have it, and the consent in a patient's file."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from markupsafe import Markup

from dashboards.pages.patient import PatientPage
from dashboards.pages.reminders import RemindersPage
from dashboards.parts.message import FieldProblem
from dashboards.parts.replies import Ask, Done, Redraw
from dashboards.reminder_desk import add_reminders
from tests.actions.messaging.reminding import SENDER, Reminding
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.small_practice import FERN, people
from workbench.actions.messaging.settle_reminder import settle_reminder
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.messaging.tables import Channel
from workbench.messaging.wording import TextTells
from workbench.screens.contact_consent import contact_consent
from workbench.screens.reminders import reminder_settings

pytestmark = pytest.mark.engines("sqlcipher")
Opens = Callable[..., RemindersPage]
WORDS = {"display": "Front office", "body": "See you {date} {time}: {link}", "from_at": "08:30", "until_at": "19:00"}


@pytest.fixture
def reminding(gate: Gate, now: datetime) -> Reminding:
    return Reminding(gate, now)


@pytest.fixture
def opened(gate: Gate, reminding: Reminding) -> Opens:
    def open_as(who: Actor, now: datetime) -> RemindersPage:
        page = pages.opened(gate, who, now, "/reminders", add_reminders)
        assert isinstance(page, RemindersPage)
        return page

    del reminding
    return open_as


def html(reply: object) -> Markup:
    assert isinstance(reply, Ask)
    return reply.html


def test_three_lists_each_with_what_is_to_be_done(opened: Opens, reminding: Reminding, now: datetime) -> None:
    first, _ = reminding.plan(reminding.visit())
    page = opened(people().desk, now)
    assert "Nobody has to be called" in page.render()
    assert send(page, "tab", tab="come") == Redraw()
    assert page.render().count("Fern Fernández-Oak") >= 2
    reminding.begin(first)
    settle_reminder(reminding.gate, SENDER, first.id, now=first.due_at, outcome="failed")
    later = opened(people().desk, now + timedelta(days=2))
    assert "the address is refused" in later.render()
    assert "555-010-0123" in later.render()
    assert "How they go out" not in later.render()


def test_the_manager_words_it_and_sees_what_a_lock_screen_shows(opened: Opens, gate: Gate, now: datetime) -> None:
    now += timedelta(minutes=1)
    page = opened(people().manager, now)
    form = html(send(page, "how"))
    assert "Juniper: reminder of your appointment on Wed, Mar 11" in form
    assert isinstance(send(page, "set", **WORDS, is_on="on"), Done)
    how = reminder_settings(gate, people().manager, now=now + timedelta(seconds=1))
    assert (how.display, how.hours.from_minute, how.hours.on_weekends) == ("Front office", 510, False)
    page = opened(people().manager, now)
    with pytest.raises(TextTells) as told:
        send(page, "set", **(WORDS | {"body": "Your therapy {date} {time}: {link}"}), is_on="on")
    assert "says a service" in told.value.fields["body"]
    with pytest.raises(FieldProblem):
        send(page, "set", **(WORDS | {"from_at": "early"}))
    assert "reminder of your appointment" in html(send(page, "how", usual="yes"))


def test_turned_off_the_page_says_so(opened: Opens, now: datetime) -> None:
    now += timedelta(minutes=1)
    page = opened(people().manager, now)
    assert send(page, "set", **WORDS) == Done("Kept. No reminder goes out.")
    assert "Reminders are off." in opened(people().manager, now + timedelta(minutes=1)).render()


def test_nobody_else_has_the_page(gate: Gate, now: datetime) -> None:
    for who in (people().biller, people().it):
        assert "/reminders" not in pages.desk(gate, who, lambda: now, add_reminders).routes


def test_who_settles_the_wording_and_sends_nothing_sees_no_names(
    gate: Gate, reminding: Reminding, now: datetime
) -> None:
    reminding.plan(reminding.visit())
    page = pages.opened(gate, people().compliance, now, "/reminders", add_reminders)
    assert "Juniper: reminder of your appointment on Wed, Mar 11" in page.render()
    assert "Fern" not in page.render()
    assert isinstance(send(page, "set", **(WORDS | {"display": "Our office"}), is_on="on"), Done)
    page.load()
    assert "Our office" in page.render()
    assert "8:30 am and 7:00 pm" in page.render()


def test_consent_is_asked_and_kept_in_the_file(gate: Gate, reminding: Reminding, now: datetime) -> None:
    reminding.address("new@example.test")
    page = pages.opened(gate, people().desk, now, f"/patients/{FERN}")
    assert isinstance(page, PatientPage)
    assert "Reminders…" in page.render()
    assert (
        html(send(page, "ask_consent")).count("there is no consent for what the file says") == 3
    )  # by mail, by text, by call
    said = {"channel": "email", "is_given": "yes", "source": "phone", "given_on": date(2026, 3, 9).isoformat()}
    assert isinstance(send(page, "consent", **said), Done)
    shown = contact_consent(gate, people().desk, FERN, now=now)[Channel.EMAIL]
    assert (shown.why_not, shown.source) == ("", "phone")
