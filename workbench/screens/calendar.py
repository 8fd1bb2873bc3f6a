"""The calendar: who comes when, to whom and where, what can be done about each, and what may still be taken back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from workbench.charting.tables import Note
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import Span, day_of, whole_day
from workbench.ledger.rules import PATIENT_ACCOUNTS
from workbench.ledger.tables import LedgerLine
from workbench.people.names import patients_named, staff_named
from workbench.people.tables import Location, PatientDetails, Practice, Staff
from workbench.scheduling.group_tables import PatientGroup
from workbench.scheduling.hours import hours_of
from workbench.scheduling.rules import ENDED, offers
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance, SeriesPlace
from workbench.screens.groups import titled
from workbench.screens.open_slots import usual_hours
from workbench.screens.undoable import Undoable, undoable

MOST_DAYS = 42
"""A month with the weeks it begins and ends in."""
_Beside = aliased(Appointment)
AnyQuery = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class CalendarRow:
    """One patient's part in an appointment. `offers`: the verbs that would not be refused now.

    owes: whether the patient's account is open; False too for those who may not see balances.
    repeats: whether it is of a series. overlap_because: why it lies over another of the clinician; "" if it does not.
    note: `draft` or `locked`, `missing` where none is begun; "" for those who may not read charts.
    group_id, group_title: who comes together, of a session of several; beside: the ids of who leads it beside the
    first.
    their_zone: where the patient's clock is another one than the practice's.
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
    repeats: bool
    attendance_version: int
    appointment_version: int
    overlap_because: str = ""
    note: str = ""
    group_id: str = ""
    group_title: str = ""
    their_zone: str = ""
    beside: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Whose session it is: the patient's, or the couple's, family's or group's."""
        return self.group_title or self.patient_name

    @property
    def leaders(self) -> tuple[str, ...]:
        """The ids of all whose time it takes, the first first."""
        return (self.clinician_id, *self.beside)


@dataclass(frozen=True)
class Calendar:
    """The practice days from `from_on` on. Hours are of the practice's wall clock, 0 to 24.

    clinicians: id and name of all who work on one of these days, by name; rows: by time, cancelled ones too.
    hours: from and until when somebody can be seen by a clinician on a day; nothing where there is no such time.
    """

    from_on: date
    days: int
    opens_hour: int = 8
    closes_hour: int = 18
    clinicians: tuple[tuple[str, str], ...] = ()
    rows: tuple[CalendarRow, ...] = ()
    hours: Mapping[tuple[str, date], tuple[tuple[datetime, datetime], ...]] = field(default_factory=dict)
    undo: Undoable | None = None

    def clinician(self, clinician_id: str) -> str:
        """Their name."""
        return dict(self.clinicians).get(clinician_id, "")


@dataclass(frozen=True)
class CalendarCounts:
    """How many attend on each day that has any, and how many cancelled: nobody by name."""

    days: Mapping[date, tuple[int, int]]
    clinicians: tuple[tuple[str, str], ...]
    undo: Undoable | None


@view(Permission.SEE_SCHEDULE, shows=AuditEvent.SCHEDULE_SEEN)
def calendar(look: Look, *, from_on: date, days: int = 1, clinician_id: str = "") -> Calendar:
    """The appointments of so many days (42 at most) within the actor's reach, of all clinicians or one."""
    days = min(max(days, 1), MOST_DAYS)
    rows = calendar_rows(look, from_on, days, clinician_id)
    look.shown(row.patient_id for row in rows)
    seen = _working(look, from_on, days) | {leader for row in rows for leader in row.leaders}
    opens, closes = look.execute(select(Practice.opens_hour, Practice.closes_hour)).one()
    return Calendar(
        from_on, days, opens, closes, _named(look, seen), rows, _hours(look, seen, from_on, days), undoable(look)
    )


@view(Permission.SEE_SCHEDULE, shows=AuditEvent.SCHEDULE_SEEN)
def calendar_counts(look: Look, *, from_on: date, days: int, clinician_id: str = "") -> CalendarCounts:
    """The same days in numbers, so that a month is cheap and shows nobody."""
    days = min(max(days, 1), MOST_DAYS)
    columns = (Appointment.starts_at, Attendance.status, Appointment.clinician_id)
    query = _within(look, select(*columns).select_from(Attendance), from_on, days, clinician_id)
    counts: dict[date, tuple[int, int]] = {}
    seen = _working(look, from_on, days)
    for starts_at, status, by in look.execute(query):
        on = day_of(starts_at, look.zone)
        held, off = counts.get(on, (0, 0))
        counts[on] = (held, off + 1) if status in ENDED else (held + 1, off)
        seen.add(by)
    return CalendarCounts(counts, _named(look, seen), undoable(look))


def _hours(
    look: Look, clinicians: set[str], from_on: date, days: int
) -> dict[tuple[str, date], tuple[tuple[datetime, datetime], ...]]:
    hours = hours_of(look, clinicians, from_on, days, usual=usual_hours(look))
    found = {
        (clinician_id, on): hours.open(clinician_id, on)
        for clinician_id in clinicians
        for on in (from_on + timedelta(days=number) for number in range(days))
    }
    return {
        key: tuple((one.span.starts_at, one.span.ends_at) for one in spans) for key, spans in found.items() if spans
    }


def _within(look: Look, query: AnyQuery, from_on: date, days: int, clinician_id: str) -> AnyQuery:
    first, after = whole_day(from_on, look.zone), whole_day(from_on + timedelta(days=days), look.zone)
    query = query.join(Appointment, Appointment.id == Attendance.appointment_id).where(
        Appointment.starts_at >= first.starts_at, Appointment.starts_at < after.starts_at
    )
    if clinician_id:
        query = query.where(leads(clinician_id))
    reach = look.reach()
    return query if reach is None else query.where(Attendance.patient_id.in_(reach))


def leads(clinician_id: str) -> ColumnElement[bool]:
    """Appointments that this clinician leads, as the first or beside the first."""
    beside = select(_Beside.beside_id).where(_Beside.clinician_id == clinician_id, _Beside.beside_id.is_not(None))
    return or_(Appointment.clinician_id == clinician_id, Appointment.id.in_(beside))


def calendar_rows(look: Look, from_on: date, days: int, clinician_id: str = "") -> tuple[CalendarRow, ...]:
    """The rows within reach, by time; whoever asks tells the log whom it shows."""
    columns = (Attendance, Appointment, AppointmentType.name, Location.name, Location.is_telehealth,
               SeriesPlace.series_id, PatientGroup)  # fmt: skip
    query = (
        _within(look, select(*columns).select_from(Attendance), from_on, days, clinician_id)
        .join(AppointmentType, AppointmentType.id == Appointment.type_id)
        .join(Location, Location.id == Appointment.location_id)
        .outerjoin(SeriesPlace, SeriesPlace.appointment_id == Appointment.id)
        .outerjoin(PatientGroup, PatientGroup.id == Appointment.group_id)
        .order_by(Appointment.starts_at, Attendance.id)
    )
    found = look.execute(query).all()
    attending = {attendance.patient_id for attendance, *_ in found}
    names = patients_named(look, attending)
    together = _together(look, found, names)
    told = _Told(look, names, _owing(look, attending), _notes(look, [attendance.id for attendance, *_ in found]))
    return tuple(replace(told.row(one), **together.get(one[1].id, {})) for one in found)


@dataclass(frozen=True)
class _Told:
    """What is asked once for all rows."""

    look: Look
    people: Mapping[str, PatientDetails]
    owing: set[str]
    notes: Mapping[str, str]

    def row(self, found: Any) -> CalendarRow:
        attendance, appointment, type_name, location_name, is_telehealth, series_id, _ = found
        span = Span(appointment.starts_at, appointment.ends_at)
        return CalendarRow(
            attendance_id=attendance.id,
            appointment_id=appointment.id,
            patient_id=attendance.patient_id,
            patient_name=self.people[attendance.patient_id].shown_name,
            pronouns=self.people[attendance.patient_id].pronouns,
            clinician_id=appointment.clinician_id,
            type_name=type_name,
            location_id=appointment.location_id,
            location_name=location_name,
            is_telehealth=is_telehealth,
            starts_at=appointment.starts_at,
            ends_at=appointment.ends_at,
            status=attendance.status,
            offers=offers(attendance.status, span, self.look.now, self.look.zone),
            owes=attendance.patient_id in self.owing,
            repeats=series_id is not None,
            attendance_version=attendance.version,
            appointment_version=appointment.version,
            overlap_because=appointment.overlap_because,
            note=self.notes.get(attendance.id, ""),
            their_zone=self.people[attendance.patient_id].zone,
        )


def _together(look: Look, found: Sequence[Any], people: Mapping[str, PatientDetails]) -> dict[str, dict[str, Any]]:
    """What the rows of each session of several say besides, by appointment."""
    attend: dict[str, list[tuple[bool, str]]] = {}
    of: dict[str, PatientGroup] = {}
    for attendance, appointment, *_, group in found:
        if group is not None:
            of[appointment.id] = group
            is_billed = attendance.patient_id == group.billed_id
            attend.setdefault(appointment.id, []).append((not is_billed, people[attendance.patient_id].shown_name))
    if not of:
        return {}
    beside: dict[str, list[str]] = {}
    query = select(Appointment.beside_id, Appointment.clinician_id).where(Appointment.beside_id.in_(of))
    for appointment_id, clinician_id in look.execute(query.order_by(Appointment.id)):
        beside.setdefault(str(appointment_id), []).append(clinician_id)
    return {
        appointment_id: {
            "group_id": group.id,
            "group_title": titled(group.kind, group.name, [name for _, name in sorted(attend[appointment_id])]),
            "beside": tuple(beside.get(appointment_id, ())),
        }
        for appointment_id, group in of.items()
    }


def _notes(look: Look, attendance_ids: list[str]) -> dict[str, str]:
    if not attendance_ids or not look.allowed(Permission.READ_CHART):
        return {}
    query = select(Note.attendance_id, Note.state).where(Note.attendance_id.in_(attendance_ids))
    states = {attendance_id: str(state) for attendance_id, state in look.execute(query)}
    return dict.fromkeys(attendance_ids, "missing") | states


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


def _working(look: Look, from_on: date, days: int) -> set[str]:
    """Who works on one of these days; for whoever reaches only some patients, themselves."""
    working = select(Staff.id).where(
        Staff.is_clinician.is_(True),
        Staff.started_on < from_on + timedelta(days=days),
        or_(Staff.ended_on.is_(None), Staff.ended_on > from_on),
    )
    found = set(look.scalars(working))
    return found if look.reach() is None else found & {look.actor.person_id}


def _named(look: Look, clinicians: Iterable[str]) -> tuple[tuple[str, str], ...]:
    names = {staff_id: details.shown_name for staff_id, details in staff_named(look, clinicians).items()}
    return tuple(sorted(names.items(), key=lambda one: (one[1].casefold(), one[0])))
