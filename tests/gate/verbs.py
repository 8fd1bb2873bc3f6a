"""Small verbs of the tests' own, so that the gate is tested apart from any practice rule."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from workbench.gate.action import ACTIONS, action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import VIEWS, Look, view
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.people.tables import Patient, PatientDetails


class TestRefusal(WorkbenchError):
    """A rule said no."""

    __test__ = False


class NumberTaken(WorkbenchError):
    """The database said no."""


@dataclass(frozen=True)
class Registered:
    patient_id: str
    number: int


def _patient(work: Work, name: str, number: int | None) -> Patient:
    number = number or 1 + (work.scalar(select(func.max(Patient.number))) or 0)
    return Patient(number=number, registered_at=work.now, details=PatientDetails(name, "Synthetic", date(1990, 1, 1)))


@action(Permission.REGISTER_PATIENT, refuses={"patients_number": NumberTaken, "patients.number": NumberTaken})
def enter(work: Work, *, name: str, number: int | None = None, refuse: bool = False) -> Registered:
    patient = _patient(work, name, number)
    work.add(patient)
    work.record(AuditEvent.PATIENT_REGISTERED, subject=patient)
    work.later(kind="greet", key=f"greet {patient.number}", payload={"patient": patient.id})
    work.flush()
    if refuse:
        raise TestRefusal("Not today.")
    return Registered(patient.id, patient.number)


@action(Permission.REGISTER_PATIENT)
def enter_silently(work: Work, *, name: str) -> Registered:
    patient = _patient(work, name, None)
    work.add(patient)
    return Registered(patient.id, 0)


@action(Permission.REGISTER_PATIENT, on=Patient)
def rename(work: Work, patient: Patient, *, name: str) -> Registered:
    patient.details = PatientDetails(name, "Synthetic", date(1990, 1, 1))
    work.record(AuditEvent.PATIENT_REGISTERED)
    return Registered(patient.id, patient.number)


@view(Permission.SEE_CONTACT, shows=AuditEvent.PATIENT_FOUND, on=Patient)
def name_of(look: Look, patient: Patient) -> str:
    look.shown(patient.id)
    return patient.details.given_name


@view(Permission.SEE_CONTACT, shows=AuditEvent.PATIENT_FOUND)
def names(look: Look) -> tuple[str, ...]:
    query, reach = select(Patient).order_by(Patient.number), look.reach()
    rows = look.scalars(query if reach is None else query.where(Patient.id.in_(reach))).all()
    look.shown(row.id for row in rows)
    return tuple(row.details.given_name for row in rows)


for _verb in (enter, enter_silently, rename):
    del ACTIONS[_verb.__name__]
for _read in (name_of, names):
    del VIEWS[_read.__name__]
