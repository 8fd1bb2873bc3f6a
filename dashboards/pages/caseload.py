"""A caseload by its measures and its treatment plans, for one's own work and for supervision: what is due, for whom."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.measure_change import change_badges, change_words
from dashboards.pages.treatment_plan import review_badge
from dashboards.parts.html import ENVIRONMENT, day, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Redraw
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.caseload import CaseloadLine
from workbench.screens.treatment_plans_due import PlanDue, Review

UI: Any = ENVIRONMENT.globals["ui"]
COLUMNS = (
    Column("client", "Client", leads=True), Column("measure", "Measure"), Column("last", "Latest", number=True),
    Column("band", "Band"), Column("change", "Since the first"), Column("taken", "Taken", only_wide=True),
    Column("due", "Due again"),
)  # fmt: skip
PLAN_COLUMNS = (
    Column("client", "Client", leads=True),
    Column("plan", "Treatment plan"),
    Column("draft", "Next version"),
)


class CaseloadPage(Page):
    """One row a person and measure, the most pressing first."""

    needs = Permission.SEE_CASELOAD
    title = "Caseload"
    wide = True

    def __init__(
        self,
        *,
        caseload: Callable[[], tuple[CaseloadLine, ...]],
        plans: Callable[[], tuple[PlanDue, ...]],
        zone: ZoneInfo,
        patient_word: str,
        base: str,
        tab: str = "",
    ) -> None:
        self._caseload, self._plans, self._zone = caseload, plans, zone
        self._word, self._base, self.tab = patient_word, base, tab
        self.lines: tuple[CaseloadLine, ...] = ()
        self.plans: tuple[PlanDue, ...] = ()

    def load(self) -> None:
        """Everybody within reach."""
        self.lines, self.plans = self._caseload(), self._plans()

    def do_tab(self, message: Message) -> Redraw:
        """By measures, or by plans."""
        self.tab = message.text("tab")
        return Redraw(path=f"/caseload?tab={self.tab}" if self.tab == "plans" else "/caseload")

    def render(self) -> Markup:
        """The open table, and what its words mean."""
        is_plans = self.tab == "plans"
        return render(
            "pages/caseload.html",
            table=self._plan_table() if is_plans else self._measure_table(),
            tab="plans" if is_plans else "measures",
            tabs=[("measures", "Measures", None), ("plans", "Treatment plans", len(self.plans) or None)],
            worse=sum(one.is_off_track for one in self.lines),
            due=sum(one.is_due for one in self.lines),
            missing=sum(one.is_due and one.taken_at is None for one in self.lines),
            no_plan=sum(one.review is Review.NONE for one in self.plans),
            overdue=sum(one.review is Review.OVERDUE for one in self.plans),
            soon=sum(one.review is Review.SOON for one in self.plans),
        )

    def _measure_table(self) -> Table:
        rows = tuple(
            Row(f"{one.patient_id}-{number}", self._cells(one), name=one.patient_name,
                go=f"/patients/{one.patient_id}?tab=measures")
            for number, one in enumerate(self.lines)
        )  # fmt: skip
        return Table(
            "caseload", "The caseload by its measures", COLUMNS, rows, base=self._base, empty_title="No measures yet",
            empty_text=f"Once a {self._word} answers a measure, how it goes stands here.", empty_icon="chart-line",
        )  # fmt: skip

    def _plan_table(self) -> Table:
        rows = tuple(
            Row(one.patient_id, (
                one.patient_name, UI.badge(*review_badge(one.review, one.due_on)),
                "Being written" if one.is_open else "–",
            ), name=one.patient_name, go=f"/treatment-plan/{one.patient_id}")
            for one in self.plans
        )  # fmt: skip
        return Table(
            "plans", "Treatment plans that are missing, due or overdue", PLAN_COLUMNS, rows, base=self._base,
            empty_title="Every plan is in time", empty_icon="circle-check",
            empty_text=f"A {self._word} in care without a signed plan, or with one due within two weeks, stands here.",
        )  # fmt: skip

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
