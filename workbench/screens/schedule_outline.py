"""The schedule as owners and billers need it: who sees how many, what is to be billed, and nothing of why.

Columns are queried, not hidden: the type of a visit and the pronouns of its patient are never asked for, and names only
for whoever may see them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import whole_day
from workbench.people.names import patients_named, staff_named
from workbench.people.tables import Location
from workbench.scheduling.rules import ENDED
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance, AttendanceStatus

MOST_DAYS = 31


@dataclass(frozen=True)
class OutlineRow:
    """One patient's part in an appointment. patient: their name, "" for whoever may not see names."""

    starts_at: datetime
    minutes: int
    clinician: str
    place: str
    service_code: str
    status: str
    patient_id: str
    patient: str


@dataclass(frozen=True)
class ClinicianOutline:
    """One clinician's days in numbers: held or to come, cancelled, not come to, and the minutes of the first."""

    clinician: str
    held: int
    cancelled: int
    no_shows: int
    minutes: int


@dataclass(frozen=True)
class Outline:
    """The practice days from `from_on` on. Without names there are no rows: a time and a code would be a person's."""

    from_on: date
    days: int
    shows_names: bool
    rows: tuple[OutlineRow, ...] = ()
    clinicians: tuple[ClinicianOutline, ...] = ()


@view(Permission.SEE_SCHEDULE_OUTLINE, shows=AuditEvent.SCHEDULE_SEEN)
def schedule_outline(look: Look, *, from_on: date, days: int = 7) -> Outline:
    """So many days (31 at most) of everybody's schedule, by the minimum each role needs (45 CFR 164.502(b))."""
    days = min(max(days, 1), MOST_DAYS)
    counts = _counts(look, from_on, days)
    if not look.allowed(Permission.SEE_CONTACT):
        return Outline(from_on, days, shows_names=False, clinicians=counts)
    rows = _rows(look, from_on, days)
    look.shown(row.patient_id for row in rows)
    return Outline(from_on, days, shows_names=True, rows=rows, clinicians=counts)


def _counts(look: Look, from_on: date, days: int) -> tuple[ClinicianOutline, ...]:
    columns = (Appointment.clinician_id, Appointment.id, Attendance.status, Appointment.starts_at, Appointment.ends_at)
    seen: dict[str, list[tuple[str, str, int]]] = {}
    for clinician_id, appointment_id, status, starts_at, ends_at in look.execute(
        _within(look, select(*columns), from_on, days)
    ):
        seen.setdefault(clinician_id, []).append((appointment_id, status, _minutes(starts_at, ends_at)))
    names = _names(look, seen)
    found = (_of_one(names[clinician_id], visits) for clinician_id, visits in seen.items())
    return tuple(sorted(found, key=lambda one: one.clinician.casefold()))


def _of_one(clinician: str, visits: Iterable[tuple[str, str, int]]) -> ClinicianOutline:
    held, cancelled, no_shows = 0, 0, 0
    minutes: dict[str, int] = {}
    for appointment_id, status, lasts in visits:
        if status == AttendanceStatus.NO_SHOW:
            no_shows += 1
        elif status in ENDED:
            cancelled += 1
        else:
            held += 1
            minutes[appointment_id] = lasts  # however many come, the time is one
    return ClinicianOutline(clinician, held, cancelled, no_shows, sum(minutes.values()))


def _rows(look: Look, from_on: date, days: int) -> tuple[OutlineRow, ...]:
    columns = (Attendance.patient_id, Attendance.status, Appointment.starts_at, Appointment.ends_at,
               Appointment.clinician_id, Location.name, AppointmentType.service_code)  # fmt: skip
    query = (
        _within(look, select(*columns), from_on, days)
        .join(Location, Location.id == Appointment.location_id)
        .join(AppointmentType, AppointmentType.id == Appointment.type_id)
        .order_by(Appointment.starts_at, Attendance.id)
    )
    found = look.execute(query).all()
    names, people = _names(look, {one[4] for one in found}), patients_named(look, {one[0] for one in found})
    return tuple(
        OutlineRow(starts, _minutes(starts, ends), names[by], place, code, status, one, people[one].shown_name)
        for one, status, starts, ends, by, place, code in found
    )


def _within(look: Look, query, from_on: date, days: int):  # type: ignore[no-untyped-def]
    first, after = whole_day(from_on, look.zone), whole_day(from_on + timedelta(days=days), look.zone)
    return (
        query.select_from(Attendance)
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .where(Appointment.starts_at >= first.starts_at, Appointment.starts_at < after.starts_at)
    )


def _names(look: Look, clinicians: Iterable[str]) -> Mapping[str, str]:
    return {staff_id: details.shown_name for staff_id, details in staff_named(look, clinicians).items()}


def _minutes(starts_at: datetime, ends_at: datetime) -> int:
    return int((ends_at - starts_at).total_seconds()) // 60
