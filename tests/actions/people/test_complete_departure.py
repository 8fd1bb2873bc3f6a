"""After the end: every way in has ended, care is handed over, what is open has an owner, and a certificate says so."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from tests.factories.small_practice import ADA, BEN, FERN, MOSS, events, people, visit
from workbench.accounts.rules import AccountState
from workbench.accounts.tables import User
from workbench.actions.accounts.provision_user import provision_user
from workbench.actions.people.complete_departure import complete_departure
from workbench.actions.people.end_employment import end_employment
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role, SystemActor
from workbench.gate.audit import AuditRow
from workbench.gate.permissions import Permission
from workbench.gate.relations import Moment, patients_cared_for
from workbench.people.departures import DepartureCertificate
from workbench.screens.departures import departure_certificate, departures

JOB = SystemActor("complete_departure", frozenset({Permission.COMPLETE_DEPARTURE}))
INSTALLER = SystemActor("init", frozenset({Permission.PROVISION_USER}))


@pytest.fixture
def manager(gate: Gate, now: datetime) -> Actor:
    """Ada is leaving; she cares for Fern and Moss and sees Fern next week."""
    visit(gate.store, 1, now + timedelta(days=7))
    provision_user(gate, INSTALLER, now=now, person_id=ADA, email="ada@example.test", password_hash="x",
                   roles=[Role.CLINICIAN])  # fmt: skip
    return Actor("usr_m", "stf_manager", frozenset({Role.MANAGER}), "0" * 64, now + timedelta(days=99))


def left(gate: Gate, manager: Actor, now: datetime, handed_to: str = BEN) -> str:
    done = end_employment(gate, manager, ADA, now=now, handed_to=handed_to)
    assert complete_departure(gate, JOB, done.departure_id, now=now).digest
    return done.departure_id


def cared_for(gate: Gate, staff_id: str, now: datetime) -> set[str]:
    moment = Moment(now, now.date())
    with gate.store.reading() as read:
        return set(read.scalars(patients_cared_for(staff_id, moment)))


def lines(gate: Gate, manager: Actor, departure_id: str, now: datetime) -> dict[str, tuple[int, str]]:
    shown = departure_certificate(gate, manager, departure_id, now=now)
    assert shown.certificate is not None
    assert shown.is_unchanged
    return {line.what: (line.count, line.owner) for line in shown.certificate.lines}


def test_care_goes_to_the_colleague_and_the_account_is_over(gate: Gate, manager: Actor, now: datetime) -> None:
    departure_id = left(gate, manager, now)
    assert cared_for(gate, ADA, now) == set()
    assert cared_for(gate, BEN, now) == {FERN, MOSS}
    with gate.store.reading() as read:
        assert read.scalars(select(User).where(User.person_id == ADA)).one().state == AccountState.DISABLED
    said = lines(gate, manager, departure_id, now)
    assert said["Roles"] == (1, "")
    assert said["Care teams"] == (2, "")
    assert said["Appointments to come"] == (1, "Front desk")


def test_without_a_colleague_what_is_open_is_the_desks(gate: Gate, manager: Actor, now: datetime) -> None:
    departure_id = left(gate, manager, now, handed_to="")
    assert cared_for(gate, BEN, now) == set()
    assert lines(gate, manager, departure_id, now)["Care teams"] == (2, "Front desk")


def test_the_log_holds_the_digest_of_what_was_written(gate: Gate, manager: Actor, now: datetime) -> None:
    departure_id = left(gate, manager, now)
    with gate.store.reading() as read:
        kept = read.scalars(select(DepartureCertificate)).one()
        digest = sha256(json.dumps(asdict(kept.certificate), sort_keys=True).encode()).hexdigest()
        body = read.scalars(select(AuditRow.body).where(AuditRow.event == "departure.completed")).one()
    assert kept.digest == digest
    assert digest.encode() in bytes(body)
    assert departure_certificate(gate, manager, departure_id, now=now).digest == digest


def test_what_was_written_stays(gate: Gate, manager: Actor, now: datetime) -> None:
    left(gate, manager, now)
    with pytest.raises(DatabaseError), gate.store.writing() as session:
        session.execute(update(DepartureCertificate).values(digest="other"))


def test_before_the_end_and_a_second_time_nothing_happens(gate: Gate, manager: Actor, now: datetime) -> None:
    done = end_employment(gate, manager, ADA, now=now, ends_at=now + timedelta(hours=1))
    assert complete_departure(gate, JOB, done.departure_id, now=now).digest == ""
    assert events(gate.store)[-1] == ("departure.completed", "refused")
    assert cared_for(gate, ADA, now) == {FERN, MOSS}
    (shown,) = departures(gate, manager, now=now).rows
    assert (shown.name, shown.state) == ("Ada Byron, LCSW", "to_come")
    later = now + timedelta(hours=1)
    assert complete_departure(gate, JOB, done.departure_id, now=later).digest
    assert complete_departure(gate, JOB, done.departure_id, now=later).digest == ""
    assert people().manager.person_id == manager.person_id
