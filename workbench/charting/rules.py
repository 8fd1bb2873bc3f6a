"""When a note can be signed, and what exactly is signed. Pure: no clock, no database."""

import hashlib
import json
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from workbench.charting.snippets import blanks_sentence
from workbench.charting.tables import Note, NoteText
from workbench.charting.wording import PARTS
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import microseconds

REMIND_AFTER: Final = timedelta(hours=24)
OVERDUE_AFTER: Final = timedelta(hours=72)
MOST_DIAGNOSES: Final = 12
"""As many as a professional claim can name (837P, HI segment)."""
LONGEST_PART: Final = 40_000
"""Characters in one part of a note."""

# ICD-10-CM: a letter, a digit, a letter or digit, then up to four more after a point (guideline section I.A.2).
_DIAGNOSIS = re.compile(r"([A-Z][0-9][0-9A-Z])\.?([0-9A-Z]{0,4})", re.ASCII)


class NotADiagnosis(WorkbenchError):
    """A code does not have the form of a diagnosis code."""

    def __init__(self) -> None:
        super().__init__("Diagnoses are codes such as F41.1, with commas between them.")
        self.fields = {"diagnoses": str(self)}


class NoteTooLong(WorkbenchError):
    """One part of the note is longer than can be kept."""

    def __init__(self, part: str) -> None:
        super().__init__(f"This part is longer than {LONGEST_PART:,} characters. Please shorten it.")
        self.fields = {part: str(self)}


class NoteIncomplete(WorkbenchError):
    """What a signed note must have is missing. `fields` says what, part by part."""

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__("This note is not ready to sign. Please look at the marked parts.")
        self.fields = missing


class NoteLocked(WorkbenchError):
    """The note is signed; it never changes again."""

    def __init__(self) -> None:
        super().__init__("This note is signed and locked. It stays as it is.")


class NotYourSession(WorkbenchError):
    """The note of a session is written by the clinician who held it."""

    def __init__(self) -> None:
        super().__init__("Only the clinician of this session writes its note.")


class SessionNotHeld(WorkbenchError):
    """The patient was not there, so there is nothing to write or sign."""

    def __init__(self) -> None:
        super().__init__("This session did not take place, so it has no note to sign.")


class SessionNotOver(WorkbenchError):
    """The session is still to come or under way."""

    def __init__(self) -> None:
        super().__init__("This session is not over yet. Complete it first; the draft is saved.")


def diagnosis(typed: str) -> str:
    """A diagnosis code as it is kept, with capitals and point: `f411` is `F41.1`. Says nothing about whether it exists.

    Raises:
        NotADiagnosis: it does not have the form of an ICD-10-CM code.
    """
    found = _DIAGNOSIS.fullmatch(typed.strip().upper())
    if found is None:
        raise NotADiagnosis
    category, rest = found.groups()
    return f"{category}.{rest}" if rest else category


def tidied(text: NoteText) -> NoteText:
    """The text as it is kept: the parts as typed, the diagnoses in their form and each once, in the order given.

    Raises:
        NotADiagnosis, NoteTooLong: it cannot be kept.
    """
    for part in PARTS:
        if len(getattr(text, part)) > LONGEST_PART:
            raise NoteTooLong(part)
    codes = tuple(dict.fromkeys(diagnosis(code) for code in text.diagnoses if code.strip()))
    if len(codes) > MOST_DIAGNOSES:
        raise NotADiagnosis
    return replace(text, diagnoses=codes)


def missing_to_sign(text: NoteText) -> dict[str, str]:
    """What a signature still needs, a kind sentence by part; empty when the note can be signed."""
    missing = {part: left for part in PARTS if (left := blanks_sentence(getattr(text, part)))}
    if not text.assessment.strip():
        missing["assessment"] = "Say what you found and why care is needed."
    if not text.plan.strip():
        missing["plan"] = "Say what happens next."
    if not text.diagnoses:
        missing["diagnoses"] = "Give at least one diagnosis code, such as F41.1."
    return missing


def check_signable(text: NoteText) -> None:
    """Whether the text may be signed.

    Raises:
        NoteIncomplete: something is missing.
    """
    if missing := missing_to_sign(text):
        raise NoteIncomplete(missing)


@dataclass(frozen=True)
class Signature:
    """Who signs what, when: everything the hash covers beside the text."""

    note_id: str
    attendance_id: str
    patient_id: str
    author_id: str
    signed_as: str
    signed_at: datetime
    service_on: date


def signature_of(note: Note) -> Signature:
    """What was signed, from the row of a signed note."""
    if note.signed_at is None:
        raise ValueError("this note is not signed")
    return Signature(
        note.id, note.attendance_id, note.patient_id, note.author_id, note.signed_as, note.signed_at, note.service_on
    )


def content_hash(signature: Signature, text: NoteText) -> bytes:
    """SHA-256 of the signed content as canonical JSON: sorted keys, no spaces, UTF-8, microseconds as integers.

    Version 2 where objectives of the treatment plan are named; a note that names none is hashed as ever.
    """
    body: dict[str, object] = {
        "v": 1, "note": signature.note_id, "attendance": signature.attendance_id, "patient": signature.patient_id,
        "author": signature.author_id, "signed_as": signature.signed_as, "signed_us": microseconds(signature.signed_at),
        "service_on": signature.service_on.isoformat(), "subjective": text.subjective, "objective": text.objective,
        "assessment": text.assessment, "plan": text.plan, "diagnoses": list(text.diagnoses),
    }  # fmt: skip
    if text.objectives:
        body |= {"v": 2, "treatment_plan": text.plan_id, "objectives": list(text.objectives)}
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).digest()


class Due(StrEnum):
    """How pressing an unsigned note is."""

    NEW = "new"
    REMIND = "remind"
    OVERDUE = "overdue"


def due(ended_at: datetime, now: datetime) -> Due:
    """From 24 hours after the session a reminder, from 72 hours overdue; the exact hour counts as reached."""
    waited = now - ended_at
    return Due.OVERDUE if waited >= OVERDUE_AFTER else Due.REMIND if waited >= REMIND_AFTER else Due.NEW


def codes_typed(text: str) -> tuple[str, ...]:
    """The codes in a text with commas, semicolons or spaces between them."""
    return tuple(code for code in re.split(r"[\s,;]+", text) if code)
