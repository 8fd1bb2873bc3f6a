"""The practice's numbers: cards that open, two plots, who owes what, each clinician's period, and the mirror itself."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.number_detail import Opened, OpenNumber, opening
from dashboards.pages.number_plots import bars, charged_and_collected
from dashboards.pages.number_words import (
    FEW,
    NONE,
    behind,
    freshness,
    kpi,
    short_dollars,
    spoken_span,
    whole_dollars,
)
from dashboards.parts.dialogs import flyout
from dashboards.parts.html import ENVIRONMENT, percent, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page, Theme
from dashboards.parts.replies import Ask, Redraw, Reply
from dashboards.parts.routes import Visit
from dashboards.parts.tables import Cell, Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.marts.catalog import NUMBERS
from workbench.marts.periods import PERIODS
from workbench.marts.practice_numbers import AgingRow, ClinicianRow, PracticeNumbers
from workbench.marts.reader import Health

UI: Any = ENVIRONMENT.globals["ui"]
CARDS = (
    "sessions",
    "utilisation",
    "no_show_rate",
    "unsigned_notes",
    "charges",
    "collections",
    "net_collection_rate",
    "days_in_receivable",
)
START = "this_month"


class ReadNumbers(Protocol):
    """The numbers over a period, with actor and time already given."""

    def __call__(self, *, period_key: str, numbers: tuple[str, ...]) -> PracticeNumbers: ...


class NumbersPage(Page):
    """Numbers of one period, each of which opens to its definition, its SQL and the rows behind it."""

    needs = Permission.SEE_NUMBERS
    title = "Numbers"
    wide = True

    def __init__(
        self,
        *,
        numbers: ReadNumbers,
        opened: OpenNumber,
        health: Callable[[], Health],
        version: Callable[[], int],
        zone: ZoneInfo,
        visit: Visit | None = None,
        base: str = "",
    ) -> None:
        self._numbers, self._opened, self._health, self._zone, self._base = numbers, opened, health, zone, base
        asked = visit.query.get("period", START) if visit else START
        self.period = asked if asked in PERIODS else START
        self.found: PracticeNumbers | None = None
        self._open: Opened | None = None
        self._version, self._shown = version, 0

    def load(self) -> None:
        """All of it, from one snapshot."""
        self._shown = self._version()  # before the numbers: what is published between the two is then seen as new
        self.found = self._numbers(period_key=self.period, numbers=CARDS)

    def is_behind(self) -> bool:
        """Whether the mirror serves newer numbers."""
        return self._version() != self._shown

    def render(self) -> Markup:
        """Cards, plots, tables, the mirror's health."""
        assert self.found is not None
        found = self.found
        return render(
            "pages/numbers.html",
            span=spoken_span(found.period.span),
            state=found.state,
            fresh=freshness(found.state),
            periods=tuple(PERIODS.items()),
            period=self.period,
            kpis=tuple(kpi(figure, found.period) for figure in found.figures),
            aging=self._aging(found.aging),
            clinicians=self._clinicians(found.clinicians),
            others=tuple(number for key, number in NUMBERS.items() if key not in CARDS),
            health=self._health(),
            behind=behind,
            zone=self._zone,
            base=self._base,
        )

    def panes(self, theme: Theme) -> Mapping[str, Any]:
        """Sessions, and charges beside collections."""
        if self.found is None:
            return {}
        by_key = {figure.number.key: figure for figure in self.found.figures}
        period = self.found.period
        return {
            "sessions": bars(theme, by_key["sessions"], period),
            "money": charged_and_collected(theme, by_key["charges"], by_key["collections"], period),
        }

    def do_view(self, message: Message) -> Reply:
        """Another period, which goes into the address so that it can be kept and sent."""
        view = message.text("view")
        self.period = view if view in PERIODS else START
        self.load()
        return Redraw(f"/numbers?period={self.period}")

    def do_look_again(self, message: Message) -> Reply:
        """The same numbers as they are now."""
        del message
        self.load()
        return Redraw()

    def do_open_number(self, message: Message) -> Ask:
        """The definition, the SQL and the rows of a number, at the side."""
        self._open = opening(message, self.period)
        return self._drawer()

    def do_sort_rows(self, message: Message) -> Ask:
        """The rows of the open number in another order."""
        assert self._open is not None
        self._open = self._open.sorted(message.text("column"), message.text("direction"))
        return self._drawer()

    def do_turn_rows(self, message: Message) -> Ask:
        """Another page of the rows of the open number."""
        assert self._open is not None
        self._open = self._open.turned(message.whole("page", most=1_000_000))
        return self._drawer()

    def _drawer(self) -> Ask:
        assert self._open is not None
        title, html = self._open.drawer(self._opened, self._zone, self._base)
        return flyout(title, html)

    def _aging(self, rows: tuple[AgingRow, ...]) -> Table:
        heads = ("0–30", "31–60", "61–90", "91–120", "Over 120")
        columns = (
            Column("owed_by", "Owed by", leads=True),
            *(Column(f"b{at}", head, number=True) for at, head in enumerate(heads)),
            Column("total", "Total", number=True),
            Column("patients", "Patients", number=True, only_wide=True),
        )
        totals = [sum(row.buckets[at] for row in rows) for at in range(5)]
        grand = sum(row.total for row in rows)
        return Table(
            "aging",
            "What is owed, by days since the service",
            columns,
            tuple(self._aging_row(row) for row in rows),
            totals=("All", *(short_dollars(one) if one else NONE for one in totals), short_dollars(grand), ""),
            as_cards=False,
            empty_title="Nobody owes anything",
            empty_text="Open charges appear here as soon as they are booked.",
        )

    def _aging_row(self, row: AgingRow) -> Row:
        cells = [whole_dollars(one) if one else NONE for one in row.buckets]
        old = row.buckets[4] * 4 > row.total > 0
        return Row(
            row.key or "patients",
            (
                row.owed_by,
                *cells,
                _opens("receivable", whole_dollars(row.total), "payer", row.key),
                FEW if row.patients is None else str(row.patients),
            ),
            name=row.owed_by,
            tone="warn" if old else "",
        )

    def _clinicians(self, rows: tuple[ClinicianRow, ...]) -> Table:
        columns = (
            Column("name", "Clinician", leads=True),
            Column("sessions", "Sessions", number=True),
            Column("utilisation", "Utilisation", number=True),
            Column("no_shows", "No-shows", number=True),
            Column("unsigned", "Unsigned > 72 h", number=True),
            Column("charged", "Charged", number=True),
            Column("collected", "Collected", number=True),
            Column("patients", "Patients", number=True, only_wide=True),
        )
        return Table(
            "clinicians",
            "Each clinician's period",
            columns,
            tuple(Row(row.key, self._clinician_cells(row), name=row.name) for row in rows),
            empty_title="No sessions in this period",
            empty_text="Choose a longer period.",
        )

    def _clinician_cells(self, row: ClinicianRow) -> tuple[Cell, ...]:
        def opens(number: str, value: str) -> Markup:
            return _opens(number, value, "clinician", row.key)

        return (
            UI.person(row.name),
            opens("sessions", f"{row.sessions:,}"),
            opens("utilisation", _percent(row.utilisation)),
            opens("no_show_rate", _percent(row.no_show_rate)),
            opens("unsigned_notes", str(row.unsigned)),
            opens("charges", whole_dollars(row.charged_cents)),
            opens("collections", whole_dollars(row.collected_cents)),
            FEW if row.patients is None else str(row.patients),
        )


def _percent(share: Any) -> str:
    return percent(None if share is None else float(share), 1)


def _opens(number: str, value: str, by: str, only: str) -> Markup:
    """A figure in a table that opens to its rows, narrowed to one clinician or payer."""
    return render("pages/numbers_cell.html", number=number, value=value, by=by if only else "", only=only)
