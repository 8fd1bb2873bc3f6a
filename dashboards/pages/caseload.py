"""A caseload by its measures, for one's own work and for supervision: who gets worse, and what is due."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.measure_change import change_badges, change_words
from dashboards.parts.html import ENVIRONMENT, day, render
from dashboards.parts.page import Page
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.caseload import CaseloadLine

UI: Any = ENVIRONMENT.globals["ui"]
COLUMNS = (
    Column("client", "Client", leads=True), Column("measure", "Measure"), Column("last", "Latest", number=True),
    Column("band", "Band"), Column("change", "Since the first"), Column("taken", "Taken", only_wide=True),
    Column("due", "Due again"),
)  # fmt: skip


class CaseloadPage(Page):
    """One row a person and measure, the most pressing first."""

    needs = Permission.SEE_CASELOAD
    title = "Caseload"
    wide = True

    def __init__(
        self, *, caseload: Callable[[], tuple[CaseloadLine, ...]], zone: ZoneInfo, patient_word: str, base: str
    ) -> None:
        self._caseload, self._zone, self._word, self._base = caseload, zone, patient_word, base
        self.lines: tuple[CaseloadLine, ...] = ()

    def load(self) -> None:
        """Everybody within reach."""
        self.lines = self._caseload()

    def render(self) -> Markup:
        """The table, and what its words mean."""
        rows = tuple(
            Row(f"{one.patient_id}-{number}", self._cells(one), name=one.patient_name,
                go=f"/patients/{one.patient_id}?tab=measures")
            for number, one in enumerate(self.lines)
        )  # fmt: skip
        table = Table(
            "caseload", "The caseload by its measures", COLUMNS, rows, base=self._base, empty_title="No measures yet",
            empty_text=f"Once a {self._word} answers a measure, how it goes stands here.", empty_icon="chart-line",
        )  # fmt: skip
        worse, due = sum(one.is_off_track for one in self.lines), sum(one.is_due for one in self.lines)
        missing = sum(one.is_due and one.taken_at is None for one in self.lines)
        return render("pages/caseload.html", table=table, worse=worse, due=due, missing=missing)

    def _cells(self, one: CaseloadLine) -> tuple[str | Markup, ...]:
        critical = UI.badge("Critical item", "bad", "triangle-alert") if one.is_critical else ""
        due = UI.badge("Due", "warn", "clock") if one.is_due else day(one.due_on) if one.due_on else "–"
        band = "Never answered" if one.taken_at is None else one.band.capitalize() or "Not complete"
        return (
            one.patient_name,
            one.measure,
            "–" if one.total is None else str(one.total),
            Markup("{} {}").format(band, critical),
            Markup("{} {}").format(change_words(one.change), change_badges(one.change, one.is_better)),
            day(one.taken_at, self._zone) if one.taken_at else "–",
            due,
        )
