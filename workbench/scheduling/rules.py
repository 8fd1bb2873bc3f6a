"""When an appointment may be made or change state. Pure: no clock, no database, no settings."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import Span, day_of
from workbench.scheduling.tables import AttendanceStatus as Status


class SlotTaken(WorkbenchError):
    """The clinician has somebody else at that time."""

    def __init__(self) -> None:
        super().__init__("Somebody has just taken this time. Nothing was booked; please choose another time.")


class SeriesClashes(WorkbenchError):
    """Some times of a series are taken. `days`: which, in order."""

    def __init__(self, days: tuple[date, ...]) -> None:
        named = ", ".join(f"{day:%b} {day.day}" for day in days[:6]) + (" and more" if len(days) > 6 else "")
        super().__init__(f"Not free on {named}. Leave these days out, or choose another time. Nothing was changed.")
        self.days = days


class LengthWrong(WorkbenchError):
    """An appointment that is no session."""

    def __init__(self) -> None:
        super().__init__("An appointment takes from five minutes to eight hours, in steps of five minutes.")


class NothingToCome(WorkbenchError):
    """Nothing of the series waits any more."""

    def __init__(self) -> None:
        super().__init__("Nothing of this series is still to come from that day on.")


class InThePast(WorkbenchError):
    """The time has begun already."""

    def __init__(self) -> None:
        super().__init__("This time has passed. Please choose a time still to come.")


class TooFarAhead(WorkbenchError):
    """The time is so far off that it is a typing slip."""

    def __init__(self) -> None:
        super().__init__("This is more than two years ahead. Please check the year.")


class TypeRetired(WorkbenchError):
    """The practice no longer offers this type of appointment."""

    def __init__(self) -> None:
        super().__init__("This type of appointment is no longer offered. Please choose another type.")


class CannotMove(WorkbenchError):
    """An attendance does not go from this status to that one."""

    def __init__(self, status: Status, to: Status) -> None:
        super().__init__(f"This appointment is {WORDS[status]}, so it cannot become {WORDS[to]}.")


class CannotBeMoved(WorkbenchError):
    """Something has happened at the appointment, so its time stands."""

    def __init__(self) -> None:
        super().__init__("Only an appointment that is still waiting can be moved. Book a new one instead.")


class CannotCancelOwn(WorkbenchError):
    """It has begun, somebody has checked in, or it would be told as the practice's cancellation."""

    def __init__(self) -> None:
        super().__init__("This appointment can no longer be cancelled here. Please call the practice.")


class ReasonMissing(WorkbenchError):
    """A cancellation without a reason, or with one that is too long to be one."""

    def __init__(self) -> None:
        super().__init__("Please give the reason in a few words, 200 letters at most.")
        self.fields = {"reason": str(self)}


class NotYet(WorkbenchError):
    """The session has not begun, so nobody can say how it went."""

    def __init__(self) -> None:
        super().__init__("This session has not begun yet.")


class NotToday(WorkbenchError):
    """Somebody is marked as arrived only on the day of the appointment."""

    def __init__(self) -> None:
        super().__init__("This appointment is not today. Only today's arrivals can be marked.")


MOVES: Final[Mapping[Status, frozenset[Status]]] = {
    Status.REQUESTED: frozenset({Status.BOOKED, Status.CANCELLED}),
    Status.BOOKED: frozenset({
        Status.CONFIRMED, Status.ARRIVED, Status.COMPLETED, Status.NO_SHOW, Status.LATE_CANCELLED, Status.CANCELLED,
    }),
    Status.CONFIRMED: frozenset({
        Status.ARRIVED, Status.COMPLETED, Status.NO_SHOW, Status.LATE_CANCELLED, Status.CANCELLED,
    }),
    Status.ARRIVED: frozenset({Status.IN_SESSION, Status.COMPLETED, Status.LATE_CANCELLED, Status.CANCELLED}),
    Status.IN_SESSION: frozenset({Status.COMPLETED}),
    Status.NO_SHOW: frozenset({Status.ARRIVED}),  # who was marked as missing may still come through the door
    Status.COMPLETED: frozenset(),
    Status.LATE_CANCELLED: frozenset(),
    Status.CANCELLED: frozenset(),
}  # fmt: skip
"""From each status, those that may follow. What does not stand here does not happen."""

WORDS: Final[Mapping[Status, str]] = {
    Status.REQUESTED: "only asked for",
    Status.BOOKED: "booked",
    Status.CONFIRMED: "confirmed",
    Status.ARRIVED: "checked in",
    Status.IN_SESSION: "in session",
    Status.COMPLETED: "completed",
    Status.NO_SHOW: "a no-show",
    Status.LATE_CANCELLED: "cancelled late",
    Status.CANCELLED: "cancelled",
}
"""How each status is said in a sentence."""

ENDED: Final = frozenset({Status.LATE_CANCELLED, Status.CANCELLED})
"""Statuses that leave the clinician's time free."""

ABSENT: Final = ENDED | {Status.NO_SHOW, Status.REQUESTED}
"""Statuses of a patient who was not there, or whose time nobody has agreed to: no note, no charge for a session."""

WAITING: Final = frozenset({Status.BOOKED, Status.CONFIRMED})
"""Statuses before anything has happened: the time may still be moved."""


def moved(status: str, to: Status) -> Status:
    """`to`, if an attendance may go there from `status`.

    Raises:
        CannotMove: it may not.
    """
    if to not in MOVES[Status(status)]:
        raise CannotMove(Status(status), to)
    return to


class CancelledBy(StrEnum):
    """Whose cancellation it is. Stored values; "" at every other move."""

    PATIENT = "patient"
    PRACTICE = "practice"


def cancelled_status(
    starts_at: datetime, now: datetime, notice: timedelta, by: CancelledBy = CancelledBy.PATIENT
) -> Status:
    """Late means by the patient and less than `notice` before the start; exactly `notice` is in time."""
    is_late = by is CancelledBy.PATIENT and starts_at - now < notice
    return Status.LATE_CANCELLED if is_late else Status.CANCELLED


def check_own_cancellation(starts_at: datetime, status: str, now: datetime, by: CancelledBy) -> None:
    """The person in care cancels what is asked for or awaited and has not begun, and as theirs alone.

    Raises:
        CannotCancelOwn: see there.
    """
    if Status(status) not in {*WAITING, Status.REQUESTED} or starts_at <= now or by is not CancelledBy.PATIENT:
        raise CannotCancelOwn


def checked_by(by: str) -> CancelledBy:
    """Whose cancellation it is.

    Raises:
        ReasonMissing: it is not said, or nobody's.
    """
    if by not in tuple(CancelledBy):
        raise ReasonMissing
    return CancelledBy(by)


def holds_time(statuses: Iterable[str]) -> bool:
    """Whether an appointment still needs its clinician: somebody attends, or was to."""
    return any(Status(status) not in ENDED for status in statuses)


def checked_reason(typed: str) -> str:
    """The reason as it is kept.

    Raises:
        ReasonMissing: nothing, or more than 200 characters.
    """
    reason = " ".join(typed.split())
    if not reason or len(reason) > 200:
        raise ReasonMissing
    return reason


def check_waiting(statuses: Iterable[str]) -> None:
    """An appointment is moved while everybody who attends is still awaited.

    Raises:
        CannotBeMoved: somebody has arrived or missed it, or it was cancelled.
    """
    left = [Status(status) for status in statuses if Status(status) not in ENDED]
    if not left or not WAITING.issuperset(left):
        raise CannotBeMoved


def booking(starts_at: datetime, minutes: int, now: datetime) -> Span:
    """The time an appointment of this length takes.

    Raises:
        InThePast: it has begun. TooFarAhead: it begins more than two years from now.
    """
    if starts_at <= now:
        raise InThePast
    if starts_at - now > timedelta(days=731):
        raise TooFarAhead
    return Span(starts_at, starts_at + timedelta(minutes=minutes))


def checked_length(minutes: int) -> int:
    """The length of an appointment in minutes, as somebody set it by hand.

    Raises:
        LengthWrong: shorter than five minutes, longer than eight hours, or between two steps of five.
    """
    if not 5 <= minutes <= 480 or minutes % 5:
        raise LengthWrong
    return minutes


def check_arrival(starts_at: datetime, now: datetime, zone: ZoneInfo) -> None:
    """Arrivals are marked on the practice day of the appointment.

    Raises:
        NotToday: it is another day.
    """
    if day_of(starts_at, zone) != day_of(now, zone):
        raise NotToday


def check_begun(starts_at: datetime, now: datetime) -> None:
    """How a session went can be said once it has begun.

    Raises:
        NotYet: it has not.
    """
    if now < starts_at:
        raise NotYet


def offers(status: str, span: Span, now: datetime, zone: ZoneInfo) -> frozenset[str]:
    """The names of the verbs that would not be refused now, so that a page can show their buttons."""
    after, begun = MOVES[Status(status)], span.starts_at <= now
    possible = {
        "check_in": Status.ARRIVED in after and day_of(span.starts_at, zone) == day_of(now, zone),
        "start_session": Status.IN_SESSION in after,
        "complete_session": Status.COMPLETED in after and begun,
        "mark_no_show": Status.NO_SHOW in after and begun,
        "cancel_appointment": Status.CANCELLED in after,
        "move_appointment": Status(status) in WAITING,
    }
    return frozenset(verb for verb, offered in possible.items() if offered)
