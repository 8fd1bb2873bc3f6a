"""What may be added to a locked record, and what exactly is signed with it.

Source: CMS Program Integrity Manual 3.3.2.5: amendments, corrections and late entries are identified as such, dated and
signed, and never delete what was there.
"""

import hashlib
import json
from enum import StrEnum
from typing import Final

from sqlalchemy import func, select

from workbench.charting.addendum_tables import Addendum, AddendumText
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.ids import new_id
from workbench.kernel.time import microseconds

LONGEST: Final = 20_000
"""Characters of an addendum."""
_LONGEST_REASON: Final = 500


class AddendumKind(StrEnum):
    """What an entry is. Stored values, and the words on the page."""

    ADDENDUM = "addendum"
    """More about it."""
    CORRECTION = "correction"
    """Something in it is wrong, and this holds."""
    LATE_ENTRY = "late entry"
    """It was known then and was not written down."""


class StillADraft(WorkbenchError):
    """What is not signed is simply written on."""

    def __init__(self) -> None:
        super().__init__("This is not signed yet. Write on in the draft.")


class AddendumUnclear(WorkbenchError):
    """Something is missing or too long. `fields`: a sentence by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("Please look at the marked fields.")
        self.fields = fields


def checked(kind: str, reason: str, text: str) -> tuple[AddendumKind, AddendumText]:
    """An entry as it is kept.

    Raises:
        AddendumUnclear: it is of no kind, or says nothing, or too much.
    """
    problems = {}
    if kind not in AddendumKind._value2member_map_:
        problems["kind"] = "Please choose one."
    if not 0 < len(reason.strip()) <= _LONGEST_REASON:
        problems["reason"] = f"Say why it is added, in at most {_LONGEST_REASON} letters."
    if not 0 < len(text.strip()) <= LONGEST:
        problems["text"] = f"Write the entry, in at most {LONGEST:,} letters."
    if problems:
        raise AddendumUnclear(problems)
    return AddendumKind(kind), AddendumText(reason.strip(), text.strip())


def content_hash(row: Addendum, told: AddendumText) -> str:
    """SHA-256 of what was signed: the entry, of what kind, to what, by whom, as what and when."""
    body = {
        "v": 1, "id": row.id, "kind": row.kind, "number": row.number, "note": row.note_id, "response": row.response_id,
        "target": row.target_hash, "patient": row.patient_id, "author": row.author_id, "signed_as": row.signed_as,
        "signed_us": microseconds(row.signed_at), "reason": told.reason, "text": told.text,
    }  # fmt: skip
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def add(work: Work, row: Addendum, reason: str, text: str) -> Addendum:
    """An entry with its kind, its target and who signs it as whom: checked, numbered after those there are, kept.

    Raises:
        AddendumUnclear.
    """
    kind, told = checked(row.kind, reason, text)
    same = Addendum.note_id == row.note_id if row.note_id else Addendum.response_id == row.response_id
    row.id, row.kind, row.author_id, row.signed_at = new_id("add"), kind.value, work.actor.person_id, work.now
    row.number = (work.scalar(select(func.max(Addendum.number)).where(same)) or 0) + 1
    row.content_hash = content_hash(row, told)
    row.told = told
    work.add(row)
    work.flush()
    return row
