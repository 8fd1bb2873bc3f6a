"""An answer of the audit log as a file that a spreadsheet opens. Pure."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from workbench.kernel.csv_files import csv_file

HEADS: Final = (
    "number", "at_utc", "at_practice", "who", "roles", "did_what", "event", "outcome", "record_type", "record_id",
    "patient_pseudonym", "held_by", "session", "kept_with_it", "hash",
)  # fmt: skip


def answer_file(lines: Iterable[Any], zone: ZoneInfo) -> bytes:
    """The lines as CSV, patients by the log's pseudonym only."""
    return csv_file(HEADS, (_cells(one, zone) for one in lines))


def _cells(one: Any, zone: ZoneInfo) -> tuple[object, ...]:
    at: datetime = one.at
    kept = "; ".join(f"{name}: {value}" for name, value in one.facts)
    return (
        one.seq, at.isoformat(), at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"), one.actor, " ".join(one.roles),
        one.sentence, one.event, one.outcome, one.subject_type, one.subject_id, one.patient_p, one.held, one.session,
        kept, one.leaf,
    )  # fmt: skip


def digest_of(content: bytes) -> str:
    """SHA-256 in hex, as `sha256sum` prints it."""
    return hashlib.sha256(content).hexdigest()
