"""Holding a clinician's time, and who attends. What may be held, and who may, is for the verb that asks."""

from sqlalchemy import select

from workbench.gate.work import Work
from workbench.kernel.time import Span
from workbench.scheduling.held import held_within
from workbench.scheduling.rules import checked_reason
from workbench.scheduling.tables import Appointment, Attendance, AttendanceStatus


def hold(
    work: Work, span: Span, *, clinician_id: str, type_id: str, location_id: str, overlap_because: str = "",
    group_id: str | None = None, beside_id: str | None = None, room_id: str | None = None,
) -> Appointment:  # fmt: skip
    """The clinician's time; the database refuses one that is held, but for a reason. Nobody attends it yet.

    group_id: who comes together. beside_id: the appointment that is led with another.
    """
    appointment = Appointment(
        clinician_id=clinician_id, type_id=type_id, location_id=location_id, starts_at=span.starts_at,
        ends_at=span.ends_at, booked_at=work.now, booked_by=work.actor.user_id, overlap_because=overlap_because,
        group_id=group_id, beside_id=beside_id, room_id=room_id,
    )  # fmt: skip
    work.add(appointment)
    work.flush()
    return appointment


def attend(
    work: Work, appointment_id: str, patient_id: str, status: AttendanceStatus = AttendanceStatus.BOOKED
) -> Attendance:
    """A patient's part in it."""
    attendance = Attendance(appointment_id=appointment_id, patient_id=patient_id, status=status)
    work.add(attendance)
    return attendance


def reason_to_overlap(work: Work, span: Span, clinician_id: str, typed: str, *, but: str = "") -> str:
    """The reason as it is kept: "" where none was given, or where nothing else is held then and none is needed.

    but: the appointment that is moved and so does not stand in its own way.

    Raises:
        ReasonMissing: it is longer than 200 characters.
    """
    if not typed.strip():
        return ""
    held = select(Appointment.id).where(
        Appointment.clinician_id == clinician_id, Appointment.id != but, held_within(span)
    )
    return checked_reason(typed) if work.scalar(held.limit(1)) else ""
