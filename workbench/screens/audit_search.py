"""Finding the patient about whose record the audit log is asked."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.relations import not_own_record
from workbench.gate.view import Look, view
from workbench.people.queries import patients_with
from workbench.people.rules import sought
from workbench.people.tables import Patient

MOST = 8


@dataclass(frozen=True)
class AuditedPatient:
    """Somebody who may be meant."""

    patient_id: str
    number: int
    name: str
    born_on: date


@view(Permission.FIND_FOR_AUDIT, shows=AuditEvent.PATIENT_FOUND)
def find_for_audit(look: Look, *, query: str) -> tuple[AuditedPatient, ...]:
    """At most eight people by a few letters of a name, a birth date or a file number. What was typed is in no log."""
    wanted = sought(query)
    if wanted.is_nothing:
        return ()
    rows = (
        select(Patient)
        .where(patients_with(look.vault, wanted), not_own_record(look.actor, Patient.id))
        .order_by(Patient.number.desc())
        .limit(MOST)
    )
    found = look.scalars(rows).all()
    look.shown(row.id for row in found)
    return tuple(AuditedPatient(row.id, row.number, row.details.shown_name, row.details.born_on) for row in found)
