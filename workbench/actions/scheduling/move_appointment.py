"""Move an appointment to another time, clinician or place."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.ids import AppointmentId
from workbench.kernel.time import day_of, utc
from workbench.people.care_team import join_care_team
from workbench.people.places import place_in_use
from workbench.people.rules import check_practising
from workbench.people.tables import Patient, Staff
from workbench.scheduling.holding import reason_to_overlap
from workbench.scheduling.moves import Elsewhere, put_elsewhere
from workbench.scheduling.rooms import REFUSES as ROOMS
from workbench.scheduling.rooms import checked_room
from workbench.scheduling.rules import SlotTaken, booking, check_waiting, checked_length
from workbench.scheduling.tables import Appointment, Attendance


@dataclass(frozen=True)
class Moved:
    """Where the appointment stands now. `version`: what the next change has to name."""

    appointment_id: AppointmentId
    starts_at: datetime
    ends_at: datetime
    version: int


@action(Permission.MOVE_APPOINTMENT, on=Appointment, refuses={"double_booking": SlotTaken, **ROOMS})
def move_appointment(
    work: Work, appointment: Appointment, *, starts_at: datetime, minutes: int = 0, clinician_id: str = "",
    location_id: str = "", overlap_because: str = "", room_id: str | None = None,
) -> Moved:  # fmt: skip
    """Hold another time; its length, the clinician and the place stay unless others are named.

    overlap_because: why it may lie over what the clinician has there; a reason of before counts no more.
    room_id: another room, "" for none; None keeps the one there is as long as the place stays.

    Raises:
        SlotTaken, RoomTaken, RoomElsewhere, RoomTooSmall, InThePast, TooFarAhead, LengthWrong, ClinicianGone, NotFound.
        CannotBeMoved: somebody has arrived, or it is over.
        NotOnCareTeam: the new clinician is not, and the actor may not assign care teams.
    """
    attendances = work.scalars(select(Attendance).where(Attendance.appointment_id == appointment.id)).all()
    check_waiting(attendance.status for attendance in attendances)
    length = (appointment.ends_at - appointment.starts_at) // timedelta(minutes=1)
    span = booking(utc(starts_at), checked_length(minutes) if minutes else length, work.now)
    clinician = work.get(Staff, clinician_id or appointment.clinician_id)
    location = place_in_use(work, location_id or appointment.location_id)
    check_practising(clinician, day_of(span.starts_at, work.zone))
    for attendance in attendances:
        join_care_team(work, work.get(Patient, attendance.patient_id), clinician.id)
    because = reason_to_overlap(work, span, clinician.id, overlap_because, but=appointment.id)
    if room_id:
        checked_room(work, room_id, location.id, len(attendances))
    put_elsewhere(
        work,
        [Elsewhere(appointment, span, clinician.id, location.id, overlap_because=because, room_id=room_id)],
    )
    work.record(AuditEvent.APPOINTMENT_MOVED, clinician_id=clinician.id, overlaps=bool(because))
    return Moved(AppointmentId(appointment.id), span.starts_at, span.ends_at, appointment.version)
