"""What an appointment repeats: its series, how often it comes, and what of it is still to come."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.scheduling.recurrence import in_words
from workbench.scheduling.series import still_to_come
from workbench.scheduling.tables import Appointment, AppointmentSeries, Attendance, SeriesPlace


@dataclass(frozen=True)
class SeriesOf:
    """The series of one appointment. `on`: the day the series gave it; `rest`: when it and what follows it begin.

    rest_on: the days the series gave those, wherever they were moved since.
    series_id is "" where the appointment does not repeat. says: such as “every 2 weeks, 10 times”.
    """

    series_id: str = ""
    on: date = date.min
    says: str = ""
    rest: tuple[datetime, ...] = ()
    rest_on: tuple[date, ...] = ()


@view(Permission.SEE_SCHEDULE, shows=AuditEvent.SCHEDULE_SEEN, on=Appointment)
def series_of(look: Look, appointment: Appointment) -> SeriesOf:
    """The series, or an empty answer for an appointment by itself."""
    place: SeriesPlace | None = look.scalar(select(SeriesPlace).where(SeriesPlace.appointment_id == appointment.id))
    if place is None:
        return SeriesOf()
    series = look.get(AppointmentSeries, place.series_id)
    look.shown(look.scalars(select(Attendance.patient_id).where(Attendance.appointment_id == appointment.id)))
    rest = still_to_come(look, series.id, place.series_on)
    starts = tuple(one.appointment.starts_at for one in rest)
    return SeriesOf(series.id, place.series_on, in_words(series.rule), starts, tuple(one.on for one in rest))
