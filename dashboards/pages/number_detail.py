"""One number opened: what it means, how it is asked, how it went, and the rows it counts. A drawer and a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.number_plots import bars
from dashboards.pages.number_words import FEW, NONE, cell, freshness, is_amount, kpi, said, spoken_span
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page, Theme
from dashboards.parts.replies import Redraw, Reply
from dashboards.parts.routes import Visit
from dashboards.parts.tables import Column, Row, Table, turned_to
from workbench.gate.permissions import Permission
from workbench.marts.number import Number
from workbench.marts.periods import PERIODS, By
from workbench.marts.practice_numbers import NumberPage

FEW_ROWS, MANY_ROWS = 12, 25
_SPLIT_WORDS = {By.CLINICIAN: "By clinician", By.PAYER: "By payer"}


class OpenNumber(Protocol):
    """One number with its rows, with actor and time already given."""

    def __call__(self, **asked: Any) -> NumberPage: ...


@dataclass(frozen=True)
class Opened:
    """Which number is open, and which of its rows are looked at."""

    key: str
    period: str
    only: tuple[By, str] = (By.ALL, "")
    column: str = ""
    descending: bool = True
    page: int = 1

    def sorted(self, column: str, direction: str) -> "Opened":
        """The same by another column, from the first page."""
        return replace(self, column=column, descending=direction == "down", page=1)

    def turned(self, page: int) -> "Opened":
        """Another page."""
        return replace(self, page=max(page, 1))

    def ask(self, opened: OpenNumber, size: int) -> NumberPage:
        """What the door answers."""
        return opened(
            key=self.key,
            period_key=self.period,
            only=self.only,
            sorted_by=self.column,
            descending=self.descending,
            page=self.page,
            size=size,
        )

    def drawer(self, opened: OpenNumber, zone: ZoneInfo, base: str) -> tuple[str, Markup]:
        """Title and content of the drawer."""
        found = self.ask(opened, FEW_ROWS)
        html = render("pages/number_drawer.html", **self.words(found, FEW_ROWS, zone), base=base, period=self.period)
        return found.number.name + (f" — {found.only}" if found.only else ""), html

    def words(self, found: NumberPage, size: int, zone: ZoneInfo) -> dict[str, Any]:
        """What both templates say."""
        return {
            "number": found.number,
            "k": kpi(found.figure, found.period),
            "only": found.only,
            "span": spoken_span(found.period.span),
            "state": found.state,
            "fresh": freshness(found.state),
            "sql": found.sql,
            "rows": self.table(found),
            "pages": turned_to(self.page, size, found.total, "rows"),
            "zone": zone,
        }

    def table(self, found: NumberPage) -> Table:
        """The rows behind the number."""
        columns = found.number.columns
        return Table(
            "rows",
            f"Rows behind {found.number.name}",
            tuple(
                Column(name, label, number=is_amount(name), sorts=True, leads=at == 0)
                for at, (name, label) in enumerate(columns.items())
            ),
            tuple(
                Row(
                    f"{self.page}-{at}",
                    tuple(cell(name, value) for name, value in zip(columns, row, strict=True)),
                    name=f"row {at + 1}",
                )
                for at, row in enumerate(found.rows)
            ),
            sorted_by=self.column or next(iter(columns)),
            descending=self.descending,
            sort_verb="sort_rows",
            dense=True,
            empty_title="No rows",
            empty_text="Nothing in this period is counted by this number.",
        )


def opening(message: Message, period: str) -> Opened:
    """What a click on a number asks for."""
    by, only = message.text("by"), message.text("only")
    narrowed = (By(by), only) if only and by in (By.CLINICIAN, By.PAYER) else (By.ALL, "")
    return Opened(message.text("number"), period, narrowed)


class NumberDetailPage(Page):
    """One number on a page of its own: its course, its splits, its definition, and all the rows behind it."""

    needs = Permission.SEE_NUMBERS
    wide = True

    def __init__(
        self, *, opened: OpenNumber, version: Callable[[], int], zone: ZoneInfo, visit: Visit, base: str = ""
    ) -> None:
        asked = visit.query.get("period", "last_12_months")
        self._open = Opened(visit.ids["number"], asked if asked in PERIODS else "last_12_months")
        self._opened, self._zone, self._base = opened, zone, base
        self._version, self._shown = version, 0
        self.found: NumberPage | None = None

    def is_behind(self) -> bool:
        """Whether the mirror serves newer numbers."""
        return self._version() != self._shown

    def load(self) -> None:
        """The number and one page of its rows."""
        self._shown = self._version()
        self.found = self._open.ask(self._opened, MANY_ROWS)
        self.title = self.found.number.name

    def crumbs(self) -> tuple[Crumb, ...]:
        """Below all numbers."""
        return (Crumb("Numbers", f"/numbers?period={self._open.period}"), Crumb(self.title))

    def render(self) -> Markup:
        """The whole page."""
        assert self.found is not None
        return render(
            "pages/number_detail.html",
            **self._open.words(self.found, MANY_ROWS, self._zone),
            periods=tuple(PERIODS.items()),
            period=self._open.period,
            has_course=bool(self.found.figure.course),
            splits=tuple(self._split(by) for by in self.found.splits if self.found.splits[by]),
        )

    def panes(self, theme: Theme) -> Mapping[str, Any]:
        """The number's course."""
        if self.found is None or not self.found.figure.course:
            return {}
        return {"course": bars(theme, self.found.figure, self.found.period)}

    def do_view(self, message: Message) -> Reply:
        """Another period."""
        view = message.text("view")
        self._open = replace(self._open, period=view if view in PERIODS else self._open.period, page=1)
        self.load()
        return Redraw(f"/numbers/{self._open.key}?period={self._open.period}")

    def do_sort_rows(self, message: Message) -> Reply:
        """The rows in another order."""
        self._open = self._open.sorted(message.text("column"), message.text("direction"))
        self.load()
        return Redraw()

    def do_turn_rows(self, message: Message) -> Reply:
        """Another page of rows."""
        self._open = self._open.turned(message.whole("page", most=1_000_000))
        self.load()
        return Redraw()

    def _split(self, by: By) -> tuple[str, Table]:
        assert self.found is not None
        number: Number = self.found.number
        few = FEW if number.key == "patients_seen" else NONE
        rows = tuple(
            Row(str(at), (point.name, few if point.value is None else said(number, point.value)), name=point.name)
            for at, point in enumerate(self.found.splits[by])
        )
        columns = (Column("name", _SPLIT_WORDS[by].removeprefix("By ").capitalize(), leads=True),
                   Column("value", number.name, number=True))  # fmt: skip
        return _SPLIT_WORDS[by], Table(f"split-{by}", _SPLIT_WORDS[by], columns, rows, dense=True)
