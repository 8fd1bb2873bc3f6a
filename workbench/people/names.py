"""Names of many people at once, opened from their sealed documents without loading the rows."""

from collections.abc import Iterable

from sqlalchemy import select

from workbench.gate.view import Look
from workbench.people.tables import Patient, PatientDetails, Staff, StaffDetails
from workbench.store.vault import PRACTICE


def patients_named(look: Look, patient_ids: Iterable[str]) -> dict[str, PatientDetails]:
    """The details of these patients by id; the caller has judged that they may be shown."""
    wanted = set(patient_ids)
    rows = look.execute(select(Patient.id, Patient.sealed).where(Patient.id.in_(wanted))) if wanted else ()
    return {
        row_id: Patient.details.open_envelope(
            look.vault, table="patients", row_id=row_id, owner=row_id, envelope=sealed
        )
        for row_id, sealed in rows
    }


def staff_named(look: Look, staff_ids: Iterable[str]) -> dict[str, StaffDetails]:
    """The details of these members of staff by id."""
    wanted = set(staff_ids)
    rows = look.execute(select(Staff.id, Staff.sealed).where(Staff.id.in_(wanted))) if wanted else ()
    return {
        row_id: Staff.details.open_envelope(look.vault, table="staff", row_id=row_id, owner=PRACTICE, envelope=sealed)
        for row_id, sealed in rows
    }
