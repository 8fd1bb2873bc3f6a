"""What a number is: one definition in words, one SQL file, one way to split it, and the rows behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from workbench.kernel.errors import WorkbenchError
from workbench.marts.periods import By, Period, Span, steps
from workbench.marts.reader import Asker

_SQL = Path(__file__).parent / "sql"

# A count of patients below this may point to a person (the de-identification practice of public health reports).
SMALLEST_CELL = 11


class NotSplit(WorkbenchError):
    """The number has no meaning for this split."""


class NoSuchColumn(WorkbenchError):
    """The rows have no such column to be sorted by."""


class Unit(StrEnum):
    """How a value is read."""

    COUNT = "count"
    CENTS = "cents"
    RATE = "rate"
    DAYS = "days"


@dataclass(frozen=True)
class Point:
    """One value of a number: of a week, a clinician, or of all. None where there is nothing to divide by."""

    bucket: str
    value: Decimal | None


@dataclass(frozen=True)
class Figure:
    """A number over a period, the same before it, and its course."""

    number: "Number"
    value: Decimal | None
    before: Decimal | None
    course: tuple[Point, ...]

    @property
    def change(self) -> Decimal | None:
        """Relative change of counts and amounts, difference of rates; None if there is nothing to compare with."""
        if self.value is None or self.before is None:
            return None
        if self.number.unit is Unit.RATE:
            return self.value - self.before
        return (self.value - self.before) / abs(self.before) if self.before else None


@dataclass(frozen=True)
class Asked:
    """What a number is asked with besides its split: the days, and the day and instant it is asked at (for ages).

    ends: where numbers that stand are asked at several days at once; otherwise they stand at the end of the span.
    """

    span: Span
    today: date
    now: datetime
    ends: tuple[date, ...] = ()

    def params(self) -> dict[str, Any]:
        """The parameters SQL files may use."""
        return {
            "from_on": self.span.from_on,
            "until_on": self.span.until_on,
            "ends": list(self.ends) or [self.span.until_on],
            "today": self.today,
            "now": self.now.replace(tzinfo=None),  # instants in the mirror are UTC without a zone
        }


@dataclass(frozen=True)
class Number:
    """A definition that can be asked. `key` names its file in `sql/`, which gives bucket, top and bottom.

    The value is `top`, or `top / bottom` for rates and days. better: whether `up` or `down` is good news, or "".
    splits: what it may be split by. stands: a state at the end of the span, not a sum over it. has_course: whether
    its past can be known. rows: the file in `sql/` that lists what is counted; columns: what may be shown and sorted.
    """

    key: str
    name: str
    says: str
    formula: str
    unit: Unit
    owner: str
    grain: str
    rows: str
    columns: Mapping[str, str]
    better: str = "up"
    splits: frozenset[By] = frozenset({By.CLINICIAN})
    stands: bool = False
    has_course: bool = True

    def __call__(self, asker: Asker, asked: Asked, by: By = By.ALL) -> tuple[Point, ...]:
        """The number, split; buckets of time in order, others as they come.

        Raises:
            NotSplit: it cannot be split by this.
        """
        if by in (By.CLINICIAN, By.PAYER) and by not in self.splits:
            raise NotSplit(f"“{self.name}” cannot be split by {by}.")
        text = self.sql(by)
        rows = asker.query(text, params_for(text, asked)).rows
        return tuple(Point(str(bucket), self._value(top, bottom)) for bucket, top, bottom in rows if bucket is not None)

    def value(self, asker: Asker, asked: Asked) -> Decimal | None:
        """The number over the whole span."""
        points = self(asker, asked)
        return points[0].value if points else (None if self.unit in (Unit.RATE, Unit.DAYS) else Decimal(0))

    def figure(self, asker: Asker, period: Period, asked: Asked) -> Figure:
        """The number over a period, with what it is compared with and its course."""
        if not self.has_course:
            return Figure(self, self.value(asker, replace(asked, span=period.span)), None, ())
        if self.stands:
            at_ends = self._at(asker, asked, (period.before.until_on, *_ends(period)), period.step)
            course = self.course(asker, period, asked, at_ends)
            return Figure(self, course[-1].value, at_ends.get(period.before.until_on.isoformat()), course)
        value, before = (self.value(asker, replace(asked, span=span)) for span in (period.span, period.before))
        return Figure(self, value, before, self.course(asker, period, asked))

    def course(
        self, asker: Asker, period: Period, asked: Asked, at_ends: Mapping[str, Decimal | None] | None = None
    ) -> tuple[Point, ...]:
        """The number step by step through the period, with a point for every step.

        at_ends: what a standing number was at the ends of the steps, where that is known already.
        """
        spans = steps(period.span, period.step)
        if self.stands:
            found = at_ends or self._at(asker, asked, _ends(period), period.step)
            return tuple(Point(one.from_on.isoformat(), found.get(one.until_on.isoformat())) for one in spans)
        found = {point.bucket: point.value for point in self(asker, replace(asked, span=period.span), period.step)}
        nothing = None if self.unit in (Unit.RATE, Unit.DAYS) else Decimal(0)
        return tuple(
            Point(one.from_on.isoformat(), found.get(_bucket_of(one.from_on, period.step), nothing)) for one in spans
        )

    def sql(self, by: By = By.ALL) -> str:
        """The text that is run for this split."""
        text = _text(self.key)
        if "{owner}" in text:  # a number that stands is added up by owner and day first, then to each end
            is_course = by in (By.WEEK, By.MONTH)
            text = text.replace("{owner}", _BUCKETS[By.ALL if is_course else by])
            return text.replace("{bucket}", "CAST(end_on AS VARCHAR)" if is_course else "owner")
        return text.replace("{bucket}", _BUCKETS[by])

    def rows_sql(self, column: str, *, descending: bool, only: By = By.ALL) -> str:
        """The text that lists the rows behind the number, sorted by one of its columns.

        only: narrow them to the clinician or payer of the parameter `only`.

        Raises:
            NoSuchColumn: it is not one of them.
        """
        if column not in self.columns:
            raise NoSuchColumn("The rows cannot be sorted by that.")
        listed = ", ".join(self.columns)
        first = f"{column} {'DESC' if descending else 'ASC'} NULLS LAST"
        # Names come from the catalogue alone; ordering by the others too makes pages of rows stay put.
        others = "".join(f", {name}" for name in self.columns if name != column)
        where = f" WHERE {_BUCKETS[only]} = $only" if only in self.splits else ""
        return f"SELECT {listed} FROM (\n{_text(self.rows)}\n){where} ORDER BY {first}{others}"  # noqa: S608

    def _at(self, asker: Asker, asked: Asked, ends: tuple[date, ...], step: By) -> dict[str, Decimal | None]:
        return {point.bucket: point.value for point in self(asker, replace(asked, ends=ends), step)}

    def _value(self, top: Any, bottom: Any) -> Decimal | None:
        if self.unit in (Unit.RATE, Unit.DAYS):
            return Decimal(str(top or 0)) / Decimal(str(bottom)) if bottom else None
        return Decimal(str(top or 0))


def _ends(period: Period) -> tuple[date, ...]:
    return tuple(one.until_on for one in steps(period.span, period.step))


def params_for(sql: str, asked: Asked) -> dict[str, Any]:
    """The parameters that a text uses, no more: DuckDB refuses those it does not know."""
    return {name: value for name, value in asked.params().items() if f"${name}" in sql}


def _bucket_of(day: date, step: By) -> str:
    if step is By.MONTH:
        return day.replace(day=1).isoformat()
    return date.fromordinal(day.toordinal() - day.weekday()).isoformat()


@cache
def _text(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8").strip().removesuffix(";")


_BUCKETS: Mapping[By, str] = {
    By.ALL: "'all'",
    By.DAY: "CAST(day_on AS VARCHAR)",
    By.WEEK: "CAST(CAST(date_trunc('week', day_on) AS DATE) AS VARCHAR)",
    By.MONTH: "CAST(CAST(date_trunc('month', day_on) AS DATE) AS VARCHAR)",
    By.CLINICIAN: "clinician_id",
    By.PAYER: "coalesce(payer_id, '')",
}
