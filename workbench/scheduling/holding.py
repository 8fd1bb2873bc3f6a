"""Holding a clinician's time for one patient. What may be held, and who may, is for the verb that asks."""

from workbench.gate.work import Work
from workbench.kernel.time import Span
from workbench.scheduling.tables import Appointment, Attendance


def hold(
    work: Work, span: Span, *, patient_id: str, clinician_id: str, type_id: str, location_id: str
) -> tuple[Appointment, Attendance]:
    """The appointment and the patient's part in it; the database refuses a time that is held already."""
    appointment = Appointment(
        clinician_id=clinician_id, type_id=type_id, location_id=location_id, starts_at=span.starts_at,
        ends_at=span.ends_at, booked_at=work.now, booked_by=work.actor.user_id,
    )  # fmt: skip
    work.add(appointment)
    work.flush()
    attendance = Attendance(appointment_id=appointment.id, patient_id=patient_id)
    work.add(attendance)
    return appointment, attendance
