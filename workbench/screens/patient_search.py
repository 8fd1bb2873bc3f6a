"""Finding a patient by a few letters of a name, a birth date, a file number or a phone number."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.relations import not_own_record
from workbench.gate.view import Look, view
from workbench.people.queries import patients_with
from workbench.people.rules import Sought, sought
from workbench.people.tables import Patient

MOST = 20
# Opened and put in order of name before the first twenty are shown; beyond that, typing more is faster than reading.
_MOST_OPENED = 200


@dataclass(frozen=True)
class PatientHit:
    """Somebody who may be meant, with what tells namesakes apart."""

    patient_id: str
    number: int
    name: str
    pronouns: str
    born_on: date
    is_active: bool


@view(Permission.SEARCH_PATIENTS, shows=AuditEvent.PATIENT_FOUND)
def search_patients(look: Look, *, query: str) -> tuple[PatientHit, ...]:
    """At most twenty people within reach, in order of name; names that sound alike when none begins alike.

    What was typed is a name: it is in no log, and the audit line says only how many were shown.
    """
    hits = _found(look, sought(query)) or _found(look, sought(query, by_sound=True))
    look.shown(hit.patient_id for hit in hits)
    return hits


def _found(look: Look, wanted: Sought) -> tuple[PatientHit, ...]:
    if wanted.is_nothing:
        return ()
    rows = select(Patient.id, Patient.number, Patient.is_active, Patient.sealed).where(
        patients_with(look.vault, wanted)
    )
    reach = look.reach()
    if reach is not None:
        rows = rows.where(Patient.id.in_(reach))
    rows = rows.where(not_own_record(look.actor, Patient.id))
    rows = rows.order_by(Patient.is_active.desc(), Patient.number.desc()).limit(_MOST_OPENED)
    hits = [hit_of(look, *row) for row in look.execute(rows)]
    return tuple(sorted(hits, key=lambda hit: (not hit.is_active, hit.name.casefold(), hit.number))[:MOST])


def hit_of(look: Look, patient_id: str, number: int, is_active: bool, sealed: bytes) -> PatientHit:
    """Somebody from the columns of their row; the caller has judged that they may be shown."""
    details = Patient.details.open_envelope(
        look.vault, table="patients", row_id=patient_id, owner=patient_id, envelope=sealed
    )
    return PatientHit(patient_id, number, details.shown_name, details.pronouns, details.born_on, is_active)
