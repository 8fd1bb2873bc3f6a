"""When the first word of a note came so late that the record has to say so. Pure.

Source: CMS Program Integrity Manual 3.3.2.5: a late entry is identified as one and bears the date it was made; notes
are written during the service or as soon as practicable after it. The limit is that from which a note is overdue.
"""

from dataclasses import dataclass
from datetime import datetime

from workbench.charting.rules import OVERDUE_AFTER


@dataclass(frozen=True)
class LateEntry:
    """Both times of a note that was begun late: when its session ended, and when it was first saved."""

    ended_at: datetime
    begun_at: datetime


def late_entry(ended_at: datetime, begun_at: datetime) -> LateEntry | None:
    """None where the note was begun within the limit; the exact hour is still within it."""
    return LateEntry(ended_at, begun_at) if begun_at - ended_at > OVERDUE_AFTER else None
