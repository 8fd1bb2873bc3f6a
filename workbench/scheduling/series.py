"""What verbs ask about series: when its appointments are, which times are taken, and which of a series still wait."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import or_, select

from workbench.gate.errors import StalePage
from workbench.gate.view import Look
from workbench.gate.work import Work
from workbench.kernel.time import Span
from workbench.scheduling.held import held_within
from workbench.scheduling.recurrence import Occurrence, RuleWrong, clashes, occurrences
from workbench.scheduling.rules import WAITING, NothingToCome, booking
from workbench.scheduling.tables import Appointment, AppointmentSeries, Attendance, SeriesPlace


def taken_times(
    asking: Work | Look, clinician_id: str, over: Span, room_id: str | None = None, *, but: str = ""
) -> tuple[Span, ...]:
    """The held times of the clinician, and of the room if one is meant, that touch `over`: one question for both.

    but: the appointment that is moved and so does not stand in its own way.
    """
    theirs = Appointment.clinician_id == clinician_id
    held = select(Appointment.starts_at, Appointment.ends_at).where(
        held_within(over),
        Appointment.id != but,
        or_(theirs, Appointment.room_id == room_id) if room_id else theirs,
    )
    return tuple(Span(*row) for row in asking.execute(held))


@dataclass(frozen=True)
class Wanted:
    """The appointments of a series before they are booked, and the time each takes."""

    days: tuple[Occurrence, ...]
    spans: tuple[Span, ...]

    @property
    def over(self) -> Span:
        """From the first to the last of them."""
        return Span(self.spans[0].starts_at, self.spans[-1].ends_at)


def wanted_of(work: Work, rule: str, first_on: date, at: time, minutes: int, without: Collection[date] = ()) -> Wanted:
    """What a rule means on the practice's wall clock, but for the days in `without`.

    Raises:
        RuleWrong: the rule, or nothing is left of it. InThePast, TooFarAhead: one of them.
    """
    days = tuple(one for one in occurrences(rule, first_on, at, work.zone) if one.on not in without)
    if not days:
        raise RuleWrong("Nothing is left of this series. Keep at least one of its days.")
    return Wanted(days, tuple(booking(one.starts_at, minutes, work.now) for one in days))


def days_taken(
    work: Work, clinician_id: str, wanted: Wanted, minutes: int, room_id: str | None = None
) -> tuple[date, ...]:
    """The days on which the clinician has somebody else then, or the room has."""
    taken = taken_times(work, clinician_id, wanted.over, room_id)
    return tuple(one.on for one in clashes(wanted.days, minutes, taken))


def new_series(
    work: Work, rule: str, first_on: date, at: time, *, patient_id: str | None = None, group_id: str | None = None
) -> AppointmentSeries:
    """What repeats, for one patient or for one group."""
    series = AppointmentSeries(
        patient_id=patient_id, group_id=group_id, rule=rule, first_on=first_on, minute_of_day=at.hour * 60 + at.minute,
        zone=work.zone.key, booked_at=work.now,
    )  # fmt: skip
    work.add(series)
    work.flush()
    return series


@dataclass(frozen=True)
class Waiting:
    """One of a series that is still to come. `on`: the day the series gave it, wherever it was moved since.

    attendances: of those who are still awaited; of a group several.
    """

    attendances: tuple[Attendance, ...]
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
    found: dict[str, tuple[Appointment, date, list[Attendance]]] = {}
    for attendance, appointment, on in asking.execute(query):
        found.setdefault(appointment.id, (appointment, on, []))[2].append(attendance)
    return tuple(Waiting(tuple(attending), appointment, on) for appointment, on, attending in found.values())
