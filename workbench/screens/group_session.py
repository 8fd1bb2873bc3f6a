"""The notes of one group session, to write: the shared part, and of each member who was there what is still missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from workbench.accounts.holding import needs_cosign
from workbench.charting.comparing import RepeatsNotMeant
from workbench.charting.others_named import parts_that_name
from workbench.charting.shared import (
    NO_PART,
    NotAGroup,
    as_note,
    group_note_of,
    has_shared_part,
    is_blank,
    member_missing,
    shared_missing,
)
from workbench.charting.shared_tables import GroupNote, SharedText
from workbench.charting.tables import Note, NoteRevision, NoteState, NoteText
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import Span
from workbench.people.names import patients_named
from workbench.people.tables import Location, PatientDetails
from workbench.scheduling.group_rules import GroupKind
from workbench.scheduling.group_tables import PatientGroup, members_of
from workbench.scheduling.rules import ABSENT, offers
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance
from workbench.screens.groups import titled
from workbench.screens.note_aids import last_for
from workbench.screens.objectives_to_name import Aimed, to_name

__all__ = ["GroupSessionShown", "MemberShown", "OwnPart", "RepeatsNotMeant", "group_session_notes"]


@dataclass(frozen=True)
class MemberShown:
    """One who was to come. note_version: of their own part, 0 without one. missing: sentences, empty when ready.

    is_done: their note is signed; is_ready: it can be.
    """

    attendance_id: str
    patient_id: str
    name: str
    pronouns: str
    status: str
    attendance_version: int
    offers: frozenset[str]
    is_absent: bool
    is_done: bool
    note_state: str
    note_version: int
    missing: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        """Whether the signature takes it as it stands."""
        return not (self.is_absent or self.is_done or self.missing)


@dataclass(frozen=True)
class OwnPart:
    """What is written about one of them, with the last note's text beside it."""

    text: NoteText
    version: int
    saved_at: datetime | None
    missing: dict[str, str]
    last: NoteText | None
    last_on: date | None
    aimed: Aimed


@dataclass(frozen=True)
class GroupSessionShown:
    """The session. version: of the shared part, 0 while nothing is saved; shared_missing: by field.

    own: the part of the member that was asked for. needs_cosign: the reader signs as a trainee.
    """

    appointment_id: str
    title: str
    type_name: str
    location_name: str
    starts_at: datetime
    ends_at: datetime
    is_over: bool
    is_group: bool
    shared: SharedText
    version: int
    saved_at: datetime | None
    signed_at: datetime | None
    shared_missing: dict[str, str]
    members: tuple[MemberShown, ...]
    needs_cosign: bool
    open_id: str
    own: OwnPart | None

    @property
    def to_sign(self) -> tuple[MemberShown, ...]:
        """Who was there and has no signed note."""
        return tuple(one for one in self.members if not (one.is_absent or one.is_done))


@view(Permission.WRITE_NOTE, shows=AuditEvent.CHART_READ)
def group_session_notes(look: Look, *, appointment_id: str, attendance_id: str = "") -> GroupSessionShown:
    """The actor's own session with the drafts that are theirs; what others wrote about it is not here.

    attendance_id: whose own part is wanted; else the first that is not ready.

    Raises:
        NotFound: it is somebody else's session, or one who was there is out of reach. NotAGroup.
    """
    appointment, attending = _session(look, appointment_id)
    people = patients_named(look, [one.patient_id for one in attending])
    look.shown(people)
    group = look.get(PatientGroup, appointment.group_id) if appointment.group_id else None
    shared: GroupNote | None = look.scalar(group_note_of(appointment.id, look.actor.person_id))
    text = shared.text if shared else SharedText()
    notes = _notes(look, attending)
    names = _not_to_say(look, group, people)
    members = sorted(
        (_member(look, appointment, one, people[one.patient_id], notes.get(one.id), text, names) for one in attending),
        key=lambda one: (one.is_absent, one.name.casefold(), one.attendance_id),
    )
    chosen = _chosen(members, attendance_id)
    return GroupSessionShown(
        appointment_id=appointment.id,
        title=titled(group.kind, group.name, [one.name for one in members]) if group else "Group",
        type_name=look.get(AppointmentType, appointment.type_id).name,
        location_name=look.get(Location, appointment.location_id).name,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        is_over=appointment.ends_at <= look.now,
        is_group=group is None or group.kind == GroupKind.GROUP,
        shared=text,
        version=shared.version if shared else 0,
        saved_at=shared.saved_at if shared else None,
        signed_at=shared.signed_at if shared else None,
        shared_missing=shared_missing(text, _naming(as_note(text), "", names)),
        members=tuple(members),
        needs_cosign=needs_cosign(look, look.actor.person_id, look.now),
        open_id=chosen.attendance_id if chosen else "",
        own=_own(look, appointment, chosen, notes, text) if chosen else None,
    )  # fmt: skip


def _session(look: Look, appointment_id: str) -> tuple[Appointment, tuple[Attendance, ...]]:
    appointment = look.get(Appointment, appointment_id)
    found = look.scalars(select(Attendance).where(Attendance.appointment_id == appointment.id)).all()
    there = [one for one in found if one.status not in ABSENT]
    if appointment.clinician_id != look.actor.person_id or not found:
        raise NotFound
    if not all(look.allowed(Permission.WRITE_NOTE, one) for one in there or found):
        raise NotFound
    if not appointment.group_id and len(found) == 1:
        raise NotAGroup
    # Who was absent and is in care no more is no part of what is written now.
    return appointment, tuple(one for one in found if look.allowed(Permission.WRITE_NOTE, one))


def _notes(look: Look, attending: Iterable[Attendance]) -> dict[str, Note]:
    query = select(Note).where(
        Note.attendance_id.in_([one.id for one in attending]), Note.author_id == look.actor.person_id
    )
    return {one.attendance_id: one for one in look.scalars(query.order_by(Note.started_at, Note.id))}


Names = Mapping[str, tuple[tuple[str, str], ...]]


def _not_to_say(look: Look, group: PatientGroup | None, people: Mapping[str, PatientDetails]) -> Names:
    """As the signature will judge it: of a group everybody's; of a couple or a family nobody's."""
    if group is not None and group.kind != GroupKind.GROUP:
        return {}
    others = set(look.scalars(members_of(group.id))) - set(people) if group else set()
    return {key: one.names for key, one in {**people, **patients_named(look, others)}.items()}


def _naming(text: NoteText, patient_id: str, names: Names) -> tuple[str, ...]:
    return parts_that_name(
        text, [one for key, said in names.items() if key != patient_id for one in said], names.get(patient_id, ())
    )


def _member(
    look: Look, appointment: Appointment, attendance: Attendance, who: PatientDetails, note: Note | None,
    shared: SharedText, names: Names,
) -> MemberShown:  # fmt: skip
    is_absent = attendance.status in ABSENT
    is_done = note is not None and (note.state != NoteState.DRAFT or has_shared_part(look, note))
    missing: tuple[str, ...] = ()
    if not (is_absent or is_done):
        missing = _missing(note, attendance.patient_id, shared, names)
    span = Span(appointment.starts_at, appointment.ends_at)
    return MemberShown(
        attendance.id, attendance.patient_id, who.shown_name, who.pronouns, attendance.status, attendance.version,
        offers(attendance.status, span, look.now, look.zone), is_absent, is_done, note.state if note else "",
        note.version if note else 0, missing,
    )  # fmt: skip


def _missing(note: Note | None, patient_id: str, shared: SharedText, names: Names) -> tuple[str, ...]:
    if note is None:
        return (NO_PART,)
    found = [f"{part.capitalize()} names somebody else of the group."
             for part in _naming(note.text, patient_id, names)]  # fmt: skip
    return (*found, *member_missing(shared, note.text).values())


def _chosen(members: list[MemberShown], attendance_id: str) -> MemberShown | None:
    open_ones = [one for one in members if not (one.is_absent or one.is_done)]
    asked = (one for one in open_ones if one.attendance_id == attendance_id)
    return next(asked, None) or next((one for one in open_ones if one.missing), None) or next(iter(open_ones), None)


def _own(
    look: Look, appointment: Appointment, member: MemberShown, notes: Mapping[str, Note], shared: SharedText
) -> OwnPart:
    """A new part begins with the diagnoses of the last note and with nothing else."""
    note = notes.get(member.attendance_id)
    last = last_for(look, member.patient_id, appointment, note)
    text = note.text if note else NoteText(diagnoses=last.text.diagnoses if last else ())
    saved = select(func.max(NoteRevision.saved_at)).where(NoteRevision.note_id == note.id) if note else None
    return OwnPart(
        text, member.note_version, look.scalar(saved) if saved is not None else None,
        member_missing(shared, text) if note and not is_blank(shared) else {},
        last.text if last else None, last.service_on if last else None, to_name(look, member.patient_id, text),
    )  # fmt: skip
