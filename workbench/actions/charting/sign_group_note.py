"""Sign the notes of a group session: each member's own note, of the shared part and their own. All of them or none."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.actions.charting._group import Names, names_not_to_say, parts_naming_others
from workbench.actions.charting._group_session import GroupSession, group_session, own_notes, shared_part
from workbench.actions.charting._signing import Signed, facts_of, figures_of, sign_as_it_stands
from workbench.charting.codes import codes_not_given
from workbench.charting.comparing import compared_with_earlier
from workbench.charting.others_named import SomebodyElseNamed
from workbench.charting.rules import NoteLocked, SessionNotHeld, SessionNotOver
from workbench.charting.shared import (
    NO_PART,
    AllSigned,
    GroupNotReady,
    as_note,
    has_shared_part,
    joined,
    member_missing,
    shared_missing,
)
from workbench.charting.shared_tables import GroupNote, GroupNotePart, SharedText
from workbench.charting.tables import Note, NoteRevision, NoteState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound, StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.ledger.book import REFUSES
from workbench.scheduling.tables import Attendance, AttendanceStatus


@dataclass(frozen=True)
class GroupSigned:
    """The notes that were signed now, in one order."""

    notes: tuple[Signed, ...]


@action(Permission.SIGN_NOTE, refuses={"note_locked": NoteLocked, "group_note_signed": StalePage, **REFUSES})
def sign_group_note(
    work: Work, *, appointment_id: str, version: int, versions: Mapping[str, int], repeats_meant: bool = False
) -> GroupSigned:
    """Sign the note of everybody who was there, in one transaction; those signed before stay as they are.

    Each note is the shared part and the member's own part, sealed with the member's key, with a hash, a charge and a
    line in the log of its own. A trainee's wait for the co-signature, each by itself.

    version: of the shared part, versions: of each own part by attendance, as the page showed them: what is signed is
    what was seen. repeats_meant: as for a note that is signed alone; a member's own part is compared, also with those
    that are signed beside it.

    Raises:
        GroupNotReady: with what is missing, by field of the shared part or by attendance. StalePage: a part was saved
        meanwhile. AllSigned, SessionNotOver, SessionNotHeld, NotYourSession, NotAGroup. RepeatsNotMeant.
    """
    session = group_session(work, appointment_id)
    shared, notes = shared_part(work, session), own_notes(work, session)
    if not session.present:
        raise SessionNotHeld
    to_sign = [one for one in session.present if one.id not in notes or _waits(work, notes[one.id])]
    if not to_sign:
        raise AllSigned
    if work.now < session.appointment.ends_at and any(one.status != AttendanceStatus.COMPLETED for one in to_sign):
        raise SessionNotOver
    _check_seen(shared, version, {one.id: notes[one.id].version for one in to_sign if one.id in notes}, versions)
    text = shared.text if shared is not None else SharedText()
    _check_ready(text, to_sign, notes, names_not_to_say(work, session.appointment))
    assert shared is not None  # a blank one is not ready
    signed = _sign(work, shared, to_sign, notes, repeats_meant)
    _record(work, session, shared, len(signed))
    return GroupSigned(signed)


def _waits(work: Work, note: Note) -> bool:
    """Whether it is a draft without the shared part; one that was given back has it, and is signed alone."""
    return note.state == NoteState.DRAFT and not has_shared_part(work, note)


def _check_seen(shared: GroupNote | None, version: int, kept: Mapping[str, int], seen: Mapping[str, int]) -> None:
    if version != (shared.version if shared else 0) or any(seen.get(one, 0) != at for one, at in kept.items()):
        raise StalePage


def _check_ready(shared: SharedText, to_sign: list[Attendance], notes: Mapping[str, Note], names: Names) -> None:
    problems = shared_missing(shared, parts_naming_others(as_note(shared), "", names))
    for one in to_sign:
        if one.id not in notes:
            problems[one.id] = NO_PART
            continue
        own = notes[one.id].text
        missing = member_missing(shared, own)
        if parts := parts_naming_others(own, one.patient_id, names):
            problems[one.id] = str(SomebodyElseNamed(parts))
        elif missing:
            problems[one.id] = " ".join(missing.values())
        elif unfit := codes_not_given(own.diagnoses, notes[one.id].service_on):
            problems[one.id] = unfit
    if problems:
        raise GroupNotReady(problems)


def _sign(
    work: Work, shared: GroupNote, to_sign: list[Attendance], notes: Mapping[str, Note], repeats_meant: bool
) -> tuple[Signed, ...]:
    own = {one.id: notes[one.id].text for one in to_sign}
    figures = {}
    for one in to_sign:  # before anything is put together: the shared part is alike by itself
        if not work.allowed(Permission.SIGN_NOTE, notes[one.id]):
            raise NotFound
        beside = [text for other, text in own.items() if other != one.id]
        figures[one.id] = figures_of(compared_with_earlier(work, notes[one.id], beside), repeats_meant)
    if shared.signed_at is None:
        shared.signed_at = work.now
    signed = []
    for one in to_sign:
        _put_together(work, shared, notes[one.id])
        signed.append(sign_as_it_stands(work, notes[one.id], one))
        work.record(AuditEvent.NOTE_SIGNED, subject=notes[one.id], **facts_of(signed[-1], one, figures[one.id]))
    return tuple(signed)


def _put_together(work: Work, shared: GroupNote, note: Note) -> None:
    """The member's note as it is signed, kept as one more revision of it."""
    note.text = joined(shared.text, note.text)
    work.flush()
    work.add(
        NoteRevision(note_id=note.id, patient_id=note.patient_id, number=note.version, saved_at=work.now,
                     saved_by=work.actor.user_id, text=note.text),
        GroupNotePart(note_id=note.id, group_note_id=shared.id, patient_id=note.patient_id, joined_at=work.now),
    )  # fmt: skip


def _record(work: Work, session: GroupSession, shared: GroupNote, signed: int) -> None:
    for one in session.patients:
        work.record(AuditEvent.GROUP_NOTE_SIGNED, subject=shared, patient_id=one, notes=signed)
