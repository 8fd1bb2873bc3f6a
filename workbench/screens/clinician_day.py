"""A clinician's own day: the sessions with the state of their notes, and the notes that are due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, or_, select

from workbench.charting.rules import due
from workbench.charting.tables import Note, NoteState
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import Span, whole_day
from workbench.people.names import patients_named
from workbench.people.tables import Location
from workbench.scheduling.rules import ABSENT, offers
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance
from workbench.screens.calendar_rows import leads

LOOK_BACK = timedelta(days=90)
"""How far back an unsigned note is looked for; what is older is a matter for the practice, not for a day's list."""


@dataclass(frozen=True)
class SessionRow:
    """One session. `note_state`: `draft`, `locked`, or empty where none was begun; `may_write`: one click begins it.

    is_group: several are seen together, and its notes are written together.
    """

    attendance_id: str
    appointment_id: str
    patient_id: str
    patient_name: str
    pronouns: str
    type_name: str
    location_name: str
    is_telehealth: bool
    starts_at: datetime
    ends_at: datetime
    status: str
    note_state: str
    note_id: str
    may_write: bool
    is_group: bool
    offers: frozenset[str]
    attendance_version: int


@dataclass(frozen=True)
class DueNote:
    """A session whose note is not signed. `due`: `new`, `remind` after 24 hours, `overdue` after 72."""

    attendance_id: str
    appointment_id: str
    patient_id: str
    patient_name: str
    type_name: str
    starts_at: datetime
    is_group: bool
    due: str
    has_draft: bool


@dataclass(frozen=True)
class ClinicianDay:
    """The day's sessions in order of time, and the notes due, longest waiting first."""

    on: date
    sessions: tuple[SessionRow, ...]
    due: tuple[DueNote, ...]


@view(Permission.WRITE_NOTE, shows=AuditEvent.SCHEDULE_SEEN)
def clinician_day(look: Look, *, on: date) -> ClinicianDay:
    """The actor's own sessions of that day, and every session of theirs whose time has passed without a signed note.

    A session that they lead beside another is theirs too; its notes are the other's.
    """
    span = whole_day(on, look.zone)
    today = _own(look).where(Appointment.starts_at >= span.starts_at, Appointment.starts_at < span.ends_at)
    late = _own(look).where(
        Appointment.clinician_id == look.actor.person_id,
        Appointment.ends_at <= look.now,
        Appointment.starts_at > look.now - LOOK_BACK,
        Attendance.status.not_in(ABSENT),
        or_(Note.id.is_(None), Note.state == NoteState.DRAFT),
    )
    day, waiting = look.execute(today).all(), look.execute(late).all()
    patients = {attendance.patient_id for attendance, *_ in (*day, *waiting)}
    names = {patient_id: (d.shown_name, d.pronouns) for patient_id, d in patients_named(look, patients).items()}
    look.shown(patients)
    return ClinicianDay(on, tuple(_session(look, names, row) for row in day), tuple(_waiting(look, names, waiting)))


def _own(look: Look) -> Select[Any, Any, Any, Any, Any, Any, Any]:
    query = (
        select(
            Attendance, Appointment, AppointmentType.name, Location.name, Location.is_telehealth, Note.id, Note.state
        )
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .join(AppointmentType, AppointmentType.id == Appointment.type_id)
        .join(Location, Location.id == Appointment.location_id)
        .outerjoin(Note, and_(Note.attendance_id == Attendance.id, Note.author_id == look.actor.person_id))
        .where(leads({look.actor.person_id}))
        .order_by(Appointment.starts_at, Attendance.id)
    )
    reach = look.reach()
    return query if reach is None else query.where(Attendance.patient_id.in_(reach))


def _session(look: Look, names: dict[str, tuple[str, str]], row: Any) -> SessionRow:
    attendance, appointment, type_name, location_name, is_telehealth, note_id, note_state = row
    name, pronouns = names[attendance.patient_id]
    return SessionRow(
        attendance_id=attendance.id,
        appointment_id=appointment.id,
        patient_id=attendance.patient_id,
        patient_name=name,
        pronouns=pronouns,
        type_name=type_name,
        location_name=location_name,
        is_telehealth=is_telehealth,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        status=attendance.status,
        note_state=note_state or "",
        note_id=note_id or "",
        may_write=note_state not in (NoteState.LOCKED, NoteState.REVIEW)
        and attendance.status not in ABSENT
        and appointment.clinician_id == look.actor.person_id,
        is_group=appointment.group_id is not None,
        offers=offers(attendance.status, Span(appointment.starts_at, appointment.ends_at), look.now, look.zone),
        attendance_version=attendance.version,
    )


def _waiting(look: Look, names: dict[str, tuple[str, str]], rows: Iterable[Any]) -> Iterable[DueNote]:
    for attendance, appointment, type_name, _, _, note_id, _ in rows:
        yield DueNote(
            attendance_id=attendance.id,
            appointment_id=appointment.id,
            patient_id=attendance.patient_id,
            patient_name=names[attendance.patient_id][0],
            type_name=type_name,
            starts_at=appointment.starts_at,
            is_group=appointment.group_id is not None,
            due=due(appointment.ends_at, look.now),
            has_draft=note_id is not None,
        )
