"""Signing electronically: bound to the text that was shown, whole, locked, and a consent where the form is one."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.actions.scheduling.test_book_appointment import book
from tests.factories.intake import INTAKE, TELEHEALTH, answered, assigned, begun, signed
from tests.factories.portal import in_care
from tests.factories.proxies import child, in_force, proxy_of
from tests.factories.small_practice import FERN, MOSS, VIDEO, People
from workbench.actions.intake.sign_own_form import sign_own_form
from workbench.forms.signing import FormIncomplete
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.intake.signing import OwnLocked, SignatureUnclear, TextChanged
from workbench.intake.tables import OwnResponse
from workbench.kernel.errors import WorkbenchError
from workbench.screens.own_forms import own_consents, own_form, own_signed
from workbench.screens.own_paper import intake_paper, own_paper
from workbench.screens.patient_intake import intake_answers, patient_intake
from workbench.screens.signed_records import signed_records
from workbench.store.engine import Store

SIGN: dict[str, Any] = {"name": "José Fernández-Oak", "agreed": True, "language": "es", "network": "192.0.2.7"}


def test_what_was_shown_is_what_is_signed_once_and_for_ever(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    response = begun(gate, now, assigned(gate, now), 0)
    page = answered(gate, now, response, INTAKE)
    done = [
        sign_own_form(gate, in_care(), response, now=now, shown=page.shown, idempotency_key="k" * 20, **SIGN)
        for _ in range(2)
    ]
    assert done[0] == done[1]
    with pytest.raises(OwnLocked):
        sign_own_form(gate, in_care(), response, now=now, shown=page.shown, **SIGN)
    shown = own_form(gate, in_care(), response, now=now)
    assert shown.signature is not None
    assert (shown.signature.name, shown.signature.relation, shown.signature.network) == (
        "José Fernández-Oak", "self", "192.0.2.7",
    )  # fmt: skip
    assert shown.signature.statement.startswith("He leído")
    assert [one.state for one in own_signed(gate, in_care(), FERN, now=now)] == ["signed"]
    assert own_paper(gate, in_care(), response, now=now).content.startswith(b"%PDF")
    told = intake_answers(gate, people.ada, response, now=now)
    assert told.is_unchanged
    assert "Sertraline" in told.fields
    assert intake_paper(gate, people.ada, response, now=now).name.endswith(".pdf")
    checked = signed_records(gate, people.compliance, now=now)
    assert (checked.counts["form of a person in care"], checked.broken, checked.unlogged) == (1, 0, 0)
    for verb in ("UPDATE own_responses SET content_hash = 'x'", "DELETE FROM own_responses"):
        with store.writing() as session, pytest.raises(DBAPIError, match="own_responses_locked"):
            session.execute(text(verb))


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"shown": "0" * 64}, TextChanged),
        ({"name": "  "}, SignatureUnclear),
        ({"agreed": False}, SignatureUnclear),
    ],
)
def test_without_the_text_a_name_and_agreement_nothing_is_signed(
    gate: Gate, store: Store, now: datetime, changed: dict[str, Any], refusal: type[WorkbenchError]
) -> None:
    response = begun(gate, now, assigned(gate, now), 0)
    with pytest.raises(refusal):
        signed(gate, now, response, INTAKE, **changed)
    with store.reading() as session:
        assert session.get_one(OwnResponse, response).state == "draft"


def test_a_form_with_gaps_is_never_completed_and_nobody_signs_anothers(
    gate: Gate, people: People, now: datetime
) -> None:
    response = begun(gate, now, assigned(gate, now), 0)
    page = own_form(gate, in_care(), response, now=now)
    with pytest.raises(FormIncomplete):
        sign_own_form(gate, in_care(), response, now=now, shown=page.shown, **SIGN)
    for who in (in_care(MOSS), people.ada, people.manager):
        with pytest.raises(NotFound):
            sign_own_form(gate, who, response, now=now, shown=page.shown, **SIGN)


def test_a_parent_signs_as_a_parent_and_the_consent_holds_for_a_year(gate: Gate, people: People, now: datetime) -> None:
    patient = child(gate, now)
    parent = proxy_of(gate, in_force(gate, now, patient))
    response = begun(gate, now, assigned(gate, now, patient), 3, parent)
    tomorrow = now + timedelta(days=1)
    video = {"patient": patient, "location_id": VIDEO}
    assert book(gate, people.desk, tomorrow, now=now, **video).lacks_consent
    signed(gate, now, response, TELEHEALTH, parent)
    shown = own_form(gate, parent, response, now=now)
    assert shown.signature is not None
    assert shown.signature.relation == "parent"
    (consent,) = own_consents(gate, parent, patient, now=now)
    assert consent.until_on is not None
    assert (consent.until_on - consent.from_on).days == 365
    assert not book(gate, people.desk, tomorrow + timedelta(days=1), now=now, **video).lacks_consent
    assert [one.is_in_force for one in patient_intake(gate, people.desk, patient, now=now).consents] == [True]


def test_the_office_sees_how_far_they_are_and_reads_no_answer(gate: Gate, people: People, now: datetime) -> None:
    response = begun(gate, now, assigned(gate, now), 0)
    (packet,) = patient_intake(gate, people.desk, FERN, now=now).packets
    assert (packet.state, packet.items[0].state) == ("begun", "draft")
    signed(gate, now, response, INTAKE)
    seen = patient_intake(gate, people.desk, FERN, now=now)
    assert seen.packets[0].items[0].response_id == ""
    assert [one.field for one in seen.proposals] == ["Phone"]
    assert "Penicillin" not in repr(seen)
    assert [one.field for one in patient_intake(gate, people.ada, FERN, now=now).proposals] == [
        "Phone", "Medication", "Allergies",
    ]  # fmt: skip
    for who in (people.desk, people.biller, people.ben, in_care(MOSS)):
        with pytest.raises(NotFound):
            intake_answers(gate, who, response, now=now)
        with pytest.raises(NotFound):
            intake_paper(gate, who, response, now=now)
    with pytest.raises(NotFound):
        own_paper(gate, in_care(MOSS), response, now=now)
