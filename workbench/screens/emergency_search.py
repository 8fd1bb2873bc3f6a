"""Finding the one patient whose chart is needed in an emergency: by file number, or by exact name and birth date."""

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

MOST = 5


@dataclass(frozen=True)
class EmergencyHit:
    """Somebody who may be meant: just enough to be sure who it is."""

    patient_id: str
    number: int
    name: str
    born_on: date


@view(Permission.FIND_IN_EMERGENCY, shows=AuditEvent.PATIENT_FOUND)
def find_in_emergency(
    look: Look, *, number: int | None = None, given_name: str = "", family_name: str = "", born_on: date | None = None
) -> tuple[EmergencyHit, ...]:
    """Who has this file number, or exactly this name (or chosen name) and birth date. Part of a name finds nobody."""
    query = select(Patient)
    if number is not None:
        query = query.where(Patient.number == number)
    elif given_name.strip() and family_name.strip() and born_on is not None:
        wanted = sought(f"{given_name} {family_name} {born_on.isoformat()}")
        query = query.where(patients_with(look.vault, wanted))
    else:
        return ()
    query = query.where(not_own_record(look.actor, Patient.id))
    rows = look.scalars(query.order_by(Patient.number)).all()
    asked = (_plain(given_name), _plain(family_name), born_on)
    found = [row for row in rows if number is not None or asked in _names(row)][:MOST]
    look.shown(row.id for row in found)
    return tuple(EmergencyHit(row.id, row.number, row.details.shown_name, row.details.born_on) for row in found)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _names(row: Patient) -> tuple[tuple[str, str, date], ...]:
    details = row.details
    given = (details.given_name, details.preferred_name)
    return tuple((_plain(one), _plain(details.family_name), details.born_on) for one in given if one)
