"""Who is in care and has no appointment to come: whoever drops out is seldom missed on the day it happens."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.names import patients_named
from workbench.people.tables import Patient
from workbench.screens.measure_plans import care_of


@dataclass(frozen=True)
class NothingBooked:
    """One person in care. last_on: when they were seen last; days: since then."""

    patient_id: str
    patient_name: str
    last_on: date
    days: int


@view(Permission.SEE_CASELOAD, shows=AuditEvent.NOTHING_BOOKED_SEEN)
def nothing_booked(look: Look) -> tuple[NothingBooked, ...]:
    """The people within reach whose treatment is going on and who are not expected, the longest unseen first."""
    reach = look.reach()
    everybody = select(Patient.id) if reach is None else select(Patient.id).where(Patient.id.in_(reach))
    cares = care_of(look, list(look.scalars(everybody)))
    last = {
        one: care.last for one, care in cares.items()
        if care.last is not None and care.coming is None and care.is_going_on(look.today)
    }  # fmt: skip
    names = patients_named(look, last)
    look.shown(names)
    lines = [
        NothingBooked(one, details.shown_name, last[one], (look.today - last[one]).days)
        for one, details in names.items()
    ]
    return tuple(sorted(lines, key=lambda one: (one.last_on, one.patient_name)))
