"""The note of one session, to write or to read, with the last signed note beside it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from workbench.accounts.holding import needs_cosign
from workbench.charting.rules import content_hash, missing_to_sign, signature_of
from workbench.charting.tables import Note, NoteRevision, NoteState, NoteText
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.paper.leaf import RecordKind
from workbench.people.names import staff_named
from workbench.people.tables import Location, Patient
from workbench.scheduling.rules import ABSENT
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance
from workbench.screens.after_signing import AfterSigning, after_note, waits_for
from workbench.screens.note_aids import NoteAids, aids_for, last_for
from workbench.screens.objectives_to_name import Aimed, as_named, to_name
from workbench.screens.part_2 import Part2, part_2_of

_SIGNED = (NoteState.LOCKED, NoteState.REVIEW)


@dataclass(frozen=True)
class LastNote:
    """The latest signed note of this patient before this session."""

    service_on: date
    signed_as: str
    text: NoteText


@dataclass(frozen=True)
class NotePage:
    """A session and its note. `version` is 0 and `note_id` empty while nothing was saved.

    may_write: the actor held the session, it took place, and the note is not signed. needs_cosign: the reader signs as
    a trainee. missing: what a signature still needs, by part. is_unchanged: whether a signed note is, byte by byte,
    what was signed. after: what became of it then. aimed: what it serves of the treatment plan. aids: what helps to
    write and to read it. notice: of data under 42 CFR Part 2.
    """

    attendance_id: str
    patient_id: str
    patient_name: str
    pronouns: str
    born_on: date
    type_name: str
    location_name: str
    clinician_name: str
    starts_at: datetime
    ends_at: datetime
    status: str
    is_over: bool
    note_id: str
    state: str
    text: NoteText
    version: int
    saved_at: datetime | None
    signed_at: datetime | None
    signed_as: str
    content_hash: str
    is_unchanged: bool
    may_write: bool
    needs_cosign: bool
    missing: dict[str, str]
    last: LastNote | None
    after: AfterSigning
    aimed: Aimed
    aids: NoteAids
    notice: str = ""


@view(Permission.READ_CHART, shows=AuditEvent.CHART_READ, on=Attendance)
def note_for_attendance(look: Look, attendance: Attendance, *, to_sign: bool = False) -> NotePage:
    """The actor's own note of this session, else one to co-sign or a locked one of somebody else, else an empty page.

    A new note begins with the diagnoses of the last one and with nothing else: what was said and done is written anew.

    to_sign: the author is about to sign it, so it is compared with earlier notes; who co-signs it always sees that.
    """
    look.shown(attendance.patient_id)
    appointment = look.get(Appointment, attendance.appointment_id)
    patient = look.get(Patient, attendance.patient_id).details
    part_2 = part_2_of(look, attendance.patient_id)
    note = _note(look, attendance, part_2)
    last = _last(look, appointment, note, part_2, attendance.patient_id)
    text = note.text if note else NoteText(diagnoses=last.text.diagnoses if last else ())
    is_theirs = appointment.clinician_id == look.actor.person_id and look.allowed(Permission.WRITE_NOTE, attendance)
    may_write = is_theirs and (note is None or note.state == NoteState.DRAFT) and attendance.status not in ABSENT
    after = after_note(look, note)
    return NotePage(
        attendance_id=attendance.id,
        patient_id=attendance.patient_id,
        patient_name=patient.shown_name,
        pronouns=patient.pronouns,
        born_on=patient.born_on,
        **_session(look, appointment),
        status=attendance.status,
        text=text,
        **_kept(look, note, part_2),
        may_write=may_write,
        needs_cosign=needs_cosign(look, look.actor.person_id, look.now),
        missing=missing_to_sign(text),
        last=LastNote(last.service_on, last.signed_as, last.text) if last else None,
        after=after,
        aimed=_aimed(look, attendance, note, text) if note or is_theirs else Aimed(),
        aids=aids_for(
            look, appointment, note, last, writes=may_write, compares=after.may_cosign or (to_sign and may_write)
        ),
    )


def _session(look: Look, appointment: Appointment) -> dict[str, Any]:
    """What is said of the session, by the names of the page."""
    return {
        "type_name": look.get(AppointmentType, appointment.type_id).name,
        "location_name": look.get(Location, appointment.location_id).name,
        "clinician_name": staff_named(look, [appointment.clinician_id])[appointment.clinician_id].shown_name,
        "starts_at": appointment.starts_at,
        "ends_at": appointment.ends_at,
        "is_over": appointment.ends_at <= look.now,
    }


def _last(look: Look, appointment: Appointment, note: Note | None, part_2: Part2, patient_id: str) -> Note | None:
    found = last_for(look, patient_id, appointment, note)
    return None if found and part_2.hides(RecordKind.NOTE, found.id, found.service_on) else found


def _aimed(look: Look, attendance: Attendance, note: Note | None, text: NoteText) -> Aimed:
    is_signed = note is not None and note.state in _SIGNED
    return as_named(look, text) if is_signed else to_name(look, attendance.patient_id, text)


def _note(look: Look, attendance: Attendance, part_2: Part2) -> Note | None:
    found = look.scalars(
        select(Note).where(Note.attendance_id == attendance.id).order_by(Note.started_at.desc(), Note.id)
    )
    rows = [note for note in found if not part_2.hides(RecordKind.NOTE, note.id, note.service_on)]
    own = (note for note in rows if note.author_id == look.actor.person_id)
    signed = (note for note in rows if note.state == NoteState.LOCKED or waits_for(look, note))
    return next(own, None) or next(signed, None)


def _kept(look: Look, note: Note | None, part_2: Part2) -> dict[str, Any]:
    """What is kept of the note beside its text, by the names of the page."""
    return {
        "note_id": note.id if note else "",
        "state": note.state if note else "",
        "version": note.version if note else 0,
        "saved_at": _saved_at(look, note) if note else None,
        "signed_at": note.signed_at if note else None,
        "signed_as": note.signed_as if note else "",
        "content_hash": bytes(note.content_hash).hex() if note else "",
        "notice": part_2.notice_of(RecordKind.NOTE, note.id, note.service_on) if note else "",
        "is_unchanged": note is not None and note.state in _SIGNED and _matches(note),
    }


def _saved_at(look: Look, note: Note) -> datetime | None:
    saved: datetime | None = look.scalar(select(func.max(NoteRevision.saved_at)).where(NoteRevision.note_id == note.id))
    return saved


def _matches(note: Note) -> bool:
    return content_hash(signature_of(note), note.text) == bytes(note.content_hash)
