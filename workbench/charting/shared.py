"""Notes of a session of several: a part that everybody's note has, and one of each member's own."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy import Select, exists, select

from workbench.charting.rules import LONGEST_PART, NoteTooLong, missing_to_sign, tidied
from workbench.charting.shared_tables import GroupNote, GroupNotePart, SharedText
from workbench.charting.snippets import blanks_sentence
from workbench.charting.tables import Note, NoteText
from workbench.gate.view import Look
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError

SHARED: Final = "shared_"
"""What stands before the name of a field of the shared part."""
NO_PART: Final = "Nothing is written about them yet. Write their part, or mark them as a no-show."
_OWN_MISSING: Final = "Say how it was for this one; what the group did is not enough."
_OTHER_NAMED: Final = "Somebody of the group is named here, and everybody's record gets it. Leave the name out."


class NotAGroup(WorkbenchError):
    """A session of one person."""

    def __init__(self) -> None:
        super().__init__("This session is one person's. Write their note instead.")


class SharedSigned(WorkbenchError):
    """Notes were signed with the shared part; it stands."""

    def __init__(self) -> None:
        super().__init__("Notes of this session are signed with the shared part, so it stays as it is.")


class AllSigned(WorkbenchError):
    """No note of the session is left to sign."""

    def __init__(self) -> None:
        super().__init__("Every note of this session is signed.")


class PartOfGroupNote(WorkbenchError):
    """A member's own part of a group's note, about to be signed alone."""

    def __init__(self) -> None:
        super().__init__("This is one member's part of a group note. Sign it with the group's, so that both are in it.")


class GroupNotReady(WorkbenchError):
    """Something is missing. `fields`: by field of the shared part (`shared_objective`) or by attendance."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        members = sum(not one.startswith(SHARED) for one in fields)
        said = []
        if members < len(fields):
            said.append("The shared part is not ready.")
        if members:
            said.append(
                "One member's part is not ready." if members == 1 else f"{members} members' parts are not ready."
            )
        super().__init__(" ".join(("Nothing was signed.", *said)))
        self.fields = dict(fields)


def tidied_shared(text: SharedText) -> SharedText:
    """As it is kept.

    Raises:
        NoteTooLong: a part of it cannot be kept.
    """
    for part in ("objective", "plan"):
        if len(getattr(text, part)) > LONGEST_PART:
            raise NoteTooLong(f"{SHARED}{part}")
    return text


def as_note(shared: SharedText) -> NoteText:
    """The shared part as a note would say it."""
    return NoteText(objective=shared.objective, plan=shared.plan)


def joined(shared: SharedText, own: NoteText) -> NoteText:
    """A member's note: in *Objective* and *Plan* what all have in common, then a paragraph of their own.

    Raises:
        NoteTooLong: together they are longer than can be kept.
    """
    return tidied(replace(
        own, objective=_one_after_the_other(shared.objective, own.objective),
        plan=_one_after_the_other(shared.plan, own.plan),
    ))  # fmt: skip


def _one_after_the_other(shared: str, own: str) -> str:
    return "\n\n".join(part for part in (shared.strip(), own.strip()) if part)


def is_blank(shared: SharedText) -> bool:
    """Whether nothing is written for all."""
    return not (shared.objective.strip() or shared.plan.strip())


def shared_missing(shared: SharedText, named: tuple[str, ...]) -> dict[str, str]:
    """What the shared part still needs, by field. named: the parts that name somebody of the group."""
    left = {part: blanks_sentence(getattr(shared, part)) for part in ("objective", "plan")}
    missing = {f"{SHARED}{part}": said for part, said in left.items() if said}
    missing |= {f"{SHARED}{part}": _OTHER_NAMED for part in named}
    if not shared.objective.strip():
        missing[f"{SHARED}objective"] = "Say what the group did."
    return missing


def member_missing(shared: SharedText, own: NoteText) -> dict[str, str]:
    """What a member's note still needs, by part. Their own assessment is asked for: it is what makes it their note."""
    try:
        missing = missing_to_sign(joined(shared, own))
    except NoteTooLong as refusal:
        missing = dict(refusal.fields)
    if not own.assessment.strip():
        missing["assessment"] = _OWN_MISSING
    return missing


def group_note_of(appointment_id: str, author_id: str) -> Select[GroupNote]:
    """The author's shared part of a session."""
    return select(GroupNote).where(GroupNote.appointment_id == appointment_id, GroupNote.author_id == author_id)


def has_shared_part(rows: Work | Look, note: Note) -> bool:
    """Whether the shared part went into this note."""
    return bool(rows.scalar(select(exists().where(GroupNotePart.note_id == note.id))))


def check_signed_alone(rows: Work | Look, note: Note, appointment_id: str) -> None:
    """Whether this note may be signed by itself.

    Raises:
        PartOfGroupNote: a shared part is written for its session and is not in it yet.
    """
    group: GroupNote | None = rows.scalar(group_note_of(appointment_id, note.author_id))
    if group is not None and not is_blank(group.text) and not has_shared_part(rows, note):
        raise PartOfGroupNote


def signed_with(note: Note) -> Select[str]:
    """The ids of the notes that have their shared part from where this one has it; itself among them."""
    of = select(GroupNotePart.group_note_id).where(GroupNotePart.note_id == note.id)
    return select(GroupNotePart.note_id).where(GroupNotePart.group_note_id.in_(of))
