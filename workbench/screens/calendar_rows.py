"""The rows of the calendar: who comes when, to whom and where, how it stands, and what can be done about it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from workbench.charting.tables import Note
from workbench.gate.permissions import Permission
from workbench.gate.view import Look
from workbench.kernel.time import Span, whole_day
from workbench.ledger.rules import PATIENT_ACCOUNTS
from workbench.ledger.tables import LedgerLine
from workbench.people.names import patients_named
from workbench.people.places import place_zones
from workbench.people.tables import Location, PatientDetails
from workbench.scheduling.group_tables import PatientGroup
from workbench.scheduling.room_tables import Room
from workbench.scheduling.rules import offers
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance, SeriesPlace
from workbench.scheduling.views import EVERYTHING, Sieve
from workbench.screens.groups import titled

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
    their_zone: where the clock of the place they come to, or else the patient's own, is another than the practice's.
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
    room_id: str = ""
    room_name: str = ""
    beside: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The place, and the room if it has one."""
        return f"{self.location_name}, {self.room_name}" if self.room_name else self.location_name

    @property
    def title(self) -> str:
        """Whose session it is: the patient's, or the couple's, family's or group's."""
        return self.group_title or self.patient_name

    @property
    def leaders(self) -> tuple[str, ...]:
        """The ids of all whose time it takes, the first first."""
        return (self.clinician_id, *self.beside)


def within(
    look: Look, query: AnyQuery, from_on: date, days: int, clinician_id: str, sieve: Sieve = EVERYTHING
) -> AnyQuery:
    """Of those days, within reach, of one clinician or all, and not left out by the sieve."""
    first, after = whole_day(from_on, look.zone), whole_day(from_on + timedelta(days=days), look.zone)
    query = query.join(Appointment, Appointment.id == Attendance.appointment_id).where(
        Appointment.starts_at >= first.starts_at, Appointment.starts_at < after.starts_at
    )
    if clinician_id:
        query = query.where(leads({clinician_id}))
    if sieve.clinician_ids:
        query = query.where(leads(sieve.clinician_ids))
    if sieve.place_ids:
        there = or_(Appointment.room_id.in_(sieve.place_ids), Appointment.location_id.in_(sieve.place_ids))
        query = query.where(there)
    if sieve.statuses:
        query = query.where(Attendance.status.in_(sieve.statuses))
    reach = look.reach()
    return query if reach is None else query.where(Attendance.patient_id.in_(reach))


def leads(clinician_ids: Collection[str]) -> ColumnElement[bool]:
    """Appointments that one of these clinicians leads, as the first or beside the first."""
    beside = select(_Beside.beside_id).where(_Beside.clinician_id.in_(clinician_ids), _Beside.beside_id.is_not(None))
    return or_(Appointment.clinician_id.in_(clinician_ids), Appointment.id.in_(beside))


def calendar_rows(
    look: Look, from_on: date, days: int, clinician_id: str = "", sieve: Sieve = EVERYTHING
) -> tuple[CalendarRow, ...]:
    """The rows within reach, by time; whoever asks tells the log whom it shows."""
    columns = (Attendance, Appointment, AppointmentType.name, Location.name, Location.is_telehealth,
               SeriesPlace.series_id, Room.name, PatientGroup)  # fmt: skip
    query = (
        within(look, select(*columns).select_from(Attendance), from_on, days, clinician_id, sieve)
        .join(AppointmentType, AppointmentType.id == Appointment.type_id)
        .join(Location, Location.id == Appointment.location_id)
        .outerjoin(SeriesPlace, SeriesPlace.appointment_id == Appointment.id)
        .outerjoin(Room, Room.id == Appointment.room_id)
        .outerjoin(PatientGroup, PatientGroup.id == Appointment.group_id)
        .order_by(Appointment.starts_at, Attendance.id)
    )
    found = look.execute(query).all()
    attending = {attendance.patient_id for attendance, *_ in found}
    names = patients_named(look, attending)
    together = _together(look, found, names)
    notes = _notes(look, [attendance.id for attendance, *_ in found])
    told = _Told(look, names, _owing(look, attending), notes, place_zones(look))
    return tuple(replace(told.row(one), **together.get(one[1].id, {})) for one in found)


@dataclass(frozen=True)
class _Told:
    """What is asked once for all rows."""

    look: Look
    people: Mapping[str, PatientDetails]
    owing: set[str]
    notes: Mapping[str, str]
    zones: Mapping[str, str]

    def row(self, found: Any) -> CalendarRow:
        attendance, appointment, type_name, location_name, is_telehealth, series_id, room_name, _ = found
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
            their_zone=self.zones.get(appointment.location_id) or self.people[attendance.patient_id].zone,
            room_id=appointment.room_id or "",
            room_name=room_name or "",
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
