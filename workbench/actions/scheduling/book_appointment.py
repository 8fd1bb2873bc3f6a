"""Book an appointment for one patient."""

from dataclasses import dataclass
from datetime import datetime

from workbench.actions.scheduling._packets import assign_packets, lacks_consent
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.ids import AppointmentId, AttendanceId
from workbench.kernel.time import day_of, utc
from workbench.people.care_team import join_care_team
from workbench.people.places import place_in_use
from workbench.people.rules import check_practising
from workbench.people.tables import Patient, Staff
from workbench.scheduling.holding import attend, hold, reason_to_overlap
from workbench.scheduling.rooms import REFUSES as ROOMS
from workbench.scheduling.rooms import checked_room
from workbench.scheduling.rules import SlotTaken, TypeRetired, booking
from workbench.scheduling.tables import AppointmentType


@dataclass(frozen=True)
class Booked:
    """The new appointment. `joined_care_team`: whether the clinician may open the chart because of this booking.

    lacks_consent: it is by video, and no consent to telehealth holds on its day. It is booked all the same.
    """

    appointment_id: AppointmentId
    attendance_id: AttendanceId
    starts_at: datetime
    ends_at: datetime
    joined_care_team: bool
    lacks_consent: bool = False


@action(Permission.BOOK_APPOINTMENT, on=Patient, refuses={"double_booking": SlotTaken, **ROOMS})
def book_appointment(
    work: Work, patient: Patient, *, clinician_id: str, type_id: str, location_id: str, starts_at: datetime,
    overlap_because: str = "", room_id: str = "",
) -> Booked:  # fmt: skip
    """Hold the clinician's time from `starts_at` for as long as the type takes.

    overlap_because: why it may lie over what the clinician has then; without a reason it never does.

    Raises:
        SlotTaken: the clinician has somebody else then. RoomTaken, RoomElsewhere: the room.
        InThePast, TooFarAhead, TypeRetired, ClinicianGone, NotFound.
        ReasonMissing: the reason to overlap is longer than 200 characters.
        NotOnCareTeam: the clinician is not, and the actor may not assign care teams.
    """
    offered = work.get(AppointmentType, type_id)
    if not offered.is_active:
        raise TypeRetired
    span = booking(utc(starts_at), offered.minutes, work.now)
    clinician = work.get(Staff, clinician_id)
    check_practising(clinician, day_of(span.starts_at, work.zone))
    joined = join_care_team(work, patient, clinician.id)
    because = reason_to_overlap(work, span, clinician.id, overlap_because)
    appointment = hold(
        work, span, clinician_id=clinician.id, type_id=offered.id, location_id=place_in_use(work, location_id).id,
        overlap_because=because, room_id=checked_room(work, room_id, location_id),
    )  # fmt: skip
    attendance = attend(work, appointment.id, patient.id)
    assign_packets(work, patient, appointment)
    work.record(
        AuditEvent.APPOINTMENT_BOOKED, subject=appointment, patient_id=patient.id, clinician_id=clinician.id,
        overlaps=bool(because),
    )  # fmt: skip
    return Booked(
        AppointmentId(appointment.id),
        AttendanceId(attendance.id),
        span.starts_at,
        span.ends_at,
        joined_care_team=joined,
        lacks_consent=lacks_consent(work, appointment, patient.id),
    )
