"""What a time away must be like, and what is booked into it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from workbench.gate.work import Work
from workbench.kernel.time import Span, utc
from workbench.scheduling.availability import HoursWrong
from workbench.scheduling.held import held_within
from workbench.scheduling.tables import Appointment

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Away:
    """booked: appointments that stand in that time and are left where they are until somebody moves them."""

    away_id: str
    booked: int


def checked_away(starts_at: datetime, ends_at: datetime, label: str, now: datetime) -> tuple[Span, str]:
    """The span and the words, as they are kept.

    Raises:
        HoursWrong: it ends before it begins or before now, takes longer than a year, or the words are none or many.
    """
    span = Span(utc(starts_at), utc(ends_at))
    if span.ends_at <= span.starts_at:
        raise HoursWrong("It ends later than it begins.", "until")
    if span.ends_at <= now:
        raise HoursWrong("This has passed. Please choose a time still to come.", "until")
    if span.ends_at - span.starts_at > LONGEST:
        raise HoursWrong("At most a year at once.", "until")
    words = " ".join(label.split())
    if not words or len(words) > 80:
        raise HoursWrong("Say why in a few words, 80 letters at most.", "label")
    return span, words


def booked_within(work: Work, span: Span, staff_id: str = "") -> int:
    """How many held appointments touch the span, of one clinician or of all: they have to be moved by somebody."""
    query = select(func.count(Appointment.id)).where(held_within(span))
    return int(work.scalar(query.where(Appointment.clinician_id == staff_id) if staff_id else query) or 0)
