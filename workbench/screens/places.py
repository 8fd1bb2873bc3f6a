"""The places of the practice: what each is, and what hangs on it. Names no patient."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.place_rules import CODES, PlaceDetails, PlaceKind
from workbench.people.places import details_of
from workbench.people.rules import ZONES
from workbench.people.tables import Location
from workbench.scheduling.room_tables import Room
from workbench.scheduling.tables import Appointment, AppointmentStatus

__all__ = ["CODES", "ZONES", "PlaceDetails", "PlaceKind", "PlaceShown", "places"]


@dataclass(frozen=True)
class PlaceShown:
    """A place in use. to_come: how many appointments have not begun; rooms: how many it has."""

    location_id: str
    details: PlaceDetails
    to_come: int
    rooms: int
    version: int


@view(Permission.SET_PLACES, shows=AuditEvent.PLACES_SEEN)
def places(look: Look) -> tuple[PlaceShown, ...]:
    """All in use, those people come to first, by name."""
    found = look.scalars(select(Location).where(Location.retired_at.is_(None))).all()
    coming = select(Appointment.location_id, func.count()).where(
        Appointment.status == AppointmentStatus.HELD, Appointment.starts_at > look.now, Appointment.beside_id.is_(None)
    )
    to_come = Counter(dict(look.execute(coming.group_by(Appointment.location_id)).all()))
    with_rooms = select(Room.location_id, func.count()).where(Room.retired_at.is_(None)).group_by(Room.location_id)
    rooms, said = Counter(dict(look.execute(with_rooms).all())), details_of(look, found)
    return tuple(
        PlaceShown(one.id, said[one.id], to_come[one.id], rooms[one.id], one.version)
        for one in sorted(found, key=lambda one: (one.is_telehealth, one.name.casefold(), one.id))
    )
