"""Plan the reminders of one patient's part in an appointment, once for each start it ever has."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.consents import address_of, may_write_to
from workbench.messaging.how import how_now
from workbench.messaging.reminder_rules import due_at, windows_for
from workbench.messaging.tables import Channel, Reminder
from workbench.people.rules import zone_of
from workbench.people.tables import Location, Patient
from workbench.scheduling.tables import Appointment, Attendance


@dataclass(frozen=True)
class RemindersPlanned:
    """How many will go out; those that were planned before are not counted."""

    count: int


@action(Permission.PLAN_REMINDERS, on=Attendance)
def plan_reminders(work: Work, attendance: Attendance) -> RemindersPlanned:
    """A row for each window still to come and each way they said yes to; if to none, for mail, so that they are called.

    Quiet hours and weekends are those of the patient's clock. Whether it may go out is looked at again when it is sent.
    """
    appointment = work.get(Appointment, attendance.appointment_id)
    location, how = work.get(Location, appointment.location_id), how_now(work)
    there = {(window, channel) for window, channel in work.execute(select(Reminder.window, Reminder.channel).where(
        Reminder.attendance_id == attendance.id, Reminder.starts_at == appointment.starts_at
    ))}  # fmt: skip
    patient = work.get(Patient, attendance.patient_id)
    planned, ways, zone = 0, _ways(work, patient), zone_of(patient.details, work.zone)
    known_at = max(appointment.booked_at, work.now)  # what lies behind is not made up for
    for window in windows_for(appointment.starts_at, appointment.booked_at, is_telehealth=location.is_telehealth):
        at = due_at(appointment.starts_at, window, how.hours, zone)
        if at is None or at < known_at:
            continue
        for channel in (one for one in ways if (window, one) not in there):
            work.add(Reminder(
                attendance_id=attendance.id, patient_id=attendance.patient_id, window=window, channel=channel,
                starts_at=appointment.starts_at, due_at=at, changed_at=work.now,
            ))  # fmt: skip
            planned += 1
    work.flush()
    work.record(AuditEvent.REMINDERS_PLANNED, count=planned)
    return RemindersPlanned(planned)


def _ways(work: Work, patient: Patient) -> tuple[Channel, ...]:
    agreed = tuple(
        one for one in Channel if not may_write_to(work, patient.id, one, address_of(patient.details, one))
    )  # fmt: skip
    return agreed or (Channel.EMAIL,)
