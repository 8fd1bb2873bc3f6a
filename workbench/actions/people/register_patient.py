"""Open a file for a new patient."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.ids import PatientId
from workbench.people.care_team import join_care_team
from workbench.people.queries import keep_tokens, refuse_second_file
from workbench.people.rules import check_practising, checked
from workbench.people.tables import Patient, PatientDetails, Practice, Staff

FIRST_NUMBER = 1001


@dataclass(frozen=True)
class Registered:
    """The new file: its id and the number the practice calls it by."""

    patient_id: PatientId
    number: int


@action(Permission.REGISTER_PATIENT)
def register_patient(
    work: Work, *, given_name: str, family_name: str, born_on: date, preferred_name: str = "", pronouns: str = "",
    sex: str = "U", phone: str = "", email: str = "", street: str = "", city: str = "", state: str = "",
    zip_code: str = "", zone: str = "", clinician_id: str = "", is_somebody_else: bool = False,
) -> Registered:  # fmt: skip
    """Register a patient and, if given, put the clinician on the care team.

    is_somebody_else: a person looked, and the file with the same name and birth date is of another person.
    Raises DetailsUnclear (with a sentence by field), AlreadyRegistered or ClinicianGone.
    """
    details = PatientDetails(
        given_name, family_name, born_on, preferred_name, pronouns, sex, phone, email, street, city, state, zip_code,
        zone,
    )  # fmt: skip
    details = checked(details, work.today)
    if not is_somebody_else:
        refuse_second_file(work, details)
    patient = Patient(number=_next_number(work), registered_at=work.now, details=details)
    work.add(patient)
    work.flush()
    keep_tokens(work, patient.id, details)
    work.record(AuditEvent.PATIENT_REGISTERED, subject=patient, number=patient.number)
    if clinician_id:
        clinician = work.get(Staff, clinician_id)
        check_practising(clinician, work.today)
        join_care_team(work, patient, clinician.id)
    return Registered(PatientId(patient.id), patient.number)


def _next_number(work: Work) -> int:
    # On PostgreSQL two desks may register at once: the practice's row is the lock under which numbers are given out.
    work.scalar(select(Practice.id).with_for_update())
    last = work.scalar(select(func.max(Patient.number)))
    return FIRST_NUMBER if last is None else int(last) + 1
