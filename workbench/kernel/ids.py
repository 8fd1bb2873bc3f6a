"""Typed, opaque, prefixed ids. Never a name, a birth date or a counter: an id may stand in a URL and a log."""

import base64
import os
import re
from typing import NewType

PatientId = NewType("PatientId", str)
AppointmentId = NewType("AppointmentId", str)
AttendanceId = NewType("AttendanceId", str)
NoteId = NewType("NoteId", str)
ChargeId = NewType("ChargeId", str)
ClaimId = NewType("ClaimId", str)
BatchId = NewType("BatchId", str)
RemittanceId = NewType("RemittanceId", str)
EntryId = NewType("EntryId", str)
DocumentId = NewType("DocumentId", str)

_SHAPE = re.compile(r"[a-z]{2,4}_[a-z2-7]{26}")


def new_id(prefix: str) -> str:
    """A fresh id: `prefix`, an underscore and 128 random bits in lower-case base32, such as `pat_…`."""
    return f"{prefix}_{base64.b32encode(os.urandom(16))[:26].decode().lower()}"


def looks_like(text: str, prefix: str) -> bool:
    """Whether `text` has the form of an id with this prefix; says nothing about whether it exists."""
    return text.startswith(prefix + "_") and _SHAPE.fullmatch(text) is not None
