"""The chart of one person: what holds now at the top, and below it all that happened, newest first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.chart_dialogs import CERTAINTIES, LEVELS, SEVERITIES, SOURCES, ChartDialogs
from dashboards.pages.measure_change import change_badges
from dashboards.pages.treatment_plan import review_badge
from dashboards.parts.dialogs import flyout
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Deliver, Redraw, Reply
from dashboards.parts.routes import Visit as Opening
from dashboards.parts.sparkline import sparkline
from dashboards.parts.statuses import ALERT, APPOINTMENT, NOTE, REMINDER, RISK
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.kernel.time import day_of
from workbench.screens.chart_overview import ChartOverview
from workbench.screens.chart_timeline import Kind, Timeline
from workbench.screens.form_paper import FormFile
from workbench.screens.measures_over_time import Course
from workbench.screens.patient_statements import title_of

KINDS: Final = {
    Kind.VISIT: ("Appointments", "calendar-days", "info"),
    Kind.NOTE: ("Notes", "notebook-pen", "accent"),
    Kind.FORM: ("Forms", "clipboard-list", "violet"),
    Kind.MEASURE: ("Measures", "chart-line", "accent"),
    Kind.ALERT: ("Alerts", "triangle-alert", "bad"),
    Kind.PLAN: ("Plans", "target", "good"),
    Kind.STATEMENT: ("Changes to the chart", "stethoscope", "neutral"),
    Kind.DOCUMENT: ("Documents", "folder", "neutral"),
    Kind.CONTACT: ("Contacts", "message-square", "neutral"),
}
STATES: Final = {Kind.VISIT: APPOINTMENT, Kind.NOTE: NOTE, Kind.FORM: NOTE, Kind.PLAN: NOTE, Kind.ALERT: ALERT,
                 Kind.CONTACT: REMINDER}  # fmt: skip
CALM: Final = frozenset({"", "locked", "completed", "answered", "sent"})
"""States that are as they should be: a course is calm, and what is not stands out."""
STEP: Final = 60
_TREND: Final = 12


@dataclass(frozen=True)
class ChartPageCalls:
    """The reads, with actor and time already given. dialogs: None where nothing may be stated."""

    overview: Callable[..., ChartOverview]
    timeline: Callable[..., Timeline]
    paper: Callable[..., FormFile]
    dialogs: ChartDialogs | None


class ChartPage(Page):
    """Each part is there for who may see it; the audit line of each opening says which parts were."""

    needs = Permission.SEE_CONTACT
    title = "Chart"
    wide = True

    def __init__(
        self, opening: Opening, *, calls: ChartPageCalls, zone: ZoneInfo, clock: Callable[[], datetime],
        patient_word: str, base: str,
    ) -> None:  # fmt: skip
        self._calls, self._zone, self._clock, self._word, self._base = calls, zone, clock, patient_word, base
        self._patient_id = opening.ids["patient_id"]
        self.kind, self.words, self.most = "", "", STEP
        self.chart: ChartOverview | None = None
        self.timeline = Timeline()

    def load(self) -> None:
        """Both halves of the page."""
        self.chart = self._calls.overview(self._patient_id)
        self._follow()

    def crumbs(self) -> tuple[Crumb, ...]:
        """From the file to the chart; no name."""
        number = self.chart.number if self.chart else ""
        return (Crumb(f"{self._word.capitalize()}s", "/patients"),
                Crumb(f"File {number}", f"/patients/{self._patient_id}"), Crumb(self.title))  # fmt: skip

    def render(self) -> Markup:
        """What holds, then what happened."""
        chart = self._open()
        plan = review_badge(chart.plan.review, chart.plan.due_on) if chart.plan else None
        return render(
            "pages/chart.html", chart=chart, timeline=self.timeline, kinds=KINDS, states=STATES, calm=CALM, risk=RISK,
            kind=self.kind, words=self.words, plan=plan, title_of=title_of, today=self._today,
            courses=[(one, _trend(one), change_badges(one.changed, one.is_better)) for one in chart.courses],
            certainties=dict(CERTAINTIES), sources=dict(SOURCES), severities=dict(SEVERITIES),
            looks=APPOINTMENT, zone=self._zone, base=self._base, word=self._word,
        )  # fmt: skip

    def do_filter(self, message: Message) -> Reply:
        """Another kind, or other words."""
        kind = message.text("kind")
        self.kind = kind if kind in Kind._value2member_map_ else ""
        self.words, self.most = message.text("words")[:80], STEP
        self._follow()
        return Redraw()

    def do_more(self, message: Message) -> Reply:
        """Older lines below those that are there."""
        del message
        self.most += STEP
        self._follow()
        return Redraw()

    def do_print_safety(self, message: Message) -> Deliver:
        """The safety plan on paper, as it was signed."""
        del message
        plan = self._open().statements.safety_plan
        if plan is None:
            raise NotFound
        file = self._calls.paper(plan.response_id, answers_only=True)
        return Deliver(file.name, file.media_type, file.content, "The safety plan is saved as PDF.")

    def do_history(self, message: Message) -> Ask:
        """What held once."""
        del message
        chart = self._open()
        html = render("pages/chart_history.html", said=chart.statements, title_of=title_of, risk=RISK,
                      levels=dict(LEVELS), zone=self._zone)  # fmt: skip
        return flyout("What held before", html)

    def do_ask_diagnosis(self, message: Message) -> Ask | None:
        """Which one?"""
        return self._dialogs.ask_diagnosis(self._open(), message, self._today)

    def do_diagnosis(self, message: Message) -> Reply:
        """On the list."""
        return self._dialogs.keep_diagnosis(self._open(), message)

    def do_ask_end_diagnosis(self, message: Message) -> Ask | None:
        """Why no more?"""
        return self._dialogs.ask_end(self._open(), message, self._today)

    def do_end_diagnosis(self, message: Message) -> Reply:
        """No more."""
        return self._dialogs.keep_end(self._open(), message)

    def do_ask_medication(self, message: Message) -> Ask:
        """What do they take?"""
        return self._dialogs.ask_medication(self._open(), message, self._today)

    def do_medication(self, message: Message) -> Reply:
        """Put down."""
        return self._dialogs.keep_medication(self._open(), message)

    def do_ask_allergy(self, message: Message) -> Ask:
        """To what?"""
        return self._dialogs.ask_allergy(self._open(), message)

    def do_allergy(self, message: Message) -> Reply:
        """Put down."""
        return self._dialogs.keep_allergy(self._open(), message)

    def do_none_known(self, message: Message) -> Reply:
        """Asked, and none."""
        return self._dialogs.keep_none_known(self._open(), message)

    def do_ask_risk(self, message: Message) -> Ask:
        """How great?"""
        del message
        return self._dialogs.ask_risk(self._open())

    def do_risk(self, message: Message) -> Reply:
        """Judged."""
        return self._dialogs.keep_risk(self._open(), message)

    @property
    def _today(self) -> date:
        return day_of(self._clock(), self._zone)

    @property
    def _dialogs(self) -> ChartDialogs:
        if self._calls.dialogs is None:
            raise NotFound
        return self._calls.dialogs

    def _open(self) -> ChartOverview:
        if self.chart is None:
            self.load()
        assert self.chart is not None
        return self.chart

    def _follow(self) -> None:
        self.timeline = self._calls.timeline(self._patient_id, kind=self.kind, words=self.words, most=self.most)


def _trend(course: Course) -> Markup:
    totals = [float(one.total) for one in course.taken if one.total is not None][-_TREND:]
    return sparkline(totals, f"{course.rule.measure}, the last {len(totals)} totals")
