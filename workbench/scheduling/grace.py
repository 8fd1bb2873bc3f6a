"""The grace time: what was just done at the schedule can be taken back, before anybody is told of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from workbench.gate.view import Look
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.scheduling.tables import AppointmentMove, AttendanceMove, SeriesPlace

M = TypeVar("M", AppointmentMove, AttendanceMove)

GRACE: Final = timedelta(minutes=3)
"""How long nobody is notified of a change and whoever made it can take it back with one press."""
TAKEN_BACK: Final = "taken back"
"""The reason that stands at a change of status that only takes another one back."""
LEFT_GROUP: Final = "left the group"
"""The reason that stands at what is cancelled because somebody left: who comes back to a group joins it again."""
NOT_TAKEN_BACK: Final = (TAKEN_BACK, LEFT_GROUP)
"""Reasons of changes that nothing takes back."""


class GraceOver(WorkbenchError):
    """It was done too long ago."""

    def __init__(self) -> None:
        super().__init__("More than three minutes have passed, so this stands. Change the appointment itself instead.")


class NothingToUndo(WorkbenchError):
    """The last thing that happened to the appointment is not what was to be taken back."""

    def __init__(self) -> None:
        super().__init__("This appointment was changed again since, so there is nothing to take back.")


class TimeGivenAway(WorkbenchError):
    """Somebody else was booked into the time."""

    def __init__(self) -> None:
        super().__init__("This time has been given to somebody else meanwhile, so it cannot be taken back.")


def check_grace(done_at: datetime, done_by: str, now: datetime, user_id: str) -> None:
    """Only who did it takes it back, and only for as long as nobody was told of it.

    Raises:
        NothingToUndo: somebody else did the last thing. GraceOver: it was three minutes ago or more.
    """
    if done_by != user_id:
        raise NothingToUndo
    if now - done_at >= GRACE:
        raise GraceOver


def of_its_series(asking: Work | Look, appointment_id: str) -> Sequence[str]:
    """The ids of all appointments of the same series; of one that stands alone, its own."""
    series = select(SeriesPlace.series_id).where(SeriesPlace.appointment_id == appointment_id).scalar_subquery()
    query = select(SeriesPlace.appointment_id).where(SeriesPlace.series_id == series)
    return asking.scalars(query).all() or [appointment_id]


def newest_of_each(work: Work, rows: type[M], of: InstrumentedAttribute[str], ids: Sequence[str]) -> Sequence[M]:
    """The last row that was written about each of `ids`. rows: a table that only grows; of: its column of these ids."""
    last = select(func.max(rows.id)).where(of.in_(ids)).group_by(of)
    return work.scalars(select(rows).where(rows.id.in_(last))).all()
