"""Messages between the practice and people in care: topics, what is refused, and the clock of an answer. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from workbench.gate.actor import Role
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import Span, instant_of, utc
from workbench.messaging.wording import telling


class Topic(StrEnum):
    """What a thread is about, and so who reads it. Stored values."""

    CLINICAL = "clinical"
    BILLING = "billing"
    SCHEDULING = "scheduling"


class Author(StrEnum):
    """As whom a message was written. Stored values."""

    PATIENT = "patient"
    PROXY = "proxy"
    STAFF = "staff"
    AUTOMATIC = "automatic"
    """In the name of somebody who is away."""


FROM_OUTSIDE: Final = frozenset({Author.PATIENT, Author.PROXY})


class Happened(StrEnum):
    """What was done with a thread. Stored values."""

    OPENED = "opened"
    ANSWERED = "answered"
    ASSIGNED = "assigned"
    MOVED = "moved"
    HANDED_OVER = "handed_over"
    CLOSED = "closed"
    REOPENED = "reopened"
    ESCALATED = "escalated"
    REPORTED = "reported"


ESCALATES_TO: Final[Mapping[Topic, tuple[Role, ...]]] = {
    Topic.CLINICAL: (Role.SUPERVISOR, Role.CLINICIAN),
    Topic.BILLING: (Role.MANAGER, Role.BILLER, Role.FRONT_DESK),
    Topic.SCHEDULING: (Role.MANAGER, Role.FRONT_DESK, Role.BILLER),
}
"""The roles that may be named for what is overdue: those who read the topic. The first one is usual."""

LONGEST_TEXT: Final = 20_000
LONGEST_SUBJECT: Final = 120
LONGEST_AWAY: Final = 1_000
LONGEST_REASON: Final = 1_000
MOST_AT_ONCE: Final = 300
"""People who are written to at once."""
_SATURDAY: Final = 5
_CRISIS_NUMBERS: Final = ("988", "911")
_CLINICAL: Final = frozenset({"a diagnosis", "a service", "a measure"})


class MessageUnclear(WorkbenchError):
    """Something is missing or too long. `fields`: a sentence by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("Please look at the marked fields.")
        self.fields = fields


class AudienceChanged(WorkbenchError):
    """Somebody else reads the thread than when the page was opened."""

    def __init__(self) -> None:
        super().__init__("Who reads this has changed since you opened it, and nothing was sent. Look at who reads it, "
                         "then send again: what you wrote is kept.")  # fmt: skip


@dataclass(frozen=True)
class Terms:
    """hours: of business within which somebody answers. escalate_to: a role. retention_years: how long it is kept."""

    hours: int
    escalate_to: Role
    retention_years: int = 7

    def checked(self, topic: Topic) -> "Terms":
        """The same.

        Raises:
            MessageUnclear.
        """
        problems = {}
        if not 1 <= self.hours <= 200:
            problems["hours"] = "Please give from 1 to 200 hours of business."
        if self.escalate_to not in ESCALATES_TO[topic]:
            problems["escalate_to"] = "This role does not read the topic."
        if not 1 <= self.retention_years <= 100:
            problems["retention_years"] = "Please give from 1 to 100 years."
        if problems:
            raise MessageUnclear(problems)
        return self


USUAL_TERMS: Final[Mapping[Topic, Terms]] = {
    Topic.CLINICAL: Terms(10, Role.SUPERVISOR),
    Topic.BILLING: Terms(20, Role.MANAGER),
    Topic.SCHEDULING: Terms(10, Role.MANAGER),
}


@dataclass(frozen=True)
class Business:
    """When the practice is open, Monday to Friday, by the clock of its zone. closed: times it is closed besides; a day
    counts as closed where one of them covers it.
    """

    opens_hour: int
    closes_hour: int
    zone: ZoneInfo
    closed: tuple[Span, ...] = ()

    def open_from(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The open stretches from this instant on, without end."""
        day = since.astimezone(self.zone).date()
        while True:
            opens = instant_of(datetime.combine(day, time(self.opens_hour)), self.zone)
            closes = opens + timedelta(hours=max(self.closes_hour - self.opens_hour, 1))
            is_closed = any(one.starts_at <= opens and closes <= one.ends_at for one in self.closed)
            if day.weekday() < _SATURDAY and not is_closed and closes > since:
                yield max(opens, since), closes
            day += timedelta(days=1)


def due_at(since: datetime, hours: int, business: Business) -> datetime:
    """Until when something that waits since then is answered in time."""
    left = timedelta(hours=hours)
    for opens, closes in business.open_from(since):
        if left <= closes - opens:
            return utc(opens + left)
        left -= closes - opens
    raise AssertionError("stretches do not end")


def waited(since: datetime, until: datetime, business: Business) -> int:
    """Minutes of business between the two."""
    total = timedelta()
    for opens, closes in business.open_from(since):
        if opens >= until:
            break
        total += min(closes, until) - opens
    return int(total / timedelta(minutes=1))


def checked_text(text: str, most: int = LONGEST_TEXT) -> str:
    """A message as it is kept.

    Raises:
        MessageUnclear.
    """
    if not text.strip():
        raise MessageUnclear({"text": "Please write something first."})
    if len(text) > most:
        raise MessageUnclear({"text": f"This is longer than {most:,} letters. Please send it in parts."})
    return text.strip()


def checked_subject(subject: str) -> str:
    """What a thread is called.

    Raises:
        MessageUnclear.
    """
    if not 0 < len(subject.strip()) <= LONGEST_SUBJECT:
        raise MessageUnclear({"subject": f"Please say what it is about, in at most {LONGEST_SUBJECT} letters."})
    return " ".join(subject.split())


def topic_of(value: str) -> Topic:
    """The topic.

    Raises:
        MessageUnclear.
    """
    if value not in Topic._value2member_map_:
        raise MessageUnclear({"topic": "Please choose what it is about."})
    return Topic(value)


def checked_away(text: str) -> str:
    """What is answered while somebody is away: it names where help is in a crisis.

    Raises:
        MessageUnclear.
    """
    words = checked_text(text, LONGEST_AWAY)
    missing = [one for one in _CRISIS_NUMBERS if one not in words]
    if missing:
        raise MessageUnclear({"text": f"Say where help is in a crisis: {' and '.join(missing)} must stand in it."})
    return words


def sounds_clinical(text: str) -> tuple[str, ...]:
    """Words that do not belong where the office reads. A hint, no verdict."""
    return tuple(one.word for one in telling(text) if any(kind in one.says for kind in _CLINICAL))
