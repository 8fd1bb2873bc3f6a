"""Every review of who holds which access: how far it is, and which one is overdue."""

from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.html import ENVIRONMENT, counted, day, render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Done
from dashboards.parts.tables import Column, Look, Looks, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.access_reviews import ReviewRow, quarter_of

UI: Any = ENVIRONMENT.globals["ui"]
STATES = Looks(
    {
        "open": Look("Open", "info", "clock"),
        "overdue": Look("Overdue", "bad", "clock-alert"),
        "closed": Look("Closed", "good", "circle-check"),
    }
)


class AccessReviewsPage(Page):
    """The newest first; one a quarter."""

    needs = Permission.SEE_ACCESS_REVIEWS
    title = "Access reviews"

    def __init__(
        self,
        *,
        shown: Callable[[], tuple[ReviewRow, ...]],
        begin: Callable[..., Any] | None,
        today: Callable[[], date],
        zone: ZoneInfo,
        base: str = "",
    ) -> None:
        self._shown, self._begin, self._today, self._zone, self._base = shown, begin, today, zone, base
        self.found: tuple[ReviewRow, ...] = ()

    def load(self) -> None:
        """All of them."""
        self.found = self._shown()

    def crumbs(self) -> tuple[Crumb, ...]:
        """Below access."""
        return (Crumb("Access", "/access"), Crumb(self.title))

    def render(self) -> Markup:
        """The page."""
        is_there = any(one.quarter == quarter_of(self._today()) for one in self.found)
        may_begin = self._begin is not None and not is_there
        return render("pages/access_reviews.html", table=self._table(), may_begin=may_begin)

    def do_begin(self, message: Message) -> Done:
        """Open this quarter's."""
        assert self._begin is not None
        begun = self._begin(idempotency_key=message.key)
        return Done(f"{counted(begun.lines, 'role')} to look at", go=f"/access/reviews/{begun.review_id}")

    def _table(self) -> Table:
        columns = (Column("quarter", "Quarter", leads=True), Column("opened", "Opened"), Column("due", "Due"),
                   Column("decided", "Decided", number=True), Column("state", "State"))  # fmt: skip
        return Table(
            "reviews", "Access reviews, the newest first", columns, tuple(map(self._row, self.found)),
            base=self._base, empty_title="No review yet",
            empty_text="The first begins by itself during the night, or now by the button above.",
            empty_icon="list-checks",
        )  # fmt: skip

    def _row(self, one: ReviewRow) -> Row:
        key = "closed" if one.closed_at else "overdue" if one.days_overdue else "open"
        state = UI.status(STATES.of(key))
        if one.days_overdue:
            state += Markup(' <span class="muted small-print">by {}</span>').format(counted(one.days_overdue, "day"))
        cells = (one.quarter, day(one.opened_at, self._zone), day(one.due_on), f"{one.decided} of {one.lines}", state)
        return Row(one.review_id, cells, name=one.quarter, go=f"/access/reviews/{one.review_id}")
