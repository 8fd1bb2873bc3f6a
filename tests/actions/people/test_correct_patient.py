"""Correcting a file: what it said before stays, who is found by what, and what a new address means for consent."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.factories.small_practice import FERN, FERN_DETAILS, MOSS, MOSS_DETAILS, People, events, every_row
from workbench.actions.people.correct_patient import correct_patient
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound, StalePage
from workbench.people.rules import ZONES, AlreadyRegistered, DetailsUnclear, NothingCorrected
from workbench.people.tables import Patient, PatientRevision
from workbench.screens.patient_file import patient_file
from workbench.screens.patient_search import search_patients

AS_IT_IS = {
    "given_name": "José", "family_name": "Fernández-Oak", "preferred_name": "Fern", "pronouns": "they/them",
    "born_on": date(1990, 4, 3), "phone": "5550100123",
}  # fmt: skip


def test_what_the_file_said_before_stays_and_both_find_them(gate: Gate, people: People, now: datetime) -> None:
    done = correct_patient(
        gate, people.desk, FERN, now=now, **{**AS_IT_IS, "family_name": "Rivers", "phone": "(555) 010-0177"},
        zone="America/Los_Angeles",
    )  # fmt: skip
    assert done.fields == ("family_name", "phone", "zone")
    shown = patient_file(gate, people.desk, FERN, now=now)
    assert (shown.name, shown.phone, shown.details.zone) == ("Fern Rivers", "5550100177", "America/Los_Angeles")
    for query in ("rivers", "fernández", "555-010-0177"):
        assert [one.patient_id for one in search_patients(gate, people.desk, now=now, query=query)] == [FERN]
    with gate.store.reading() as session:
        kept = session.scalars(select(PatientRevision)).one()
        assert (kept.nth, kept.fields, kept.changed_by) == (1, "family_name phone zone", people.desk.user_id)
        assert kept.details == FERN_DETAILS
    assert events(gate.store)[0] == ("patient.corrected", "done")
    correct_patient(gate, people.desk, FERN, now=now, **AS_IT_IS)
    with gate.store.reading() as session:
        assert session.scalars(select(PatientRevision.nth).order_by(PatientRevision.nth)).all() == [1, 2]


def test_nobody_changes_what_it_said(gate: Gate, people: People, now: datetime) -> None:
    correct_patient(gate, people.desk, FERN, now=now, **{**AS_IT_IS, "pronouns": ""})
    with pytest.raises(DBAPIError, match="patient_revisions_append_only"), gate.store.engine.begin() as connection:
        connection.execute(text("DELETE FROM patient_revisions"))


def test_nothing_different_is_told_and_kept_nowhere(gate: Gate, people: People, now: datetime) -> None:
    before = every_row(gate.store)
    with pytest.raises(NothingCorrected):
        correct_patient(
            gate, people.desk, FERN, now=now, **{**AS_IT_IS, "given_name": "  José ", "phone": "555-0100-123"}
        )
    assert every_row(gate.store) == before


def test_every_problem_is_told_at_once(gate: Gate, people: People, now: datetime) -> None:
    before = every_row(gate.store)
    wrong = {"given_name": " ", "born_on": date(2030, 1, 1), "phone": "12", "email": "x", "zone": "Mars/Olympus"}
    with pytest.raises(DetailsUnclear) as refused:
        correct_patient(gate, people.desk, FERN, now=now, **{**AS_IT_IS, **wrong})
    assert set(refused.value.fields) == set(wrong)
    assert every_row(gate.store) == before


def test_a_file_does_not_become_somebody_elses_unseen(gate: Gate, people: People, now: datetime) -> None:
    like_moss = {
        **AS_IT_IS,
        "given_name": MOSS_DETAILS.given_name,
        "family_name": "MOSS",
        "born_on": MOSS_DETAILS.born_on,
    }
    with pytest.raises(AlreadyRegistered) as refused:
        correct_patient(gate, people.desk, FERN, now=now, **like_moss)
    assert refused.value.number == 1002
    correct_patient(gate, people.desk, FERN, now=now, **like_moss, is_somebody_else=True)
    correct_patient(gate, people.desk, FERN, now=now, **{**like_moss, "pronouns": "she/her"})  # the names stay


def test_a_stale_page_overwrites_nothing(gate: Gate, people: People, now: datetime) -> None:
    correct_patient(gate, people.desk, FERN, now=now, **{**AS_IT_IS, "phone": "5550100177"}, expected_version=1)
    with pytest.raises(StalePage):
        correct_patient(gate, people.desk, FERN, now=now, **{**AS_IT_IS, "pronouns": ""}, expected_version=1)
    with gate.store.reading() as session:
        assert session.get_one(Patient, FERN).details.phone == "5550100177"


def test_a_clinician_corrects_their_own_people(gate: Gate, people: People, now: datetime) -> None:
    correct_patient(gate, people.ada, FERN, now=now, **{**AS_IT_IS, "pronouns": ""})
    for who in ("ben", "supervisor", "biller", "it", "compliance"):
        with pytest.raises((NotAllowed, NotFound)):
            correct_patient(gate, getattr(people, who), MOSS, now=now, **AS_IT_IS)


def test_every_zone_is_one() -> None:
    assert all(ZoneInfo(key).key == key for key in ZONES)
