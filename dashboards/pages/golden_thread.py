"""The golden thread of one person: what was assessed, what is treated, which notes served it, and the gaps."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.treatment_plan import OBJECTIVE, measure_names, review_badge
from dashboards.parts.html import counted, render
from dashboards.parts.page import Crumb, Page
from dashboards.parts.routes import Visit as Opening
from workbench.gate.permissions import Permission
from workbench.screens.golden_thread import GoldenThread


class GoldenThreadPage(Page):
    """Read only; each link leads to what it names."""

    needs = Permission.READ_CHART
    title = "Golden thread"
    wide = True

    def __init__(
        self, opening: Opening, *, golden_thread: Callable[..., GoldenThread], zone: ZoneInfo, base: str
    ) -> None:
        self._golden_thread, self._zone, self._base = golden_thread, zone, base
        self._patient_id = opening.ids["patient_id"]
        self.thread: GoldenThread | None = None

    def load(self) -> None:
        """The thread as it stands."""
        self.thread = self._golden_thread(self._patient_id)

    def crumbs(self) -> tuple[Crumb, ...]:
        """From the file to the thread; no name."""
        number = self.thread.number if self.thread else ""
        return (Crumb(f"File {number}", f"/patients/{self._patient_id}?tab=notes"), Crumb(self.title))

    def render(self) -> Markup:
        """Problem by problem, the gaps beside it."""
        thread = self.thread
        if thread is None:
            return Markup("")
        return render(
            "pages/golden_thread.html", thread=thread, looks=OBJECTIVE, names=measure_names(), counted=counted,
            review=review_badge(thread.review, thread.review_on), zone=self._zone, base=self._base,
        )  # fmt: skip
