"""A patient's word about being written to: for one address, the newest counts, and nothing is overwritten."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from tests.actions.messaging.reminding import Reminding
from tests.factories.small_practice import FERN, MOSS, every_row, people
from workbench.actions.messaging.record_consent import ConsentUnclear, record_consent
from workbench.gate.errors import NotFound
from workbench.messaging.reminder_rules import Why
from workbench.messaging.tables import Channel, ContactConsent
from workbench.screens.contact_consent import ConsentShown, contact_consent


def shown(reminding: Reminding, patient_id: str = FERN, channel: Channel = Channel.EMAIL) -> ConsentShown:
    return contact_consent(reminding.gate, people().desk, patient_id, now=reminding.now)[channel]


def test_a_yes_is_kept_with_its_day_and_where_it_comes_from(reminding: Reminding) -> None:
    assert shown(reminding) == ConsentShown(Why.NOTHING, is_given=True, given_on=date(2026, 3, 2), source="at_desk")


def test_a_no_counts_from_then_on_and_both_stay_written(reminding: Reminding) -> None:
    reminding.consent(is_given=False, now=reminding.now + timedelta(minutes=1))
    assert shown(reminding).why_not == Why.NO_CONSENT
    with reminding.gate.store.reading() as read:
        assert read.scalar(select(func.count()).select_from(ContactConsent)) == 2


@pytest.mark.parametrize("later", [timedelta(), timedelta(hours=-1)])
def test_the_last_said_counts_though_the_clock_stood_or_was_set_back(reminding: Reminding, later: timedelta) -> None:
    for is_given in (False, True, False, True, False):
        reminding.consent(is_given=is_given, now=reminding.now + later)
        assert (shown(reminding).why_not == Why.NOTHING) is is_given


def test_each_way_has_a_word_of_its_own(reminding: Reminding) -> None:
    assert shown(reminding, channel=Channel.TEXT).why_not == Why.NO_CONSENT
    reminding.consent(channel="text")
    reminding.consent(is_given=False)
    assert (shown(reminding).why_not, shown(reminding, channel=Channel.TEXT).why_not) == (Why.NO_CONSENT, Why.NOTHING)
    with reminding.gate.store.reading() as read:
        assert {(row.channel, row.nth, row.to.address) for row in read.scalars(select(ContactConsent))} == {
            ("email", 1, "fern@example.test"), ("email", 2, "fern@example.test"), ("text", 1, "5550100123"),
        }  # fmt: skip


def test_another_address_needs_a_yes_of_its_own(reminding: Reminding) -> None:
    reminding.address("other@example.test")
    assert shown(reminding).why_not == Why.NO_CONSENT
    reminding.address("FERN@example.test")
    assert shown(reminding).why_not == Why.NOTHING


def test_what_cannot_be_is_told_by_its_field(reminding: Reminding, now: datetime) -> None:
    before = every_row(reminding.gate.store)
    good = {"channel": "email", "is_given": True, "source": "form", "given_on": date(2026, 3, 9)}
    for patient_id, wrong, field in (
        (MOSS, {}, "is_given"), (FERN, {"source": "a friend"}, "source"),
        (FERN, {"given_on": date(2026, 3, 10)}, "given_on"), (FERN, {"channel": "pigeon"}, "channel"),
    ):  # fmt: skip
        with pytest.raises(ConsentUnclear) as told:
            record_consent(reminding.gate, people().desk, patient_id, now=now, **(good | wrong))  # type: ignore[arg-type]
        assert set(told.value.fields) == {field}
    assert every_row(reminding.gate.store) == before


def test_a_no_needs_no_address(reminding: Reminding, now: datetime) -> None:
    record_consent(
        reminding.gate, people().desk, MOSS, now=now, channel="email", is_given=False, source="phone",
        given_on=date(2026, 3, 9),
    )  # fmt: skip
    assert shown(reminding, MOSS).why_not == Why.NO_ADDRESS


def test_only_who_knows_the_patient_writes_it_down(reminding: Reminding, now: datetime) -> None:
    for who in (people().ben, people().biller, people().it):
        with pytest.raises(NotFound):
            record_consent(
                reminding.gate, who, FERN, now=now, channel="email", is_given=True, source="form",
                given_on=date(2026, 3, 9),
            )  # fmt: skip


def test_the_database_keeps_every_word(reminding: Reminding) -> None:
    with reminding.gate.store.writing() as session:
        session.scalars(select(ContactConsent)).one().is_given = False
        with pytest.raises(DBAPIError, match="contact_consents_append_only"):
            session.flush()
