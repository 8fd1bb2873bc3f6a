"""The times that people in care asked for and nobody has answered, and how many there are."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select

from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.policy import patients_within_reach
from workbench.gate.relations import Moment
from workbench.gate.view import Look, view
from workbench.kernel.time import day_of
from workbench.people.names import patients_named, staff_named
from workbench.people.tables import Location
from workbench.scheduling.own_tables import OwnBooking
from workbench.scheduling.self_booking import BookingAnswer, DeclinedWhy
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance

__all__ = ["BookingRequest", "DeclinedWhy", "booking_requests", "requests_waiting"]


@dataclass(frozen=True)
class BookingRequest:
    """One of them. lapses_at: after that the time is free again by itself."""

    booking_id: str
    version: int
    patient_id: str
    name: str
    phone: str
    type_name: str
    clinician_name: str
    location_name: str
    starts_at: datetime
    ends_at: datetime
    asked_at: datetime
    lapses_at: datetime


@view(Permission.ANSWER_REQUEST, shows=AuditEvent.BOOKING_REQUESTS_SEEN)
def booking_requests(look: Look) -> tuple[BookingRequest, ...]:
    """Those within reach, the one that lapses first first."""
    query = (
        select(OwnBooking, Appointment, AppointmentType.name, Location.name)
        .join(Attendance, Attendance.id == OwnBooking.attendance_id)
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .join(AppointmentType, AppointmentType.id == Appointment.type_id)
        .join(Location, Location.id == Appointment.location_id)
        .where(*_unanswered(look.now, look.reach()))
        .order_by(OwnBooking.lapses_at, OwnBooking.id)
    )
    found = look.execute(query).all()
    people = patients_named(look, {booking.patient_id for booking, *_ in found})
    staff = staff_named(look, {appointment.clinician_id for _, appointment, *_ in found})
    look.shown(people)
    return tuple(
        BookingRequest(
            booking.id, booking.version, booking.patient_id, people[booking.patient_id].shown_name,
            people[booking.patient_id].phone, kind, staff[appointment.clinician_id].shown_name, place,
            appointment.starts_at, appointment.ends_at, booking.asked_at, booking.lapses_at,
        )
        for booking, appointment, kind, place in found
    )  # fmt: skip


def requests_waiting(gate: Gate, actor: Actor, *, now: datetime) -> int:
    """How many, for the rail. A count, no names."""
    reach = patients_within_reach(Permission.ANSWER_REQUEST, actor, Moment(now, day_of(now, gate.zone)))
    with gate.store.reading() as session:
        query = select(func.count()).select_from(OwnBooking).where(*_unanswered(now, reach))
        return int(session.scalar(query) or 0)


def _unanswered(now: datetime, reach: "Select[str] | None") -> tuple[ColumnElement[bool], ...]:
    waits = (OwnBooking.answer == BookingAnswer.NONE, OwnBooking.lapses_at > now)
    return waits if reach is None else (*waits, OwnBooking.patient_id.in_(reach))
