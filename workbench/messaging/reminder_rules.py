"""When an appointment is reminded of, and when nobody may be written to. Pure: no clock, no store, no text."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import NoSuchTime, instant_of

DAY_MINUTES: Final = 24 * 60
EARLIEST, LATEST = 8 * 60, 21 * 60
"""Outside these minutes of the day nobody is written to, whatever the practice sets (47 CFR 64.1200(c)(1))."""
_SATURDAY: Final = 5


class Window(StrEnum):
    """How long before the start a reminder is wanted. Stored values."""

    THREE_DAYS = "72h"
    ONE_DAY = "24h"
    TWO_HOURS = "2h"


BEFORE: Final[Mapping[Window, timedelta]] = {
    Window.THREE_DAYS: timedelta(hours=72),
    Window.ONE_DAY: timedelta(hours=24),
    Window.TWO_HOURS: timedelta(hours=2),
}
AHEAD: Final = timedelta(hours=96)
"""How far ahead reminders are planned: the longest window, and a day for one that lands in the night."""


class ReminderState(StrEnum):
    """What became of a reminder. Stored values. `unknown`: it may have gone out, so it is never sent again."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


class Why(StrEnum):
    """Why one was not sent. Stored values."""

    NOTHING = ""
    MOVED = "moved"
    OVER = "over"
    OVERTAKEN = "overtaken"
    NO_CONSENT = "no_consent"
    NO_ADDRESS = "no_address"
    TOO_LATE = "too_late"
    REFUSED = "refused"
    CUT_OFF = "cut_off"
    NO_WAY_OUT = "no_way_out"
    GIVEN_UP = "given_up"


class CannotRetry(WorkbenchError):
    """It is not one that can be sent once more; the sentence says why."""


class CannotGiveUp(WorkbenchError):
    """It was sent, or is over already."""

    def __init__(self) -> None:
        super().__init__("This one is sent or over, so there is nothing to give up.")


_AGAIN: Final = frozenset({Why.NO_CONSENT, Why.NO_ADDRESS})


def check_retry(state: str, why: str, starts_at: datetime, now: datetime) -> None:
    """Whether it may be sent once more: its address was refused or missing, and nothing of it can have gone out.

    Raises:
        CannotRetry: with the reason.
    """
    if state == ReminderState.UNKNOWN:
        raise CannotRetry("It may have gone out, and nothing is sent twice. Please call them instead.")
    if state != ReminderState.FAILED and (state, why) not in {(ReminderState.DROPPED, one) for one in _AGAIN}:
        raise CannotRetry("This one is not waiting for anybody to send it once more.")
    if now >= starts_at:
        raise CannotRetry("The appointment has begun, so there is nothing to remind of.")


def may_retry(state: str, why: str, starts_at: datetime, now: datetime) -> bool:
    """Whether it may."""
    try:
        check_retry(state, why, starts_at, now)
    except CannotRetry:
        return False
    return True


def check_give_up(state: str) -> None:
    """Whether somebody may leave it.

    Raises:
        CannotGiveUp: it is on its way, was sent, or is over.
    """
    if state not in GIVES_UP:
        raise CannotGiveUp


GIVES_UP: Final = frozenset({ReminderState.PLANNED, ReminderState.FAILED, ReminderState.UNKNOWN})
"""States in which somebody may leave a reminder."""


class HoursWrong(WorkbenchError):
    """Hours in which nothing could be sent, or at which nobody may be written to."""

    def __init__(self) -> None:
        super().__init__("Messages go out between 8 a.m. and 9 p.m., for at least four hours a day.")
        self.fields = {"until_at": str(self)}


@dataclass(frozen=True)
class SendingHours:
    """From and until before which minute of the wall clock messages go out, and whether on Saturday and Sunday too."""

    from_minute: int = 9 * 60
    until_minute: int = 20 * 60
    on_weekends: bool = True

    def checked(self) -> "SendingHours":
        """The hours, if messages can go out in them.

        Raises:
            HoursWrong: they cannot, or reach into the night.
        """
        if not EARLIEST <= self.from_minute <= self.until_minute - 4 * 60 <= LATEST - 4 * 60:
            raise HoursWrong
        return self


def windows_for(starts_at: datetime, booked_at: datetime, *, is_telehealth: bool) -> tuple[Window, ...]:
    """Which reminders an appointment wants: those still to come when it was booked; none if that was within a day."""
    if starts_at - booked_at < BEFORE[Window.ONE_DAY]:
        return ()
    wanted = (one for one in Window if is_telehealth or one is not Window.TWO_HOURS)
    return tuple(one for one in wanted if starts_at - BEFORE[one] > booked_at)


def next_allowed(at: datetime, hours: SendingHours, zone: ZoneInfo) -> datetime:
    """The first instant from `at` on at which somebody in `zone` may be written to. It is held, never dropped."""
    wall = at.astimezone(zone)
    day, minute = wall.date(), wall.hour * 60 + wall.minute
    is_open = hours.from_minute <= minute < hours.until_minute
    if is_open and (hours.on_weekends or day.weekday() < _SATURDAY):
        return at
    if minute >= hours.from_minute:
        day += timedelta(days=1)
    while True:
        if hours.on_weekends or day.weekday() < _SATURDAY:
            try:
                return instant_of(datetime.combine(day, time(*divmod(hours.from_minute, 60))), zone)
            except NoSuchTime:  # a day that a zone has skipped
                pass
        day += timedelta(days=1)


def due_at(starts_at: datetime, window: Window, hours: SendingHours, zone: ZoneInfo) -> datetime | None:
    """When the reminder goes out; None if that would be at the start or after it."""
    at = next_allowed(starts_at - BEFORE[window], hours, zone)
    return at if at < starts_at else None


def is_overtaken(window: Window, others: Collection[Window], starts_at: datetime, now: datetime) -> bool:
    """Whether one for a later window is due by now too: held up for long, two would arrive at once."""
    return any(BEFORE[one] < BEFORE[window] and starts_at - BEFORE[one] <= now for one in others)


def again_at(now: datetime, attempts: int, hours: SendingHours, zone: ZoneInfo) -> datetime:
    """When to try once more after so many tries that met nobody: a minute, doubling to a quarter of an hour."""
    return next_allowed(now + timedelta(minutes=min(1 << max(attempts - 1, 0), 15)), hours, zone)
