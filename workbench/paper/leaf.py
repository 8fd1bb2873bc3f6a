"""A record that could leave on paper, as every domain names its own to who puts a packet together."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RecordKind(StrEnum):
    """What can leave. Stored values. A kind that is not here leaves by no path (45 CFR 164.501, 164.524(a)(1))."""

    NOTE = "note"
    PLAN = "plan"
    FORM = "form"
    MEASURE = "measure"
    DOCUMENT = "document"


KIND_WORDS = {
    RecordKind.NOTE: "Progress notes",
    RecordKind.PLAN: "Treatment plans",
    RecordKind.FORM: "Forms",
    RecordKind.MEASURE: "Measures",
    RecordKind.DOCUMENT: "Documents",
}


@dataclass(frozen=True)
class Leaf:
    """One record. on: the day it is of. is_final: signed and locked, or filed. digest: SHA-256 (hex) of what it is."""

    kind: RecordKind
    record_id: str
    on: date
    title: str
    is_final: bool
    digest: str
