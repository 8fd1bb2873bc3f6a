"""Who waits for what time, and which time fits whom. Pure: no clock, no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from workbench.kernel.errors import WorkbenchError

EVERY_DAY: Final = frozenset(range(7))
LAST_MINUTE: Final = 24 * 60
ASK_AFTER: Final = timedelta(days=28)
"""After so long somebody is to be asked whether they still wait: a list nobody asks is a list nobody comes from."""
HOLDS_FOR: Final = timedelta(days=56)
"""After so long without a word no time is found for them any more. They stay on the list, to be asked."""
WARNED: Final = timedelta(days=7)
"""So long after the practice said that waits end by themselves the first may, so that people can be asked before."""
MOST_WEEKS: Final = 104
SHORTEST, LONGEST = timedelta(minutes=15), timedelta(days=3)


class WishWrong(WorkbenchError):
    """A wish no time could fit. `fields`: a sentence at the place where it is wrong."""

    def __init__(self, sentence: str, name: str) -> None:
        super().__init__(sentence)
        self.fields = {name: sentence}


class TermsWrong(WorkbenchError):
    """Weeks that cannot follow each other; `fields` says where."""

    def __init__(self, problem: str, field: str) -> None:
        super().__init__(problem)
        self.fields = {field: problem}


class NotLapsed(WorkbenchError):
    """It did not end by itself, or so long ago that they have to be put on the list anew."""

    def __init__(self) -> None:
        super().__init__("This wait cannot be gone on with. Put them on the waitlist anew.")


class AlreadyWaiting(WorkbenchError):
    """One person waits once for a type of appointment."""

    def __init__(self) -> None:
        super().__init__("They are on the waitlist for this type already. Change what they wish there.")
        self.fields = {"type_id": str(self)}


class WaitOver(WorkbenchError):
    """The person is no longer on the list."""

    def __init__(self) -> None:
        super().__init__("They are no longer on the waitlist. Nothing was changed.")


class OfferOver(WorkbenchError):
    """The offer can no longer be answered."""

    def __init__(self) -> None:
        super().__init__("This offer is over: it was answered, ran out, or the time went to somebody else.")


class OfferedAlready(WorkbenchError):
    """The same person has an open offer of the same time."""

    def __init__(self) -> None:
        super().__init__("This time is offered to them already.")


class DoesNotFit(WorkbenchError):
    """The time is not what they said they could take."""

    def __init__(self) -> None:
        super().__init__("This time is not among those they wish for. Ask them, and change their wish first.")


class LeadTooShort(WorkbenchError):
    """An offer that stands for no time at all, or for ever."""

    def __init__(self) -> None:
        super().__init__("An offer stands for 15 minutes to three days, and ends before the appointment begins.")
        self.fields = {"within": str(self)}


class Place(StrEnum):
    """Where somebody can be seen. Stored values."""

    ANY = "any"
    OFFICE = "office"
    VIDEO = "video"


class Leaving(StrEnum):
    """Why somebody left the list. Stored values."""

    BOOKED = "booked"
    NO_LONGER = "no_longer"
    ELSEWHERE = "elsewhere"
    NOT_REACHED = "not_reached"
    LAPSED = "lapsed"


BY_HAND: Final = frozenset(Leaving) - {Leaving.LAPSED}
"""The reasons a person gives; the other one is the clock's."""


class OfferAnswer(StrEnum):
    """What became of an offer. Stored values. `gone`: somebody else took the time, or they took another."""

    NONE = ""
    ACCEPTED = "accepted"
    DECLINED = "declined"
    GONE = "gone"


class Standing(StrEnum):
    """How fresh the last word of somebody who waits is."""

    FRESH = "fresh"
    TO_ASK = "to_ask"
    UNHEARD = "unheard"


@dataclass(frozen=True)
class Patience:
    """How long a word counts here. lapse: after so long a wait ends by itself; None if none ever does.

    said_at: when the practice said so; None where it never did.
    """

    ask: timedelta = ASK_AFTER
    hold: timedelta = HOLDS_FOR
    lapse: timedelta | None = None
    said_at: datetime | None = None

    def lapses_at(self, heard_at: datetime) -> datetime | None:
        """When a wait ends of which nothing is heard from then on; None if it never does."""
        if self.lapse is None or self.said_at is None:
            return None
        return max(heard_at + self.lapse, self.said_at + WARNED)


USUAL: Final = Patience()


def checked_weeks(ask: int, hold: int, lapse: int) -> None:
    """Whether these weeks follow each other.

    Raises:
        TermsWrong: with the field.
    """
    if not 1 <= ask <= MOST_WEEKS:
        raise TermsWrong(f"Ask after 1 to {MOST_WEEKS} weeks.", "ask_weeks")
    if not ask < hold <= MOST_WEEKS:
        raise TermsWrong("Times are offered for longer than until they are asked, and two years at most.", "hold_weeks")
    if lapse and not hold <= lapse <= MOST_WEEKS:
        raise TermsWrong("A wait ends when times are offered no more, or later, and after two years at most.",
                         "lapse_weeks")  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """What somebody who waits could take. clinician_id: "" is anybody; weekdays: 0 is Monday.

    from_minute, until_minute: an appointment begins at or after the one and before the other, by the practice's clock.
    """

    clinician_id: str = ""
    place: Place = Place.ANY
    weekdays: frozenset[int] = EVERY_DAY
    from_minute: int = 0
    until_minute: int = LAST_MINUTE

    def checked(self) -> "Wish":
        """The wish, if a time could fit it.

        Raises:
            WishWrong: no weekday, or no time of the day.
        """
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise WishWrong("Choose at least one day of the week.", "weekdays")
        if not 0 <= self.from_minute < self.until_minute <= LAST_MINUTE:
            raise WishWrong("The latest start is later than the earliest.", "until_at")
        return self


@dataclass(frozen=True)
class Opening:
    """A time that is free: whose, when, and whether it is by video; None where it could be either."""

    clinician_id: str
    starts_at: datetime
    is_remote: bool | None


def fits(wish: Wish, opening: Opening, zone: ZoneInfo) -> bool:
    """Whether somebody with this wish could take it."""
    wall = opening.starts_at.astimezone(zone)
    return (
        wish.clinician_id in ("", opening.clinician_id)
        and wall.weekday() in wish.weekdays
        and wish.from_minute <= minute_of(wall.time()) < wish.until_minute
        and (wish.place is Place.ANY or opening.is_remote in (None, wish.place is Place.VIDEO))
    )


def standing(said_at: datetime, now: datetime, patience: Patience = USUAL) -> Standing:
    """How long ago they last said that they wait."""
    if now - said_at < patience.ask:
        return Standing.FRESH
    return Standing.TO_ASK if now - said_at < patience.hold else Standing.UNHEARD


def expiry(now: datetime, within: timedelta, starts_at: datetime) -> datetime:
    """Until when an offer can be accepted: `within` from now, and not once the appointment has begun.

    Raises:
        LeadTooShort: that is less than a quarter of an hour, or more than three days.
    """
    ends = min(now + within, starts_at)
    if not SHORTEST <= within <= LONGEST or ends - now < SHORTEST:
        raise LeadTooShort
    return ends


def minute_of(wall: time) -> int:
    """How many minutes after midnight the clock shows this."""
    return wall.hour * 60 + wall.minute


def packed(weekdays: Iterable[int]) -> int:
    """Days of the week in one number, Monday the lowest bit."""
    return sum(1 << day for day in set(weekdays))


def unpacked(kept: int) -> frozenset[int]:
    """The days of the week in such a number."""
    return frozenset(day for day in EVERY_DAY if kept >> day & 1)
