"""Correct who somebody is and how to reach them. What the file said before stays."""

from datetime import date

from workbench.actions.people._correcting import Corrected, correct
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Patient, PatientDetails


@action(Permission.CORRECT_PATIENT, on=Patient, refuses={"uq_patient_revisions_nth": StalePage})
def correct_patient(
    work: Work, patient: Patient, *, given_name: str, family_name: str, born_on: date, preferred_name: str = "",
    pronouns: str = "", sex: str = "U", phone: str = "", email: str = "", street: str = "", city: str = "",
    state: str = "", zip_code: str = "", zone: str = "", is_somebody_else: bool = False,
) -> Corrected:  # fmt: skip
    """The whole of the details as they are to be. Consents count for the address they were given for, so a new one has
    none until somebody asks.

    zone: where their clock is another one than the practice's; reminders keep their quiet hours by it.
    is_somebody_else: a person looked, and the file with the same name and birth date is of another person.

    Raises:
        DetailsUnclear: with a sentence by field. AlreadyRegistered. NothingCorrected.
    """
    done = correct(work, patient, PatientDetails(
        given_name, family_name, born_on, preferred_name, pronouns, sex, phone, email, street, city, state, zip_code,
        zone,
    ), is_somebody_else=is_somebody_else)  # fmt: skip
    work.record(AuditEvent.PATIENT_CORRECTED, fields=" ".join(done.fields))
    return done
