"""What comes back by text: a stop in any words is a no at once, for everybody with that number."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from dashboards.hearing import GATEWAY
from tests.actions.messaging.reminding import ADDRESS, Reminding
from tests.factories.small_practice import FERN, MOSS, events, every_row, people
from workbench.actions.messaging.hear_text import TextHeard, hear_text
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY
from workbench.gate.errors import NotAllowed
from workbench.messaging.tables import Channel, ContactConsent
from workbench.people.queries import tokens_of
from workbench.people.tables import Patient, PatientToken
from workbench.screens.contact_consent import contact_consent

FERNS = "+1 (555) 010-0123"


def hear(gate: Gate, now: datetime, text: str, number: str = FERNS) -> TextHeard:
    return hear_text(gate, GATEWAY, now=now, number=number, text=text)


def may_text(gate: Gate, now: datetime, patient_id: str = FERN) -> bool:
    return not contact_consent(gate, people().desk, patient_id, now=now)[Channel.TEXT].why_not


def test_a_stop_ends_texts_at_once_and_leaves_mail(reminding: Reminding, now: datetime) -> None:
    reminding.consent(channel="text")
    assert may_text(reminding.gate, now)
    assert hear(reminding.gate, now, "Please stop texting me") == TextHeard(is_stop=True, stopped=1)
    assert events(reminding.gate.store)[-2:] == [("consent.recorded", "done"), ("text.heard", "done")]
    assert not may_text(reminding.gate, now)
    assert not contact_consent(reminding.gate, people().desk, FERN, now=now)[Channel.EMAIL].why_not
    shown = contact_consent(reminding.gate, people().desk, FERN, now=now)[Channel.TEXT]
    assert (shown.is_given, shown.source, shown.given_on) == (False, "message", now.date())


def test_a_stop_by_text_ends_calls_to_the_number_too(reminding: Reminding, now: datetime) -> None:
    reminding.consent(channel="voice")
    reminding.consent(channel="text", is_given=False)
    assert hear(reminding.gate, now, "stop") == TextHeard(is_stop=True, stopped=1)
    shown = contact_consent(reminding.gate, people().desk, FERN, now=now)
    assert (shown[Channel.VOICE].is_given, shown[Channel.VOICE].source) == (False, "message")
    assert shown[Channel.TEXT].source == "at_desk"  # the no that stood already
    assert hear(reminding.gate, now, "stop") == TextHeard(is_stop=True, stopped=0)


def test_a_reminder_that_is_planned_by_then_does_not_go_out(reminding: Reminding, now: datetime) -> None:
    reminding.consent(channel="text")
    planned = [row for row in reminding.plan(reminding.visit()) if row.channel == "text"]
    hear(reminding.gate, now, "STOP")
    begun = reminding.begin(planned[0])
    assert (begun.letter, reminding.row(planned[0].id).why) == (None, "no_consent")


def test_everybody_with_that_number_and_nobody_else(reminding: Reminding, now: datetime) -> None:
    with reminding.gate.store.writing() as session:
        moss = session.get_one(Patient, MOSS)
        moss.details = replace(moss.details, phone="5550100123")
        for token in tokens_of(reminding.gate.store.vault, moss.details):
            if not session.scalar(select(PatientToken).where(
                PatientToken.patient_id == MOSS, PatientToken.token == token
            )):  # fmt: skip
                session.add(PatientToken(patient_id=MOSS, token=token))
        session.commit()
    assert hear(reminding.gate, now, "stop").stopped == 2
    assert hear(reminding.gate, now, "stop").stopped == 0
    assert hear(reminding.gate, now, "stop", "5550100145").stopped == 0  # Moss had it once


@pytest.mark.parametrize(("text", "number"), [
    ("See you tomorrow", FERNS), ("", FERNS), ("STOP", "+1 555 010 9999"), ("STOP", ""), ("STOP", "0123"),
    ("STOP", "' OR 1=1"),
])  # fmt: skip
def test_anything_else_changes_nothing_and_keeps_no_word(
    reminding: Reminding, now: datetime, text: str, number: str
) -> None:
    reminding.consent(channel="text")
    before = every_row(reminding.gate.store)
    assert hear(reminding.gate, now, text, number).stopped == 0
    assert every_row(reminding.gate.store) == before


def test_the_word_is_kept_with_the_number_it_came_from(reminding: Reminding, now: datetime) -> None:
    hear(reminding.gate, now, "STOP")
    with reminding.gate.store.reading() as session:
        row = session.scalars(select(ContactConsent).where(ContactConsent.channel == "text")).one()
        assert (row.to.address, row.is_given, row.nth) == ("5550100123", False, 1)
    assert ADDRESS not in repr(every_row(reminding.gate.store))


def test_nobody_who_signs_in_does_it(reminding: Reminding, now: datetime) -> None:
    for who in (people().desk, people().manager, people().it, NOBODY):
        with pytest.raises(NotAllowed):
            hear_text(reminding.gate, who, now=now, number=FERNS, text="STOP")
