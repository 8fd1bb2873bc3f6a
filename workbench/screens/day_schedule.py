"""The front desk's day: who comes when, to whom, and what can be done about each."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import func, or_, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import Span, whole_day
from workbench.ledger.rules import PATIENT_ACCOUNTS
from workbench.ledger.tables import LedgerLine
from workbench.people.names import patients_named, staff_named
from workbench.people.tables import Location, Practice, Staff
from workbench.scheduling.rules import offers
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance


@dataclass(frozen=True)
class DayRow:
    """One patient's part in an appointment. `offers`: the verbs that would not be refused now.

    owes: whether the patient's account is open; False too for those who may not see balances.
    The two versions are what the next change has to name: of the attendance (how it went), of the appointment (when).
    """

    attendance_id: str
    appointment_id: str
    patient_id: str
    patient_name: str
    pronouns: str
    clinician_id: str
    type_name: str
    location_id: str
    location_name: str
    is_telehealth: bool
    starts_at: datetime
    ends_at: datetime
    status: str
    offers: frozenset[str]
    owes: bool
    attendance_version: int
    appointment_version: int


@dataclass(frozen=True)
class ClinicianColumn:
    """One clinician's day, in order of time."""

    clinician_id: str
    clinician_name: str
    rows: tuple[DayRow, ...]


@dataclass(frozen=True)
class DaySchedule:
    """One practice day by clinician; clinicians without appointments have empty columns.

    `opens_at` and `closes_at` are the practice's hours on that day.
    """

    on: date
    opens_at: datetime
    closes_at: datetime
    columns: tuple[ClinicianColumn, ...]


@view(Permission.SEE_SCHEDULE, shows=AuditEvent.SCHEDULE_SEEN)
def day_schedule(look: Look, *, on: date, clinician_id: str = "") -> DaySchedule:
    """The appointments of that day within the actor's reach, all clinicians or one; cancelled ones too."""
    rows = _rows(look, on, clinician_id)
    look.shown(row.patient_id for row in rows)
    clinicians = _clinicians(look, on, clinician_id) | {row.clinician_id for row in rows}
    if look.reach() is not None and not clinician_id:
        clinicians = {row.clinician_id for row in rows}
    names = {staff_id: details.shown_name for staff_id, details in staff_named(look, clinicians).items()}
    ordered = sorted(clinicians, key=lambda staff_id: (names[staff_id].casefold(), staff_id))
    columns = (
        ClinicianColumn(staff_id, names[staff_id], tuple(row for row in rows if row.clinician_id == staff_id))
        for staff_id in ordered
    )
    opens_at, closes_at = (
        datetime(on.year, on.month, on.day, hour, tzinfo=look.zone)
        for hour in look.execute(select(Practice.opens_hour, Practice.closes_hour)).one()
    )
    return DaySchedule(on, opens_at.astimezone(UTC), closes_at.astimezone(UTC), tuple(columns))


def _rows(look: Look, on: date, clinician_id: str) -> tuple[DayRow, ...]:
    span = whole_day(on, look.zone)
    query = (
        select(Attendance, Appointment, AppointmentType.name, Location.name, Location.is_telehealth)
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .join(AppointmentType, AppointmentType.id == Appointment.type_id)
        .join(Location, Location.id == Appointment.location_id)
        .where(Appointment.starts_at >= span.starts_at, Appointment.starts_at < span.ends_at)
        .order_by(Appointment.starts_at, Attendance.id)
    )
    if clinician_id:
        query = query.where(Appointment.clinician_id == clinician_id)
    reach = look.reach()
    if reach is not None:
        query = query.where(Attendance.patient_id.in_(reach))
    found = look.execute(query).all()
    attending = {attendance.patient_id for attendance, *_ in found}
    people, owing = patients_named(look, attending), _owing(look, attending)
    return tuple(
        DayRow(
            attendance_id=attendance.id,
            appointment_id=appointment.id,
            patient_id=attendance.patient_id,
            patient_name=people[attendance.patient_id].shown_name,
            pronouns=people[attendance.patient_id].pronouns,
            clinician_id=appointment.clinician_id,
            type_name=type_name,
            location_id=appointment.location_id,
            location_name=location_name,
            is_telehealth=is_telehealth,
            starts_at=appointment.starts_at,
            ends_at=appointment.ends_at,
            status=attendance.status,
            offers=offers(attendance.status, Span(appointment.starts_at, appointment.ends_at), look.now, look.zone),
            owes=attendance.patient_id in owing,
            attendance_version=attendance.version,
            appointment_version=appointment.version,
        )
        for attendance, appointment, type_name, location_name, is_telehealth in found
    )


def _owing(look: Look, patient_ids: set[str]) -> set[str]:
    if not patient_ids or not look.allowed(Permission.SEE_AMOUNT_DUE):
        return set()
    owed = (
        select(LedgerLine.patient_id)
        .where(LedgerLine.patient_id.in_(patient_ids), LedgerLine.account.in_(PATIENT_ACCOUNTS))
        .group_by(LedgerLine.patient_id)
        .having(func.sum(LedgerLine.cents) > 0)
    )
    return set(look.scalars(owed))


def _clinicians(look: Look, on: date, clinician_id: str) -> set[str]:
    working = select(Staff.id).where(
        Staff.is_clinician.is_(True), Staff.started_on <= on, or_(Staff.ended_on.is_(None), Staff.ended_on > on)
    )
    if clinician_id:
        working = working.where(Staff.id == clinician_id)
    return set(look.scalars(working))
