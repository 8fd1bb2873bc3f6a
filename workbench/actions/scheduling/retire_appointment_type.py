"""Offer a kind of appointment no more."""

from dataclasses import dataclass

from sqlalchemy import func, select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.scheduling.tables import AppointmentType


class LastType(WorkbenchError):
    """Without one nothing could be booked."""

    def __init__(self) -> None:
        super().__init__("This is the last kind of appointment. Offer another one first.")


@dataclass(frozen=True)
class TypeRetired:
    """Nothing new is booked of it; what was booked stays and keeps its code."""

    type_id: str


@action(Permission.SET_APPOINTMENT_TYPES, on=AppointmentType)
def retire_appointment_type(work: Work, offered: AppointmentType) -> TypeRetired:
    """Take it off the list. Retired twice it stays as it is.

    Raises:
        LastType: it is the only one.
    """
    others = select(func.count()).where(AppointmentType.is_active.is_(True), AppointmentType.id != offered.id)
    if offered.is_active and not work.scalar(others):
        raise LastType
    offered.is_active = False
    work.flush()
    work.record(AuditEvent.APPOINTMENT_TYPE_RETIRED)
    return TypeRetired(offered.id)
