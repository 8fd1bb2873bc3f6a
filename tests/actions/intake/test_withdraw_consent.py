"""Taking a consent back: at once, once, by who gave it or by staff on their word."""

from datetime import date, datetime, timedelta

import pytest

from tests.factories.intake import TELEHEALTH, assigned, begun, forms_by_key, signed
from tests.factories.portal import in_care
from tests.factories.proxies import child, in_force, proxy_of
from tests.factories.small_practice import FERN, MOSS, People, put
from workbench.actions.intake.assign_packet import assign_packet
from workbench.actions.intake.set_packet import set_packet
from workbench.actions.intake.withdraw_consent import withdraw_consent
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.intake.consent_tables import Consent
from workbench.intake.consents import ConsentKind, ConsentOver, WordMissing, is_given, last_day
from workbench.intake.rules import ItemKind, PacketItem, PacketRules
from workbench.screens.own_forms import own_consents, own_forms
from workbench.screens.patient_intake import patient_intake
from workbench.store.engine import Store


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


def test_who_signs_that_they_do_not_agree_has_consented_to_nothing(gate: Gate, now: datetime) -> None:
    signed(gate, now, begun(gate, now, assigned(gate, now), 3), {**TELEHEALTH, "tc_agree": "false"})
    assert own_consents(gate, in_care(), FERN, now=now) == ()
    assert not is_given({"cn_understood": False, "cn_agree": True})
    assert is_given({"mg_email": False, "mg_text": True, "mg_voice": False})
    assert not is_given({"rt_out": False, "rt_in": False, "rt_read": True})


def test_a_consent_ends_on_the_day_its_form_names_or_by_its_kind() -> None:
    signed_on = date(2026, 3, 9)
    assert last_day(ConsentKind.RELEASE, signed_on, "2026-06-30") == date(2026, 7, 1)
    assert last_day(ConsentKind.TELEHEALTH, signed_on, "") == date(2027, 3, 9)
    assert last_day(ConsentKind.TREATMENT, signed_on, "") is None


def test_what_tells_of_care_under_part_2_is_not_shown_to_the_office_nor_to_who_stands_in(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    patient = child(gate, now)
    parent = proxy_of(gate, in_force(gate, now, patient))
    forms = forms_by_key(gate, now, ("part2-consent-tpo", "emergency-contact"))
    items = tuple(PacketItem(ItemKind.FORM, one) for one in forms.values())
    made = set_packet(gate, people.manager, now=now, name="Both", items=items, rules=PacketRules())
    given = assign_packet(gate, people.desk, patient, now=now, packet_id=made.packet_id).assignment_id
    titles = [[one.title for one in own_forms(gate, who, patient, now=now)[0].items]
              for who in (in_care(patient), parent)]  # fmt: skip
    assert [len(one) for one in titles] == [2, 1]
    place = list(forms).index("part2-consent-tpo")
    with pytest.raises(NotFound):
        begun(gate, now, given, place, parent)
    response = begun(gate, now, given, place, in_care(patient))
    put(store, [Consent(id="cns_1", patient_id=patient, response_id=response, kind=ConsentKind.PART_2, given_at=now,
                        from_on=now.date(), until_on=None)])  # fmt: skip
    seen = patient_intake(gate, people.desk, patient, now=now)
    assert (seen.consents, [len(one.items) for one in seen.packets]) == ((), [1])
    with pytest.raises(NotFound):
        withdraw_consent(gate, people.desk, "cns_1", now=now, said="They called")
