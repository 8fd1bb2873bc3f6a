"""Whose files somebody opened last, for an empty search. What they opened is what the log says they were shown."""

from typing import Final

from sqlalchemy import select

from workbench.gate.audit import AuditRow
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.relations import not_own_record
from workbench.gate.view import Look, view
from workbench.people.tables import Patient
from workbench.screens.patient_search import PatientHit, hit_of

MOST: Final = 6
_LOOKED_BACK: Final = 400
"""Openings among which the last six files are looked for."""
_OPENS: Final = (AuditEvent.PATIENT_SEEN, AuditEvent.CHART_SEEN)


@view(Permission.SEARCH_PATIENTS, shows=AuditEvent.OPENED_LAST_SEEN)
def opened_last(look: Look) -> tuple[PatientHit, ...]:
    """At most six, the last first. Who is out of reach by now is left out, whoever opened them before."""
    opened = (
        select(AuditRow.subject_id)
        .where(AuditRow.actor_id == look.actor.user_id, AuditRow.event.in_(_OPENS), AuditRow.outcome == "shown",
               AuditRow.subject_type == Patient.__tablename__)
        .order_by(AuditRow.seq.desc())
        .limit(_LOOKED_BACK)
    )  # fmt: skip
    last = list(dict.fromkeys(look.scalars(opened)))
    rows = select(Patient.id, Patient.number, Patient.is_active, Patient.sealed).where(
        Patient.id.in_(last), not_own_record(look.actor, Patient.id)
    )
    reach = look.reach()
    if reach is not None:
        rows = rows.where(Patient.id.in_(reach))
    within = {row.id: row for row in look.execute(rows)}
    hits = tuple(hit_of(look, *within[one]) for one in [one for one in last if one in within][:MOST])
    look.shown(hit.patient_id for hit in hits)
    return hits
