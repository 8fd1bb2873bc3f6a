"""Bokeh figures in the colours of the page. A figure is built for one theme, and built again for the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bokeh.models import DatetimeTickFormatter, HoverTool, MonthsTicker, NoOverlap, NumeralTickFormatter
from bokeh.plotting import figure

from dashboards.parts.page import Theme


@dataclass(frozen=True)
class Ink:
    """The colours of one theme, the same as in `00-tokens.css`; a test compares them."""

    surface: str
    text: str
    muted: str
    line: str
    series: tuple[str, ...]
    good: str
    bad: str


INKS: dict[Theme, Ink] = {
    "light": Ink(
        "#ffffff", "#14201f", "#566463", "#e3e7e7",
        ("#0d6e6b", "#d08a2e", "#6f4bc4", "#2566b8", "#b8486f", "#647170"), "#187a48", "#c03434",
    ),
    "dark": Ink(
        "#161c1c", "#e7edec", "#9db0ae", "#253030",
        ("#3fb8b0", "#e3a857", "#a588ee", "#5f9df0", "#e583a6", "#8b9b9a"), "#46b97c", "#ef6b66",
    ),
}  # fmt: skip


def plot(theme: Theme, *, height: int = 260, label: str = "", **options: Any) -> figure:
    """An empty figure that fills its slot, without toolbar and frame, in the colours of `theme`."""
    ink = INKS[theme]
    made = figure(
        height=height, sizing_mode="stretch_width", toolbar_location=None, tools="", name=label or None,
        background_fill_color=ink.surface, border_fill_color=ink.surface, outline_line_color=None,
        min_border=4, output_backend="canvas", **options,
    )  # fmt: skip
    for axis in (*made.xaxis, *made.yaxis):
        axis.axis_line_color = ink.line
        axis.major_tick_line_color = None
        axis.minor_tick_line_color = None
        axis.major_label_text_color = ink.muted
        axis.axis_label_text_color = ink.muted
        axis.major_label_text_font = axis.axis_label_text_font = "Inter"
        axis.major_label_text_font_size = axis.axis_label_text_font_size = "12px"
        axis.axis_label_text_font_style = "normal"
    made.xgrid.grid_line_color = None
    made.ygrid.grid_line_color = ink.line
    made.yaxis.axis_line_color = None
    return made


def add_hover(made: figure, tooltips: Sequence[tuple[str, str]], **options: Any) -> None:
    """What a point says under the pointer. Formats come from us; the data is numbers and our own labels."""
    made.add_tools(HoverTool(tooltips=list(tooltips), **options))


def by_month(made: figure) -> None:
    """A time axis whose marks are months; on a narrow screen it names fewer of them."""
    made.xaxis.ticker = MonthsTicker(months=list(range(12)))
    made.xaxis.formatter = DatetimeTickFormatter(months="%b", years="%b %Y")
    made.xaxis.major_label_policy = NoOverlap(min_distance=8)


def as_money(made: figure) -> None:
    """The y axis in whole dollars (the data is dollars, not cents: `cents / 100`)."""
    made.yaxis.formatter = NumeralTickFormatter(format="$0,0")


def as_percent(made: figure) -> None:
    """The y axis as a share of one, in percent."""
    made.yaxis.formatter = NumeralTickFormatter(format="0%")


def legend_above(made: figure, theme: Theme) -> None:
    """The legend in one line above the plot, in the colours of `theme`."""
    ink = INKS[theme]
    legend: Any = made.legend[0]
    legend.orientation = "horizontal"
    legend.background_fill_alpha = 0
    legend.border_line_color = None
    legend.label_text_color = ink.muted
    legend.label_text_font = "Inter"
    legend.label_text_font_size = "12px"
    legend.margin = 0
    legend.padding = 0
    legend.spacing = 16
    legend.glyph_height = legend.glyph_width = 12
    made.add_layout(legend, "above")
