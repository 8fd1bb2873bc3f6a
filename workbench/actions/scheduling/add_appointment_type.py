"""Offer a kind of appointment."""

from dataclasses import dataclass

from sqlalchemy import func, select

from workbench.billing.missed import carry_service_terms
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.scheduling.own_bookings import keep_rule, rules_of
from workbench.scheduling.tables import AppointmentType
from workbench.scheduling.types import TypeWrong, checked_type


class TypeThere(TypeWrong):
    """One of this name is offered."""

    def __init__(self) -> None:
        super().__init__(
            "One of this name is offered already. Choose another name, or retire the other one first.", "name"
        )


class NothingDifferent(WorkbenchError):
    """The new one would be the old one."""

    def __init__(self) -> None:
        super().__init__("Nothing is different.")


@dataclass(frozen=True)
class TypeAdded:
    """It can be booked."""

    type_id: str


@action(Permission.SET_APPOINTMENT_TYPES)
def add_appointment_type(
    work: Work, *, name: str, minutes: int, service_code: str = "", instead_of: str = ""
) -> TypeAdded:
    """It can be booked from now on.

    instead_of: the one it stands for from now on, which is retired with it: what was booked keeps its length and code.
    What it cost to miss the old one, it costs to miss the new one, and what people may book by themselves stays the
    same.

    Raises:
        TypeWrong: with the field. TypeThere. NothingDifferent. NotFound.
    """
    told, length, code = checked_type(name, minutes, service_code)
    old = work.get(AppointmentType, instead_of) if instead_of else None
    if old is not None and (old.name, old.minutes, old.service_code) == (told, length, code):
        raise NothingDifferent
    same = (func.lower(AppointmentType.name) == told.lower()) & (AppointmentType.id != instead_of)
    if work.scalar(select(AppointmentType.id).where(same, AppointmentType.is_active.is_(True))) is not None:
        raise TypeThere
    if old is not None:
        old.is_active = False
    offered = AppointmentType(name=told, minutes=length, service_code=code)
    work.add(offered)
    work.flush()
    if old is not None:
        carry_service_terms(work, old.id, offered.id)
    for _, rule in rules_of(work, [instead_of]).values():
        keep_rule(work, offered.id, rule)
    work.record(
        AuditEvent.APPOINTMENT_TYPE_ADDED, subject=offered, minutes=length, service_code=code, instead_of=instead_of
    )
    return TypeAdded(offered.id)
