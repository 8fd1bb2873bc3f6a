"""Add a room to an office."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.places import place_in_use
from workbench.scheduling.room_tables import Room
from workbench.scheduling.rooms import RoomWrong, checked_name, checked_seats


class RoomThere(RoomWrong):
    """A room of this place has the name, or had it."""

    def __init__(self) -> None:
        super().__init__("A room of this place has this name already, or had it. Choose another one.", "name")


@dataclass(frozen=True)
class RoomAdded:
    """Appointments can be booked into it."""

    room_id: str


@action(Permission.SET_ROOMS, refuses={"uq_rooms_name": RoomThere, "rooms.location_id": RoomThere})
def add_room(work: Work, *, location_id: str, name: str, seats: int) -> RoomAdded:
    """A room with a name of its own at its place.

    Raises:
        RoomWrong: the name, the seats, or the place is none to come to. RoomThere, NotFound.
    """
    location = place_in_use(work, location_id)
    if location.is_telehealth:
        raise RoomWrong("Nobody comes to this place, so it has no rooms.", "location_id")
    room = Room(
        location_id=location.id, name=checked_name(name), seats=checked_seats(seats), made_at=work.now,
        made_by=work.actor.user_id,
    )  # fmt: skip
    work.add(room)
    work.flush()
    work.record(AuditEvent.ROOM_ADDED, subject=room, location_id=location.id, seats=seats)
    return RoomAdded(room.id)
