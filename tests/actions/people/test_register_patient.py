"""Registering: who may, what is asked of the fields, and that one person gets one file."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from sqlalchemy import func, select

from tests.factories.small_practice import ADA, People, events, every_row
from workbench.actions.people.register_patient import register_patient
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.gate.relations import CareTeamMember
from workbench.people.rules import AlreadyRegistered, ClinicianGone, DetailsUnclear
from workbench.people.tables import Patient
from workbench.store.engine import Store

ALEX = {"given_name": "Alex", "family_name": "Birch", "born_on": date(2001, 2, 3)}


def test_a_file_is_opened_with_the_next_number(gate: Gate, store: Store, people: People, now: datetime) -> None:
    made = register_patient(gate, people.desk, now=now, **ALEX, phone="+1 (555) 010-0199", state="ny", clinician_id=ADA)
    assert made.number == 1003
    with store.reading() as session:
        kept = session.get_one(Patient, made.patient_id)
        assert (kept.details.phone, kept.details.state, kept.registered_at) == ("5550100199", "NY", now)
        team = session.scalars(select(CareTeamMember).where(CareTeamMember.patient_id == made.patient_id)).one()
        assert (team.staff_id, team.is_primary) == (ADA, True)
    assert events(store) == [("patient.registered", "done"), ("care_team.joined", "done")]


def test_every_problem_is_told_at_once_and_nothing_is_kept(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    before = every_row(store)
    with pytest.raises(DetailsUnclear) as refused:
        register_patient(
            gate, people.desk, now=now, given_name=" ", family_name="7", born_on=date(2027, 1, 1), phone="12",
            email="nobody", state="ZZ", zip_code="1", sex="X",
        )  # fmt: skip
    assert set(refused.value.fields) == {
        "given_name", "family_name", "born_on", "phone", "email", "state", "zip_code", "sex",
    }  # fmt: skip
    assert every_row(store) == before
    assert events(store) == [("action.refused", "refused")]


def test_the_same_name_and_birth_date_ask_a_person_to_look(gate: Gate, people: People, now: datetime) -> None:
    first = register_patient(gate, people.desk, now=now, **ALEX)
    again = {**ALEX, "given_name": "ALEX", "family_name": "Bírch"}
    with pytest.raises(AlreadyRegistered) as refused:
        register_patient(gate, people.desk, now=now, **again)
    assert refused.value.number == first.number
    assert register_patient(gate, people.desk, now=now, **again, is_somebody_else=True).number == first.number + 1


def test_a_form_sent_twice_opens_one_file(gate: Gate, people: People, now: datetime) -> None:
    once = register_patient(gate, people.desk, now=now, **ALEX, idempotency_key="form-0001")
    assert register_patient(gate, people.desk, now=now, **ALEX, idempotency_key="form-0001") == once


def test_desks_that_register_at_once_get_numbers_of_their_own(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    def one(day: int) -> int:
        return register_patient(gate, people.desk, now=now, **{**ALEX, "born_on": date(2001, 1, day)}).number

    with ThreadPoolExecutor(4) as pool:
        numbers = sorted(pool.map(one, range(1, 9)))
    assert numbers == list(range(1003, 1011))
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Patient)) == 10


def test_a_clinician_who_left_takes_nobody_on(gate: Gate, store: Store, people: People, now: datetime) -> None:
    before = every_row(store)
    with pytest.raises(ClinicianGone):
        register_patient(gate, people.desk, now=now, **ALEX, clinician_id="stf_gone")
    assert every_row(store) == before


@pytest.mark.parametrize("who", ["ada", "supervisor", "biller", "it", "compliance"])
def test_others_cannot(gate: Gate, store: Store, people: People, now: datetime, who: str) -> None:
    before = every_row(store)
    with pytest.raises(NotAllowed):
        register_patient(gate, getattr(people, who), now=now, **ALEX)
    assert every_row(store) == before
    assert events(store) == [("action.refused", "refused")]


def test_no_name_stands_readable_beside_the_sealed_document(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    register_patient(
        gate, people.desk, now=now, given_name="Zebulon", family_name="Quartermain", born_on=ALEX["born_on"]
    )
    assert "quartermain" not in repr(every_row(store)).casefold()
