"""Draws the schedule: regular clients in weekly or fortnightly slots on the wall clock, and how each visit went."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from workbench.demo.people import Clients
from workbench.demo.plan import Client, Clinician, Draw, Kind, Setting, Visit
from workbench.kernel.time import instant_of
from workbench.scheduling.tables import AttendanceStatus as Status

# No clock change falls between these hours, so every one of them exists on every day.
HOURS: Final = (8, 9, 10, 11, 13, 14, 15, 16, 17)
_BUSY_TODAY: Final = 6


@dataclass(frozen=True)
class Series:
    """A client's regular time: weekday, hour and weeks (this one is 0). `is_new`: their first visit is among them."""

    client: Client
    weekday: int
    hour: int
    weeks: range
    is_new: bool


def is_holiday(day: date) -> bool:
    """Whether the practice is closed: six of the public holidays of 5 U.S.C. 6103, the ones most practices keep."""
    if (day.month, day.day) in ((1, 1), (7, 4), (12, 25)):
        return True
    monday, week = day.weekday() == 0, (day.day - 1) // 7
    return (
        (monday and day.month == 5 and day.day > 24)
        or (monday and day.month == 9 and week == 0)
        or (day.weekday() == 3 and day.month == 11 and week == 3)
    )


class Calendar:
    """The schedule of one setting."""

    def __init__(self, draw: Draw, setting: Setting, clients: Clients, first_visit: Kind) -> None:
        self._draw, self._setting, self._clients, self._first_visit = draw, setting, clients, first_visit
        self._monday = setting.today - timedelta(days=setting.today.weekday())

    def visits_of(self, clinician: Clinician) -> Iterator[Visit]:
        """All visits of one clinician, slot by slot."""
        away = self._weeks_away()
        quota = self._setting.size.clients
        left = [quota // self._setting.size.clinicians] if quota else []
        slots = self._slots(clinician)
        for weekday, hour in slots if quota else slots[: clinician.sessions]:
            for series in self._series(clinician, weekday, hour, left):
                yield from self._visits(series, away)

    def _slots(self, clinician: Clinician) -> list[tuple[int, int]]:
        """Times in the order in which they fill: some of today's weekday first, then anywhere in the week."""
        today = [(self._setting.today.weekday(), hour) for hour in HOURS]
        first = self._draw.sample(today, _BUSY_TODAY)
        others = [(day, hour) for day in clinician.days for hour in HOURS if (day, hour) not in first]
        return first + self._draw.sample(others, len(others))

    def _series(self, clinician: Clinician, weekday: int, hour: int, left: list[int]) -> Iterator[Series]:
        """Clients one after another in one slot: alone every week, or two taking turns. `left`: how many may be new."""
        size, draw = self._setting.size, self._draw
        begun = -size.weeks_back - draw.randint(0, 20)
        free = [begun, begun + 1]
        while min(free) < size.weeks_ahead and (not left or left[0] > 0):
            weekly = draw.random() < (0.8 if left else 0.65) and abs(free[0] - free[1]) <= 3
            start = max(free) if weekly else min(free)
            # A practice of few people keeps them long, or its schedule would be empty.
            end = start + int(draw.lognormvariate(3.4, 0.5) * (2 if left else 1)) + 4
            weeks = range(start, min(end, size.weeks_ahead), 1 if weekly else 2)
            seen = weeks[-(-max(0, -size.weeks_back - start) // weeks.step) :]
            after = end + draw.randint(0, 2)
            if weekly:
                free = [after, after + 1]
            else:
                free[free.index(start)] = after + (after - start) % 2
            if seen:
                client = self._client(clinician, weekday, hour, weeks)
                yield Series(client, weekday, hour, seen, is_new=seen == weeks)
                if left:
                    left[0] -= 1

    def _client(self, clinician: Clinician, weekday: int, hour: int, weeks: range) -> Client:
        last_on = self._day(weeks[-1], weekday)
        return self._clients.new(clinician, first_at=self._at(weeks.start, weekday, hour), last_on=last_on)

    def _visits(self, series: Series, away: frozenset[int]) -> Iterator[Visit]:
        is_first = series.is_new
        for week in series.weeks:
            day = self._day(week, series.weekday)
            if day != self._setting.today and (week in away or is_holiday(day)):
                continue
            starts_at = self._at(week, series.weekday, series.hour)
            yield self._visit(series.client, self._first_visit if is_first else series.client.kind, starts_at, day)
            is_first = False

    def _visit(self, client: Client, kind: Kind, starts_at: datetime, day: date) -> Visit:
        draw, now = self._draw, self._setting.now
        ends_at = starts_at + timedelta(minutes=kind.minutes)
        ahead = timedelta(days=draw.randint(7, 28), minutes=draw.randrange(300))
        booked_at = max(client.registered_at, starts_at - ahead)
        return Visit(
            draw.id("apt"), draw.id("att"), client, kind, starts_at, ends_at,
            min(booked_at, now - timedelta(minutes=90)), self._status(client, starts_at, ends_at), day,
        )  # fmt: skip

    def _status(self, client: Client, starts_at: datetime, ends_at: datetime) -> Status:
        chance, now = self._draw.random(), self._setting.now
        cancels = client.cancels if starts_at <= now else client.cancels / 4
        if chance < cancels:
            late = starts_at <= now and self._draw.random() < 0.35
            return Status.LATE_CANCELLED if late else Status.CANCELLED
        if starts_at > now:
            soon = starts_at - now < timedelta(days=2)
            return Status.CONFIRMED if soon and chance > 0.4 else Status.BOOKED
        if chance < cancels + client.misses:
            return Status.NO_SHOW
        return Status.COMPLETED if ends_at <= now else Status.IN_SESSION

    def _weeks_away(self) -> frozenset[int]:
        """Four weeks of leave a year, not this week and not the next."""
        weeks = range(-self._setting.size.weeks_back, -1)
        return frozenset(self._draw.sample(weeks, len(weeks) // 13))

    def _day(self, week: int, weekday: int) -> date:
        return self._monday + timedelta(weeks=week, days=weekday)

    def _at(self, week: int, weekday: int, hour: int) -> datetime:
        return instant_of(datetime.combine(self._day(week, weekday), time(hour)), self._setting.zone)
