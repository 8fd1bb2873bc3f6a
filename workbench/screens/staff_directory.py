"""Who works here: names for lists, headers and choices. No health data."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.tables import Staff


@dataclass(frozen=True)
class StaffEntry:
    """One member of staff, working here or not any more."""

    staff_id: str
    name: str
    is_clinician: bool
    is_here: bool


@view(Permission.SEE_STAFF, shows=AuditEvent.STAFF_SEEN)
def staff_directory(look: Look) -> tuple[StaffEntry, ...]:
    """Everybody, by family name."""
    rows = sorted(look.scalars(select(Staff)), key=lambda row: (row.details.family_name, row.details.given_name))
    return tuple(
        StaffEntry(row.id, row.details.shown_name, row.is_clinician, row.ended_on is None or row.ended_on > look.today)
        for row in rows
    )
