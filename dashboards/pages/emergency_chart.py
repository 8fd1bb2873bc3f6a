"""The one chart that is open in an emergency, until its hour is over."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.chart_dialogs import SEVERITIES
from dashboards.parts.html import render
from dashboards.parts.page import Crumb, Page
from dashboards.parts.statuses import NOTE, RISK
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.screens.emergencies import Emergency
from workbench.screens.patient_chart import PatientChart
from workbench.screens.patient_statements import Statements, title_of

PARTS = ("subjective", "objective", "assessment", "plan")


class EmergencyChartPage(Page):
    """Reads the chart anew each time it is drawn, and is drawn once more by itself when the opening is over."""

    needs = Permission.OPEN_EMERGENCY
    title = "Emergency"

    def __init__(
        self,
        opening_id: str,
        *,
        own: Callable[[], tuple[Emergency, ...]],
        chart: Callable[[str], PatientChart],
        statements: Callable[[str], Statements],
        is_open: Callable[..., bool],
        zone: ZoneInfo,
    ) -> None:
        self.opening_id, self._own, self._chart, self._statements = opening_id, own, chart, statements
        self._is_open, self.zone = is_open, zone
        self.opening: Emergency | None = None
        self.chart: PatientChart | None = None
        self.said = Statements()

    def load(self) -> None:
        """The chart while it is open, and nothing of it afterwards.

        Raises:
            NotFound: no such opening of this person.
        """
        self.opening, self.chart, self.said = None, None, Statements()
        found = next((one for one in self._own() if one.opening_id == self.opening_id), None)
        if found is None:
            raise NotFound
        self.opening = found
        if found.is_open:
            self.chart, self.said = self._chart(found.patient_id), self._statements(found.patient_id)

    def is_behind(self) -> bool:
        """Whether the chart stands here though the opening is over, by the hour or by another page."""
        return self.chart is not None and not self._is_open(opening_id=self.opening_id)

    def crumbs(self) -> tuple[Crumb, ...]:
        """Below the emergencies; a number, no name."""
        return (Crumb("Emergency", "/emergency"), Crumb(f"File {self.opening.number}" if self.opening else "Chart"))

    def render(self) -> Markup:
        """The notes. Until when they are open, and how to close them, stands above every page of the shell."""
        if self.opening is None:
            return Markup("")
        return render(
            "pages/emergency_chart.html", one=self.opening, chart=self.chart, said=self.said, parts=PARTS, notes=NOTE,
            risk=RISK, severities=dict(SEVERITIES), title_of=title_of, zone=self.zone,
        )  # fmt: skip
