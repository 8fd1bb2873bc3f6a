"""What people in care may book by themselves, by the practice's rule for each kind of appointment. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import Span
from workbench.scheduling.availability import Open, open_on, usual_plan

LONGEST_WAIT: Final = 90
"""Days after which a search for business hours ends: a practice that is closed for longer answers nobody."""


class How(StrEnum):
    """What a chosen time becomes. Stored values. `request`: held until the practice answers; `instant`: booked."""

    OFF = "off"
    REQUEST = "request"
    INSTANT = "instant"


class Whom(StrEnum):
    """Who may book it. Stored values. `returning`: who has had an appointment here that took place."""

    EVERYBODY = "everybody"
    RETURNING = "returning"


class SeenBy(StrEnum):
    """With whom. Stored values. `team`: only clinicians who care for the person already."""

    TEAM = "team"
    NAMED = "named"
    ANYBODY = "anybody"


class BookingAnswer(StrEnum):
    """What became of a time that somebody asked for. Stored values. `withdrawn`: by themselves."""

    NONE = ""
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class DeclinedWhy(StrEnum):
    """Why the practice cannot give a time that was asked for, as the person is told it. Stored values."""

    NOT_FREE = "not_free"
    OTHER_CLINICIAN = "other_clinician"
    OTHER_SERVICE = "other_service"
    CALL_US = "call_us"


class RuleWrong(WorkbenchError):
    """A rule nothing could be booked by. `fields`: a sentence at the place where it is wrong."""

    def __init__(self, problem: str, name: str) -> None:
        super().__init__(problem)
        self.fields = {name: problem}


class NotBookable(WorkbenchError):
    """The practice does not open this kind of appointment to this person, or not with this clinician."""

    def __init__(self) -> None:
        super().__init__("This appointment cannot be booked here. Please call the practice.")


class NotWithinNotice(WorkbenchError):
    """The time is too soon or too far off for the rule."""

    def __init__(self) -> None:
        super().__init__("This time is too soon or too far ahead to be booked here. Please choose another time.")


class TooManyOpen(WorkbenchError):
    """As many as the rule allows are still to come."""

    def __init__(self) -> None:
        super().__init__("You have as many of these appointments to come as can be booked here. Please call for more.")


class NotAFreeTime(WorkbenchError):
    """Nobody is seen then, or somebody else is by now."""

    def __init__(self) -> None:
        super().__init__("This time is no longer free. Nothing was booked; please choose another time.")


class RequestOver(WorkbenchError):
    """The request can no longer be answered."""

    def __init__(self) -> None:
        super().__init__("This request is over: it was answered or taken back, or its time to be answered has run out.")


class CannotMoveOwn(WorkbenchError):
    """It has begun, others come too, or the practice does not let this kind be moved by the person themselves."""

    def __init__(self) -> None:
        super().__init__("This appointment cannot be moved here. Please call the practice.")


@dataclass(frozen=True)
class Rule:
    """One kind of appointment. may_move: whether who has one may move it, however it was booked.

    notice_hours: the latest, before the start. ahead_days: the earliest. most_open: how many chosen by the person
    themselves may be to come at once. answer_hours: business hours after which a request lapses.
    """

    how: How = How.OFF
    whom: Whom = Whom.RETURNING
    seen_by: SeenBy = SeenBy.TEAM
    staff_ids: frozenset[str] = frozenset()
    notice_hours: int = 24
    ahead_days: int = 60
    most_open: int = 1
    answer_hours: int = 8
    may_move: bool = False

    def checked(self) -> "Rule":
        """The rule, if something can be booked by it.

        Raises:
            RuleWrong: with the field.
        """
        for name, value, least, most, problem in (
            ("notice_hours", self.notice_hours, 0, 720, "From 0 to 720 hours before the start."),
            ("ahead_days", self.ahead_days, 1, 365, "From 1 to 365 days ahead."),
            ("most_open", self.most_open, 1, 20, "From 1 to 20 at once."),
            ("answer_hours", self.answer_hours, 1, 80, "From 1 to 80 business hours."),
        ):
            if not least <= value <= most:
                raise RuleWrong(problem, name)
        if self.notice_hours >= self.ahead_days * 24:
            raise RuleWrong("The notice is as long as the time ahead, so nothing could be booked.", "notice_hours")
        if (self.seen_by is SeenBy.NAMED) != bool(self.staff_ids):
            raise RuleWrong("Choose the clinicians by name only where only they are booked, at least one.", "staff_ids")
        return self

    def sees(self, staff_id: str, team: Iterable[str]) -> bool:
        """Whether this clinician may be booked by somebody with this care team."""
        if self.seen_by is SeenBy.ANYBODY:
            return True
        return staff_id in (self.staff_ids if self.seen_by is SeenBy.NAMED else team)

    def within_notice(self, starts_at: datetime, now: datetime) -> bool:
        """Whether the time is neither too soon nor too far off; both bounds belong to it."""
        ahead = starts_at - now
        return timedelta(hours=self.notice_hours) <= ahead <= timedelta(days=self.ahead_days)


def opens_to(rule: Rule, *, is_returning: bool) -> bool:
    """Whether the kind of appointment is opened to this person at all."""
    return rule.how is not How.OFF and (rule.whom is Whom.EVERYBODY or is_returning)


@dataclass(frozen=True)
class BusinessHours:
    """When the practice answers: Monday to Friday between two hours of its clock, but not while it is closed."""

    opens_hour: int
    closes_hour: int
    zone: ZoneInfo
    closed: tuple[Span, ...] = ()

    def after(self, now: datetime, hours: int) -> datetime:
        """The instant at which so many business hours have passed since `now`."""
        left, on = timedelta(hours=hours), now.astimezone(self.zone).date()
        last = on + timedelta(days=LONGEST_WAIT)
        while on <= last:
            for span in (one.span for one in self._open(on)):
                begins = max(span.starts_at, now)
                if begins < span.ends_at:
                    if left <= span.ends_at - begins:
                        return begins + left
                    left -= span.ends_at - begins
            on += timedelta(days=1)
        return now + timedelta(days=LONGEST_WAIT)

    def _open(self, on: date) -> tuple[Open, ...]:
        return open_on(on, usual_plan(self.opens_hour, self.closes_hour), self.closed, self.zone)
