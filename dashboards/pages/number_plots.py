"""The plots of the numbers: sessions by step, charges beside collections, one number's course, who owes how long."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bokeh.models import ColumnDataSource, FixedTicker, NumeralTickFormatter

from dashboards.pages.number_words import heights
from dashboards.parts.page import Theme
from dashboards.parts.plots import INKS, add_hover, as_money, as_percent, legend_above, plot
from workbench.marts.number import Figure, Unit
from workbench.marts.periods import By, Period


def _labels(figure: Figure, period: Period) -> list[str]:
    days = [date.fromisoformat(point.bucket) for point in figure.course]
    if period.step is By.MONTH:
        return [f"{on:%b %Y}" for on in days]
    return [f"Week of {on:%b} {on.day}" for on in days]


def _marks(made: Any, labels: Sequence[str], period: Period) -> None:
    """Short names under the bars: at most eight, so that they fit a phone."""
    every = max(1, -(-len(labels) // 6))
    made.xaxis.ticker = FixedTicker(ticks=list(range(0, len(labels), every)))
    short = [label.removeprefix("Week of ") if period.step is By.WEEK else label.split()[0] for label in labels]
    made.xaxis.major_label_overrides = dict(enumerate(short))


def bars(theme: Theme, figure: Figure, period: Period) -> Any:
    """One number as bars by week or month."""
    labels, scale = _labels(figure, period), 100 if figure.number.unit is Unit.CENTS else 1
    data = ColumnDataSource({"at": list(range(len(labels))), "label": labels, "top": heights(figure.course, per=scale)})
    made: Any = plot(theme, label=figure.number.name)
    made.vbar("at", top="top", width=0.62, source=data, color=INKS[theme].series[0], border_radius=3)
    made.y_range.start = min(0, *data.data["top"], 0)
    formats = {Unit.CENTS: "@top{$0,0}", Unit.RATE: "@top{0.0%}", Unit.DAYS: "@top{0.0}", Unit.COUNT: "@top{0,0}"}
    add_hover(made, [("", "@label"), (figure.number.name, formats[figure.number.unit])], mode="vline")
    if figure.number.unit is Unit.CENTS:
        as_money(made)
    elif figure.number.unit is Unit.RATE:
        as_percent(made)
    else:
        made.yaxis.formatter = NumeralTickFormatter(format="0,0")
    _marks(made, labels, period)
    return made


def charged_and_collected(theme: Theme, charges: Figure, collections: Figure, period: Period) -> Any:
    """What was charged and what came in, side by side by week or month."""
    labels, ink = _labels(charges, period), INKS[theme]
    data = ColumnDataSource({
        "label": labels,
        "left": [at - 0.19 for at in range(len(labels))],
        "right": [at + 0.19 for at in range(len(labels))],
        "charged": heights(charges.course, per=100),
        "collected": heights(collections.course, per=100),
    })  # fmt: skip
    made: Any = plot(theme, label="Charges and collections")
    grey = {"color": ink.series[5], "alpha": 0.42}  # what came in is the news; what was charged stands behind it
    made.vbar("left", top="charged", width=0.34, source=data, border_radius=3, legend_label="Charged", **grey)
    made.vbar(
        "right",
        top="collected",
        width=0.34,
        source=data,
        color=ink.series[0],
        border_radius=3,
        legend_label="Collected",
    )
    made.y_range.start = 0
    add_hover(made, [("", "@label"), ("Charged", "@charged{$0,0}"), ("Collected", "@collected{$0,0}")])
    as_money(made)
    _marks(made, labels, period)
    legend_above(made, theme)
    return made
