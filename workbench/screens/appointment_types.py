"""The kinds of appointments on offer, and how many of each are still to come. Names no patient."""

from dataclasses import dataclass

from sqlalchemy import func, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.scheduling.tables import Appointment, AppointmentStatus, AppointmentType


@dataclass(frozen=True)
class TypeShown:
    """One on offer. service_code: empty where the time decides. to_come: how many have not begun."""

    type_id: str
    name: str
    minutes: int
    service_code: str
    to_come: int


@view(Permission.SET_APPOINTMENT_TYPES, shows=AuditEvent.APPOINTMENT_TYPES_SEEN)
def appointment_types(look: Look) -> tuple[TypeShown, ...]:
    """All on offer, by name."""
    coming = (
        select(Appointment.type_id, func.count().label("count"))
        .where(Appointment.status == AppointmentStatus.HELD, Appointment.starts_at > look.now,
               Appointment.beside_id.is_(None))
        .group_by(Appointment.type_id)
        .subquery()
    )  # fmt: skip
    query = (
        select(AppointmentType, func.coalesce(coming.c.count, 0))
        .outerjoin(coming, coming.c.type_id == AppointmentType.id)
        .where(AppointmentType.is_active.is_(True))
        .order_by(AppointmentType.name)
    )
    return tuple(
        TypeShown(one.id, one.name, one.minutes, one.service_code, int(count)) for one, count in look.execute(query)
    )
