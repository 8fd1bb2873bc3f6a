"""The periods numbers are asked for: half-open spans of practice days, each with the one it is compared with."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from workbench.kernel.errors import WorkbenchError


class NoSuchPeriod(WorkbenchError):
    """The page was asked for a period it does not offer."""


class By(StrEnum):
    """What a number is split by."""

    ALL = "all"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    CLINICIAN = "clinician"
    PAYER = "payer"


@dataclass(frozen=True)
class Span:
    """Practice days `from_on <= day < until_on`."""

    from_on: date
    until_on: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until_on - self.from_on).days


@dataclass(frozen=True)
class Period:
    """A named span, the span before it of the same kind, and the steps in which its course is drawn."""

    key: str
    label: str
    span: Span
    before: Span
    before_label: str
    step: By


PERIODS: dict[str, str] = {
    "this_month": "This month",
    "last_month": "Last month",
    "last_90_days": "90 days",
    "this_year": "This year",
    "last_12_months": "12 months",
}


def period(key: str, today: date) -> Period:
    """The named period as it stands on `today`, which belongs to it; a running one is compared day for day.

    Raises:
        NoSuchPeriod: there is none of this name.
    """
    tomorrow = today + timedelta(days=1)
    month = today.replace(day=1)
    if key == "this_month":
        before = back(month, 1)
        span = Span(month, tomorrow)
        return _period(
            key, span, Span(before, min(before + timedelta(days=span.days), month)), "same days before", By.WEEK
        )
    if key == "last_month":
        last = back(month, 1)
        return _period(key, Span(last, month), Span(back(last, 1), last), "month before", By.WEEK)
    if key == "last_90_days":
        start = tomorrow - timedelta(days=90)
        return _period(key, Span(start, tomorrow), Span(start - timedelta(days=90), start), "90 days before", By.WEEK)
    if key == "this_year":
        year = today.replace(month=1, day=1)
        span, last_year = Span(year, tomorrow), year.replace(year=year.year - 1)
        return _period(key, span, Span(last_year, last_year + timedelta(days=span.days)), "last year to date", By.MONTH)
    if key == "last_12_months":
        start = back(month, 11)
        return _period(key, Span(start, tomorrow), Span(back(start, 12), start), "12 months before", By.MONTH)
    raise NoSuchPeriod("There is no such period. Choose one of the list.")


def steps(span: Span, step: By) -> tuple[Span, ...]:
    """The span in weeks (from Monday) or months; the first and the last may be cut short."""
    found: list[Span] = []
    start = span.from_on
    while start < span.until_on:
        after = back(start.replace(day=1), -1) if step is By.MONTH else start + timedelta(days=7 - start.weekday())
        found.append(Span(start, min(after, span.until_on)))
        start = after
    return tuple(found)


def back(first: date, months: int) -> date:
    """The first of the month so many months before the first of another; negative months go forward."""
    number = first.year * 12 + first.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _period(key: str, span: Span, before: Span, before_label: str, step: By) -> Period:
    return Period(key, PERIODS[key], span, before, before_label, step)
