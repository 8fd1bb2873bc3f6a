"""Reads go through the same door: permitted, scoped, and written down before the rows leave."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.gate.test_action import DESK, NOW
from tests.gate.verbs import enter, name_of, names
from workbench.gate import action, audit
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.audit import AuditRow, patient_pseudonym
from workbench.gate.errors import NotAllowed, NotFound
from workbench.gate.relations import CareTeamMember
from workbench.people.tables import Staff, StaffDetails


def clinician(gate: Gate, *patients: str, from_on: date = date(2026, 1, 1), until_on: date | None = None) -> Actor:
    """A clinician on the care team of these patients."""
    with gate.store.writing() as session:
        staff = Staff(started_on=date(2020, 1, 1), details=StaffDetails("Reed", "Synthetic"))
        session.add(staff)
        session.flush()
        for patient in patients:
            session.add(CareTeamMember(patient_id=patient, staff_id=staff.id, from_on=from_on, until_on=until_on))
        session.commit()
    return Actor("usr_c", staff.id, frozenset({Role.CLINICIAN}))


def last_line(gate: Gate) -> AuditRow:
    with gate.store.reading() as session:
        row = session.scalars(select(AuditRow).order_by(AuditRow.seq.desc()).limit(1)).one()
        session.expunge(row)
        return row


def test_a_read_of_one_record_names_the_patient_by_pseudonym(gate: Gate) -> None:
    patient = enter(gate, DESK, now=NOW, name="Fern").patient_id
    assert name_of(gate, DESK, patient, now=NOW) == "Fern"
    line = last_line(gate)
    assert (line.event, line.outcome) == ("patient.found", "shown")
    assert line.patient_p == patient_pseudonym(gate.store.vault, patient)
    assert patient not in line.patient_p


def test_a_clinician_sees_the_patients_of_their_care_team_and_no_others(gate: Gate) -> None:
    mine = enter(gate, DESK, now=NOW, name="Fern").patient_id
    other = enter(gate, DESK, now=NOW, name="Moss").patient_id
    reed = clinician(gate, mine)
    assert names(gate, reed, now=NOW) == ("Fern",)
    assert name_of(gate, reed, mine, now=NOW) == "Fern"
    with pytest.raises(NotFound):
        name_of(gate, reed, other, now=NOW)


def test_a_care_team_ends_on_its_day_in_the_practices_zone(gate: Gate) -> None:
    patient = enter(gate, DESK, now=NOW, name="Fern").patient_id
    reed = clinician(gate, patient, until_on=date(2026, 3, 10))
    late_on_the_ninth = datetime(2026, 3, 10, 3, 59, tzinfo=UTC)
    assert names(gate, reed, now=late_on_the_ninth) == ("Fern",)
    assert names(gate, reed, now=datetime(2026, 3, 10, 4, 0, tzinfo=UTC)) == ()


def test_a_role_without_the_permission_sees_nothing_and_is_written_down(gate: Gate) -> None:
    patient = enter(gate, DESK, now=NOW, name="Fern").patient_id
    it = Actor("usr_it", "stf_it", frozenset({Role.IT}))
    with pytest.raises(NotAllowed):
        names(gate, it, now=NOW)
    with pytest.raises(NotFound):
        name_of(gate, it, patient, now=NOW)
    assert (last_line(gate).event, last_line(gate).outcome) == ("action.refused", "refused")


def test_no_audit_line_no_rows(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    patient = enter(gate, DESK, now=NOW, name="Fern").patient_id

    def fails(*_: object) -> int:
        raise OSError("the log cannot be written")

    monkeypatch.setattr(audit, "append", fails)
    monkeypatch.setattr(action.audit, "append", fails)
    with pytest.raises(OSError, match="the log"):
        name_of(gate, DESK, patient, now=NOW)
