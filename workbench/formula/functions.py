"""The functions of the language. Each gives a value for whatever it is given; what it cannot answer is null.

Unknown stays unknown: a sum with a missing part is null, not a smaller sum. `known` says that parts may be missing.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from workbench.kernel.time import whole_years

Number = int | Decimal
One = bool | int | Decimal | str | date | None
Value = One | tuple[One, ...]
Function = Callable[..., Value]

LARGEST: Final = 10**15
"""Numbers beyond this are null, so that no formula can grow one without end."""


def number(value: Value) -> Number | None:
    """The number a value is; a truth is none, nor is one too large."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    return value if -LARGEST <= value <= LARGEST else None


def flat(given: tuple[Value, ...]) -> tuple[One, ...]:
    """Everything given, lists laid out."""
    found: list[One] = []
    for value in given:
        found.extend(value) if isinstance(value, tuple) else found.append(value)
    return tuple(found)


def numbers(given: tuple[Value, ...]) -> list[Number] | None:
    """All of them, or None if one is missing or no number."""
    found = [number(value) for value in flat(given)]
    return None if any(value is None for value in found) else [value for value in found if value is not None]


def _sum(*given: Value) -> Value:
    found = numbers(given)
    return None if found is None else number(sum(found))


def _mean(*given: Value) -> Value:
    found = numbers(given)
    return number(Decimal(sum(found)) / len(found)) if found else None


def _least(*given: Value) -> Value:
    found = numbers(given)
    return min(found) if found else None


def _most(*given: Value) -> Value:
    found = numbers(given)
    return max(found) if found else None


def _count(*given: Value) -> Value:
    """How many are true; of what is no truth, how many there are. Null if one is unknown."""
    found = flat(given)
    return None if None in found else sum(value is not False for value in found)


def _known(*given: Value) -> Value:
    return tuple(value for value in flat(given) if value is not None)


def _missing(*given: Value) -> Value:
    """How many are unknown."""
    return sum(value is None for value in flat(given))


def _any(*given: Value) -> Value:
    found = flat(given)
    return True if True in [value for value in found if isinstance(value, bool)] else None if None in found else False


def _all(*given: Value) -> Value:
    found = flat(given)
    if any(value is False for value in found):
        return False
    return None if None in found else True


def _round(value: Value, places: Value = 0) -> Value:
    """Half away from zero, as people round."""
    told, digits = number(value), number(places)
    if told is None or not isinstance(digits, int) or not 0 <= digits <= 6:
        return None
    rounded = Decimal(told).quantize(Decimal(1).scaleb(-digits), rounding="ROUND_HALF_UP")
    if digits == 0:
        return int(rounded)
    return rounded


def _abs(value: Value) -> Value:
    told = number(value)
    return None if told is None else max(told, -told)


def day(value: Value) -> date | None:
    """The calendar day; of an instant, the one it was written with. A text is one if it reads 2026-01-31."""
    if isinstance(value, datetime):
        return value.date()
    if not isinstance(value, str) or len(value) != len("2026-01-31"):
        return value if isinstance(value, date) else None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _age(born_on: Value, on: Value) -> Value:
    """Whole years lived; null before the birth."""
    born, then = day(born_on), day(on)
    if born is None or then is None or then < born:
        return None
    return whole_years(born, then)


def _days(first: Value, last: Value) -> Value:
    begins, ends = day(first), day(last)
    return None if begins is None or ends is None else (ends - begins).days


def _minutes(first: Value, last: Value) -> Value:
    """Whole minutes from one instant to another, as they were written; null if one has an offset and one has none."""
    begins, ends = _instant(first), _instant(last)
    if begins is None or ends is None or (begins.tzinfo is None) is not (ends.tzinfo is None):
        return None
    return (ends - begins) // timedelta(minutes=1)


def _instant(value: Value) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or "T" not in value:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


_ANY_NUMBER: Final = 500
ARITY: Final[Mapping[str, tuple[int, int]]] = {
    "sum": (1, _ANY_NUMBER), "mean": (1, _ANY_NUMBER), "min": (1, _ANY_NUMBER), "max": (1, _ANY_NUMBER),
    "count": (1, _ANY_NUMBER), "known": (1, _ANY_NUMBER), "missing": (1, _ANY_NUMBER), "any": (1, _ANY_NUMBER),
    "all": (1, _ANY_NUMBER), "if": (3, 3), "round": (1, 2), "abs": (1, 1), "date": (1, 1), "age": (2, 2),
    "days": (2, 2), "minutes": (2, 2),
}  # fmt: skip
"""Every function with how many values it is given, at least and at most. `if` is evaluated where formulas are."""
FUNCTIONS: Final[Mapping[str, Function]] = {
    "sum": _sum, "mean": _mean, "min": _least, "max": _most, "count": _count, "known": _known, "missing": _missing,
    "any": _any, "all": _all, "round": _round, "abs": _abs, "date": day, "age": _age, "days": _days,
    "minutes": _minutes,
}  # fmt: skip
