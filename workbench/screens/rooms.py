"""The rooms of the offices, and how many appointments are still to come in each. Names no patient."""

from dataclasses import dataclass

from sqlalchemy import func, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.tables import Location
from workbench.scheduling.room_tables import Room
from workbench.scheduling.tables import Appointment, AppointmentStatus


@dataclass(frozen=True)
class RoomShown:
    """A room in use. to_come: how many appointments have not begun."""

    room_id: str
    name: str
    seats: int
    location_id: str
    location_name: str
    to_come: int
    version: int


@dataclass(frozen=True)
class Rooms:
    """All in use, by place and name; places: id and name of those that can have rooms."""

    rooms: tuple[RoomShown, ...] = ()
    places: tuple[tuple[str, str], ...] = ()


@view(Permission.SEE_ROOMS, shows=AuditEvent.ROOMS_SEEN)
def rooms(look: Look) -> Rooms:
    """The rooms and the places."""
    coming = (
        select(Appointment.room_id, func.count().label("count"))
        .where(
            Appointment.room_id.is_not(None), Appointment.status == AppointmentStatus.HELD,
            Appointment.starts_at > look.now,
        )
        .group_by(Appointment.room_id)
        .subquery()
    )  # fmt: skip
    query = (
        select(Room, Location.name, func.coalesce(coming.c.count, 0))
        .join(Location, Location.id == Room.location_id)
        .outerjoin(coming, coming.c.room_id == Room.id)
        .where(Room.retired_at.is_(None))
        .order_by(Location.name, Room.name)
    )
    shown = tuple(
        RoomShown(room.id, room.name, room.seats, room.location_id, place, int(count), room.version)
        for room, place, count in look.execute(query)
    )
    offices = look.execute(
        select(Location.id, Location.name)
        .where(Location.is_telehealth.is_(False), Location.retired_at.is_(None))
        .order_by(Location.name)
    )
    return Rooms(shown, tuple((key, name) for key, name in offices))
