"""Begin or save what everybody's note of a group session has in common."""

from dataclasses import dataclass
from datetime import datetime

from workbench.actions.charting._group import names_not_to_say, parts_naming_others
from workbench.actions.charting._group_session import GroupSession, group_session, shared_part
from workbench.charting.rules import SessionNotHeld
from workbench.charting.shared import SharedSigned, as_note, tidied_shared
from workbench.charting.shared_tables import GroupNote, GroupNoteRevision, SharedText
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class SharedSaved:
    """The shared part as it stands. names: the parts that name somebody of the group, which stops the signature."""

    version: int
    saved_at: datetime
    names: tuple[str, ...]


@action(
    Permission.WRITE_NOTE, refuses={"group_notes.appointment_id": StalePage, "uq_group_notes_session": StalePage,
                                    "group_note_signed": SharedSigned},
)  # fmt: skip
def write_group_note(
    work: Work, *, appointment_id: str, version: int, objective: str = "", plan: str = ""
) -> SharedSaved:
    """Save the whole shared part; each save keeps a revision. It is logged for each who was there.

    version: the version the page was loaded with, 0 where there was none yet.

    Raises:
        StalePage: another tab or device saved meanwhile. SharedSigned, NotYourSession, NotAGroup, SessionNotHeld.
        NoteTooLong: with the field.
    """
    session = group_session(work, appointment_id)
    text = tidied_shared(SharedText(objective, plan))
    note = shared_part(work, session)
    if note is not None and note.signed_at is not None:
        raise SharedSigned
    if not session.present:
        raise SessionNotHeld
    if version != (note.version if note is not None else 0):
        raise StalePage
    note = _kept(work, session, note, text)
    work.add(GroupNoteRevision(group_note_id=note.id, number=note.version, saved_at=work.now,
                               saved_by=work.actor.user_id, text=text))  # fmt: skip
    for one in session.patients:
        work.record(AuditEvent.GROUP_NOTE_WRITTEN, subject=note, patient_id=one, revision=note.version)
    names = parts_naming_others(as_note(text), "", names_not_to_say(work, session.appointment))
    return SharedSaved(note.version, work.now, names)


def _kept(work: Work, session: GroupSession, note: GroupNote | None, text: SharedText) -> GroupNote:
    if note is None:
        note = GroupNote(
            appointment_id=session.appointment.id, author_id=work.actor.person_id, started_at=work.now,
            saved_at=work.now, text=text,
        )  # fmt: skip
        work.add(note)
    else:
        note.text, note.saved_at = text, work.now
    work.flush()
    return note
