"""An answer of the audit log as a file that a spreadsheet opens. Pure."""

import csv
import hashlib
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

HEADS: Final = (
    "number", "at_utc", "at_practice", "who", "roles", "did_what", "event", "outcome", "record_type", "record_id",
    "patient_pseudonym", "held_by", "session", "kept_with_it", "hash",
)  # fmt: skip


def answer_file(lines: Iterable[Any], zone: ZoneInfo) -> bytes:
    """The lines as CSV (RFC 4180) in UTF-8, patients by the log's pseudonym only."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADS)
    for one in lines:
        at: datetime = one.at
        kept = "; ".join(f"{name}: {value}" for name, value in one.facts)
        writer.writerow(_safe(str(cell)) for cell in (
            one.seq, at.isoformat(), at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"), one.actor, " ".join(one.roles),
            one.sentence, one.event, one.outcome, one.subject_type, one.subject_id, one.patient_p, one.held,
            one.session, kept, one.leaf,
        ))  # fmt: skip
    return out.getvalue().encode()


def digest_of(content: bytes) -> str:
    """SHA-256 in hex, as `sha256sum` prints it."""
    return hashlib.sha256(content).hexdigest()


def _safe(cell: str) -> str:
    # A spreadsheet runs what begins like a formula (CWE-1236); an apostrophe makes it text.
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
