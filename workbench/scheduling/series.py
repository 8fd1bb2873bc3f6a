"""What verbs ask about series: which times of a clinician are taken, and which appointments of a series still wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from workbench.gate.errors import StalePage
from workbench.gate.view import Look
from workbench.gate.work import Work
from workbench.kernel.time import Span
from workbench.scheduling.held import held_within
from workbench.scheduling.rules import WAITING, NothingToCome
from workbench.scheduling.tables import Appointment, Attendance, SeriesPlace


def taken_times(asking: Work | Look, clinician_id: str, over: Span) -> tuple[Span, ...]:
    """The clinician's held times that touch `over`."""
    held = select(Appointment.starts_at, Appointment.ends_at).where(held_within(over))
    return tuple(Span(*row) for row in asking.execute(held.where(Appointment.clinician_id == clinician_id)))


@dataclass(frozen=True)
class Waiting:
    """One of a series that is still to come. `on`: the day the series gave it, wherever it was moved since."""

    attendance: Attendance
    appointment: Appointment
    on: date


def rest_of(work: Work, series_id: str, from_on: date, shown: Sequence[datetime] | None) -> tuple[Waiting, ...]:
    """What waits of a series, if it is what the person was shown: when each begins, in order; None where nothing was.

    Raises:
        NothingToCome: nothing of it waits. StalePage: some of it was moved, cancelled or began since.
    """
    waiting = still_to_come(work, series_id, from_on)
    if not waiting:
        raise NothingToCome
    if shown is not None and list(shown) != [one.appointment.starts_at for one in waiting]:
        raise StalePage
    return waiting


def still_to_come(asking: Work | Look, series_id: str, from_on: date) -> tuple[Waiting, ...]:
    """What waits of a series, from the day the series gave it, in order.

    What somebody has arrived for, missed or cancelled is over, and the rest of a series leaves it alone.
    """
    query = (
        select(Attendance, Appointment, SeriesPlace.series_on)
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .join(SeriesPlace, SeriesPlace.appointment_id == Appointment.id)
        .where(
            SeriesPlace.series_id == series_id,
            SeriesPlace.series_on >= from_on,
            Attendance.status.in_(WAITING),
            Appointment.starts_at > asking.now,
        )
        .order_by(SeriesPlace.series_on, Attendance.id)
    )
    return tuple(Waiting(*row) for row in asking.execute(query))
