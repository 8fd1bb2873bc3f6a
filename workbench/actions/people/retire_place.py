"""Use a place no more."""

from dataclasses import dataclass

from sqlalchemy import func, select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.place_rules import PlaceInUse
from workbench.people.tables import Location
from workbench.scheduling.hours import how_many_are_at
from workbench.scheduling.room_tables import Room
from workbench.scheduling.tables import Appointment, AppointmentStatus


@dataclass(frozen=True)
class PlaceGone:
    """Nothing new can be there; what was stays."""

    location_id: str


@action(Permission.SET_PLACES, on=Location)
def retire_place(work: Work, location: Location) -> PlaceGone:
    """Take it off every list. Retired twice it stays as it is.

    Raises:
        PlaceInUse: appointments are to come there, hours name it, it has rooms, or it is the last one.
    """
    if location.retired_at is None:
        _check_unused(work, location)
        location.retired_at = work.now
    work.flush()
    work.record(AuditEvent.PLACE_RETIRED)
    return PlaceGone(location.id)


def _check_unused(work: Work, location: Location) -> None:
    coming = select(func.count()).where(
        Appointment.location_id == location.id, Appointment.status == AppointmentStatus.HELD,
        Appointment.ends_at > work.now, Appointment.beside_id.is_(None),
    )  # fmt: skip
    if count := int(work.scalar(coming)):
        many = "1 appointment is" if count == 1 else f"{count} appointments are"
        raise PlaceInUse(f"{many} still to come there: move them to another place first")
    if count := how_many_are_at(work, location.id):
        many = "1 clinician" if count == 1 else f"{count} clinicians"
        raise PlaceInUse(f"The hours of {many} name it: say first where they are instead")
    rooms = select(func.count()).where(Room.location_id == location.id, Room.retired_at.is_(None))
    if int(work.scalar(rooms)):
        raise PlaceInUse("It still has rooms: retire them first")
    others = select(func.count()).where(Location.retired_at.is_(None), Location.id != location.id)
    if not int(work.scalar(others)):
        raise PlaceInUse("It is the only place there is: add another one first")
