"""Whom a message to several people would reach: by clinician, by day, or both."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.relations import CareTeamMember, not_own_record
from workbench.gate.view import Look, view
from workbench.kernel.time import whole_day
from workbench.messaging.thread_rules import MOST_AT_ONCE, Topic
from workbench.people.names import patients_named
from workbench.people.tables import Patient
from workbench.scheduling.rules import WAITING
from workbench.scheduling.tables import Appointment, Attendance


@dataclass(frozen=True)
class Reached:
    """Somebody who would get it."""

    patient_id: str
    name: str


@view(Permission.ANSWER_MESSAGES, shows=AuditEvent.MESSAGES_SEEN)
def broadcast_preview(look: Look, *, topic: str, clinician_id: str = "", on: date | None = None) -> tuple[Reached, ...]:
    """By name, one more than may be written to at once. on: who is booked that day, with the clinician if one is named;
    else whoever the clinician cares for. Only people whose messages of this topic the actor writes.
    """
    query = select(Patient.id).where(Patient.is_active, not_own_record(look.actor, Patient.id))
    for permission in (look.permission, *((Permission.CLINICAL_MESSAGES,) if topic == Topic.CLINICAL else ())):
        reach = look.reach(permission)
        if reach is not None:
            query = query.where(Patient.id.in_(reach))
    if on is not None:
        query = query.where(Patient.id.in_(_booked(look, on, clinician_id)))
    else:
        query = query.where(Patient.id.in_(select(CareTeamMember.patient_id).where(
            CareTeamMember.staff_id == clinician_id, CareTeamMember.from_on <= look.today,
            CareTeamMember.until_on.is_(None) | (CareTeamMember.until_on > look.today),
        )))  # fmt: skip
    names = patients_named(look, look.scalars(query.limit(MOST_AT_ONCE + 1)))
    look.shown(names)
    return tuple(sorted((Reached(one, who.shown_name) for one, who in names.items()), key=lambda one: one.name))


def _booked(look: Look, on: date, clinician_id: str) -> Select[str]:
    day = whole_day(on, look.zone)
    query = (
        select(Attendance.patient_id)
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .where(Attendance.status.in_(WAITING), Appointment.starts_at >= day.starts_at,
               Appointment.starts_at < day.ends_at)
    )  # fmt: skip
    return query.where(Appointment.clinician_id == clinician_id) if clinician_id else query
