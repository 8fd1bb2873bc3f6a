"""A caseload by its measures, treatment plans and appointments, for one's own work and for supervision."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.measure_change import change_badges, change_words
from dashboards.pages.treatment_plan import review_badge
from dashboards.parts.html import ENVIRONMENT, counted, day, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Redraw
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.caseload import CaseloadLine
from workbench.screens.nothing_booked import NothingBooked
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


UNBOOKED_COLUMNS = (Column("client", "Client", leads=True), Column("last", "Seen last"), Column("days", "Since then"))
TABS = ("measures", "plans", "unbooked")


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
        unbooked: Callable[[], tuple[NothingBooked, ...]],
        zone: ZoneInfo,
        patient_word: str,
        base: str,
        tab: str = "",
    ) -> None:
        self._caseload, self._plans, self._unbooked, self._zone = caseload, plans, unbooked, zone
        self._word, self._base, self.tab = patient_word, base, tab if tab in TABS else "measures"
        self.lines: tuple[CaseloadLine, ...] = ()
        self.plans: tuple[PlanDue, ...] = ()
        self.unbooked: tuple[NothingBooked, ...] = ()

    def load(self) -> None:
        """Everybody within reach."""
        self.lines, self.plans, self.unbooked = self._caseload(), self._plans(), self._unbooked()

    def do_tab(self, message: Message) -> Redraw:
        """By measures, by plans, or by appointments."""
        self.tab = message.text("tab") if message.text("tab") in TABS else "measures"
        return Redraw(path="/caseload" if self.tab == "measures" else f"/caseload?tab={self.tab}")

    def render(self) -> Markup:
        """The open table, and what its words mean."""
        tables = {"measures": self._measure_table, "plans": self._plan_table, "unbooked": self._unbooked_table}
        return render(
            "pages/caseload.html",
            table=tables[self.tab](),
            tab=self.tab,
            tabs=[
                ("measures", "Measures", None),
                ("plans", "Treatment plans", len(self.plans) or None),
                ("unbooked", "Nothing booked", len(self.unbooked) or None),
            ],
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

    def _unbooked_table(self) -> Table:
        rows = tuple(
            Row(one.patient_id, (one.patient_name, day(one.last_on), counted(one.days, "day")), name=one.patient_name,
                go=f"/patients/{one.patient_id}?tab=schedule")
            for one in self.unbooked
        )  # fmt: skip
        return Table(
            "unbooked", "Who is in care and has nothing booked", UNBOOKED_COLUMNS, rows, base=self._base,
            empty_title="Everybody is expected", empty_icon="circle-check",
            empty_text=f"A {self._word} in care without an appointment to come stands here.",
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
