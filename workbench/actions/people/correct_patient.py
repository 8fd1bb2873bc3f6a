"""Correct who somebody is and how to reach them. What the file said before stays."""

from dataclasses import dataclass, fields
from datetime import date

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.queries import keep_tokens, refuse_second_file
from workbench.people.rules import NothingCorrected, checked, same_person
from workbench.people.tables import Patient, PatientDetails, PatientRevision
from workbench.store.newest import next_nth


@dataclass(frozen=True)
class Corrected:
    """The names of what is different now."""

    fields: tuple[str, ...]


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
    was = patient.details
    details = checked(PatientDetails(
        given_name, family_name, born_on, preferred_name, pronouns, sex, phone, email, street, city, state, zip_code,
        zone,
    ), work.today)  # fmt: skip
    changed = tuple(one.name for one in fields(details) if getattr(details, one.name) != getattr(was, one.name))
    if not changed:
        raise NothingCorrected
    if same_person(details) != same_person(was) and not is_somebody_else:
        refuse_second_file(work, details, but=patient.id)
    work.add(PatientRevision(
        patient_id=patient.id, nth=next_nth(work, PatientRevision.nth, PatientRevision.patient_id == patient.id),
        fields=" ".join(changed), changed_at=work.now, changed_by=work.actor.user_id, details=was,
    ))  # fmt: skip
    patient.details = details
    keep_tokens(work, patient.id, details)
    work.flush()
    work.record(AuditEvent.PATIENT_CORRECTED, fields=" ".join(changed))
    return Corrected(changed)
