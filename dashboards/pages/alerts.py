"""Alerts that measures raised: what waits for an answer, and what was done about those of late."""

from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.measure_dialogs import AnswersAlerts, MeasureCalls
from dashboards.parts.html import render
from dashboards.parts.page import Page
from workbench.gate.permissions import Permission
from workbench.screens.alerts import Alerts


class AlertsPage(AnswersAlerts, Page):
    """Whoever writes in charts sees those of the people within reach."""

    needs = Permission.ANSWER_ALERT
    title = "Alerts"

    def __init__(self, *, calls: MeasureCalls, zone: ZoneInfo, base: str) -> None:
        self.measures, self._zone, self._base = calls, zone, base
        self.alerts = Alerts()

    def load(self) -> None:
        """Those that wait, and those of two weeks."""
        assert self.measures is not None
        self.alerts = self.measures.alerts()

    def render(self) -> Markup:
        """The most pressing first."""
        return render("pages/alerts.html", alerts=self.alerts, zone=self._zone, base=self._base)
