"""How numbers are said: values, changes, freshness, cells of rows. Words and figures only; nothing is decided here."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from dashboards.parts.html import ENVIRONMENT
from dashboards.parts.statuses import APPOINTMENT
from dashboards.parts.tables import Kpi
from workbench.kernel.money import dollars
from workbench.marts.number import SMALLEST_CELL, Figure, Number, Point, Unit
from workbench.marts.periods import Period, Span
from workbench.marts.reader import State

UI: Any = ENVIRONMENT.globals["ui"]
NONE = "–"
FEW = f"under {SMALLEST_CELL}"
_CENTS = "_cents"


def said(number: Number, value: Decimal | None) -> str:
    """A value as a person reads it: `$84,749`, `43.5%`, `37.5`, `1,284`."""
    if value is None:
        return NONE
    if number.unit is Unit.CENTS:
        return whole_dollars(int(value))
    if number.unit is Unit.RATE:
        return f"{value * 100:.1f}%"
    return f"{value:,.1f}" if number.unit is Unit.DAYS else f"{value:,.0f}"


def whole_dollars(cents: int) -> str:
    """An amount where cents do not matter: `$84,749`."""
    return dollars(round(cents, -2)).removesuffix(".00")


def short_dollars(cents: int) -> str:
    """An amount for a narrow cell: `$84.7k`, `$512`."""
    if abs(cents) < 1_000_000:
        return whole_dollars(cents)
    return f"{'-' if cents < 0 else ''}${abs(cents) / 100_000:,.1f}k"


def kpi(figure: Figure, period: Period) -> Kpi:
    """One figure as a card: value, change against before, its course as a line."""
    number = figure.number
    delta, is_up = _change(figure)
    good = None if not delta or not number.better else (number.better == "up") is is_up
    note = "as of now" if not number.has_course else period.before_label
    course = tuple(float(point.value) for point in figure.course if point.value is not None)
    value = said(number, figure.value)
    return Kpi(
        number.key,
        number.name,
        value.removesuffix("%"),
        "%" if value.endswith("%") else ("days" if number.unit is Unit.DAYS and figure.value is not None else ""),
        delta=delta,
        delta_good=good,
        delta_up=is_up,
        note=f"vs. {note}" if delta else (note if not number.has_course else ""),
        trend=course,
        trend_label=f"{number.name}, {spoken_span(period.span)}",
    )


def _change(figure: Figure) -> tuple[str, bool]:
    change = figure.change
    if change is None:
        return "", True
    if figure.number.unit is Unit.RATE:
        words = f"{abs(change) * 100:.1f} pts"
        return ("" if words == "0.0 pts" else words), change > 0
    words = f"{abs(change) * 100:.1f}%"
    return ("" if words == "0.0%" else words), change > 0


def spoken_span(span: Span) -> str:
    """Days as people say them: `Nov 1 – 23, 2026`."""
    last = date.fromordinal(span.until_on.toordinal() - 1)
    first = span.from_on
    if first == last:
        return f"{first:%b} {first.day}, {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%b} {first.day} – {last.day}, {last.year}"
    year = "" if first.year == last.year else f", {first.year}"
    return f"{first:%b} {first.day}{year} – {last:%b} {last.day}, {last.year}"


def freshness(state: State) -> Markup:
    """A badge that says how far behind the numbers are, or why they stand still."""
    badge: Markup
    if state.state == "held":
        badge = UI.badge("Held back", "warn", "triangle-alert")
    elif state.as_of is None or state.behind_seconds is None or state.state == "building":
        badge = UI.badge("Being prepared", "neutral", "database")
    else:
        late = state.state == "failing" or state.behind_seconds > 60
        badge = UI.badge(behind(state.behind_seconds), "warn" if late else "good", "refresh-cw")
    return badge


def behind(seconds: float) -> str:
    """How far the mirror is behind the record: `0.2 s behind`, `4 min behind`."""
    if seconds < 60:
        return f"{seconds:.1f} s behind"
    return f"{seconds / 60:.0f} min behind" if seconds < 5400 else f"{seconds / 3600:.0f} h behind"


def cell(column: str, value: Any) -> str | Markup:
    """One cell of the rows behind a number, by what its column holds."""
    if value is None:
        return NONE
    if column.endswith(_CENTS) or column == "cents":
        amount: Markup = UI.money(int(value))
        return amount
    if column == "status":
        status: Markup = UI.status(APPOINTMENT.of(str(value)))
        return status
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return f"{value:%b} {value.day}, {value.year}"
    if column in ("patient_id", "appointment_id"):
        # Long enough to tell rows apart; a pseudonym says nothing about anybody.
        return Markup('<code class="pseudonym" title="{}">{}</code>').format(str(value), str(value)[:11])
    if column == "source":
        return {"payer": "Payer", "patient": "Patient"}.get(str(value), str(value))
    return f"{value:,}" if isinstance(value, int) else str(value)


def is_amount(column: str) -> bool:
    """Whether a column of rows is set like numbers."""
    return column.endswith((_CENTS, "minutes", "_days")) or column in ("cents", "hours_since", "hours_to_sign")


def heights(points: Sequence[Point], *, per: int = 1) -> list[float]:
    """The values of a course for a plot, zero where there is none."""
    return [float(point.value or 0) / per for point in points]
