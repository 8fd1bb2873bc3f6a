"""Taking a consent back: at once, once, by who gave it or by staff on their word."""

from datetime import date, datetime, timedelta

import pytest

from tests.factories.intake import TELEHEALTH, assigned, begun, signed
from tests.factories.portal import in_care
from tests.factories.proxies import child, in_force, proxy_of
from tests.factories.small_practice import FERN, MOSS, People
from workbench.actions.intake.withdraw_consent import withdraw_consent
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.intake.consents import ConsentKind, ConsentOver, WordMissing, last_day
from workbench.screens.own_forms import own_consents
from workbench.screens.patient_intake import patient_intake


def test_from_the_day_it_is_taken_back_it_does_not_hold(gate: Gate, people: People, now: datetime) -> None:
    signed(gate, now, begun(gate, now, assigned(gate, now), 3), TELEHEALTH)
    (consent,) = own_consents(gate, in_care(), FERN, now=now)
    for who in (in_care(MOSS), people.ben, people.biller):
        with pytest.raises(NotFound):
            withdraw_consent(gate, who, consent.consent_id, now=now, said="No")
    with pytest.raises(WordMissing):
        withdraw_consent(gate, people.desk, consent.consent_id, now=now)
    later = now + timedelta(days=3)
    assert own_consents(gate, in_care(), FERN, now=later)[0].may_withdraw
    withdraw_consent(gate, in_care(), consent.consent_id, now=later)
    with pytest.raises(ConsentOver):
        withdraw_consent(gate, people.desk, consent.consent_id, now=later, said="By telephone")
    (shown,) = patient_intake(gate, people.desk, FERN, now=later).consents
    assert (shown.is_in_force, shown.ended_on) == (False, later.date())


def test_a_parent_takes_back_what_they_gave_and_sees_nothing_the_young_person_gave(gate: Gate, now: datetime) -> None:
    patient = child(gate, now)
    parent = proxy_of(gate, in_force(gate, now, patient))
    signed(gate, now, begun(gate, now, assigned(gate, now, patient), 3, in_care(patient)), TELEHEALTH, in_care(patient))
    (theirs,) = own_consents(gate, in_care(patient), patient, now=now)
    assert own_consents(gate, parent, patient, now=now) == ()
    with pytest.raises(NotFound):
        withdraw_consent(gate, parent, theirs.consent_id, now=now)


def test_a_consent_ends_on_the_day_its_form_names_or_by_its_kind() -> None:
    signed_on = date(2026, 3, 9)
    assert last_day(ConsentKind.RELEASE, signed_on, "2026-06-30") == date(2026, 7, 1)
    assert last_day(ConsentKind.TELEHEALTH, signed_on, "") == date(2027, 3, 9)
    assert last_day(ConsentKind.TREATMENT, signed_on, "") is None
