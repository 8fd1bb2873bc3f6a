"""Use a room no more."""

from dataclasses import dataclass

from sqlalchemy import func, select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.scheduling.room_tables import Room
from workbench.scheduling.tables import Appointment, AppointmentStatus


class RoomInUse(WorkbenchError):
    """Somebody is to come to it."""

    def __init__(self, count: int) -> None:
        many = "1 appointment is" if count == 1 else f"{count} appointments are"
        super().__init__(f"{many} still to come in this room. Move them to another one first.")


@dataclass(frozen=True)
class RoomRetired:
    """Nothing is booked into it any more; what was stays."""

    room_id: str


@action(Permission.SET_ROOMS, on=Room)
def retire_room(work: Work, room: Room) -> RoomRetired:
    """Take it off the list of rooms. Retired twice it stays as it is.

    Raises:
        RoomInUse: appointments are to come there.
    """
    coming = select(func.count()).where(
        Appointment.room_id == room.id, Appointment.status == AppointmentStatus.HELD, Appointment.starts_at > work.now
    )
    if count := int(work.scalar(coming)):
        raise RoomInUse(count)
    if room.retired_at is None:
        room.retired_at, room.retired_by = work.now, work.actor.user_id
    work.flush()
    work.record(AuditEvent.ROOM_RETIRED)
    return RoomRetired(room.id)
