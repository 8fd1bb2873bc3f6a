"""Copies that leave the practice: what waits for approval, what left, and what is marked under 42 CFR Part 2."""

from collections.abc import Callable
from typing import Any, Final

from markupsafe import Markup

from dashboards.pages.releasing import ReleaseCalls, Releasing, releases_table
from dashboards.parts.dialogs import confirm
from dashboards.parts.html import ENVIRONMENT, day, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Done, Reply
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.part_2_marks import MarkShown
from workbench.screens.releases import ReleaseShown

UI: Any = ENVIRONMENT.globals["ui"]
MARK_COLUMNS: Final = (
    Column("file", "File", leads=True), Column("what", "Marked"), Column("days", "Days"),
    Column("why", "Why", only_wide=True), Column("by", "By", only_wide=True), Column("do", "Do", label_hidden=True),
)  # fmt: skip


class ReleasesPage(Releasing, Page):
    """Everybody's requests; for compliance the marks in force too."""

    needs = Permission.SEE_RELEASES
    title = "Releases"
    wide = True

    def __init__(
        self, *, shown: Callable[[], tuple[ReleaseShown, ...]], calls: ReleaseCalls,
        marks: Callable[[], tuple[MarkShown, ...]] | None, lift: Callable[..., Any] | None, base: str,
    ) -> None:  # fmt: skip
        self._shown, self.release_calls, self._marks, self._lift, self._base = shown, calls, marks, lift, base
        self.shown: tuple[ReleaseShown, ...] = ()
        self.marks: tuple[MarkShown, ...] = ()

    def load(self) -> None:
        """As they stand."""
        self.shown = self._shown()
        self.marks = self._marks() if self._marks else ()

    def render(self) -> Markup:
        """The page."""
        table = releases_table(self.shown, self.release_calls.zone, self._base, names=True)
        marks = self._marks_table() if self._marks else None
        return render("pages/releases.html", table=table, marks=marks)

    def do_ask_lift(self, message: Message) -> Reply:
        """Sure, and why?"""
        return lift_dialog(self.marks, message)

    def do_lift(self, message: Message) -> Done:
        """It covers nothing any more."""
        assert self._lift is not None
        self._lift(message.text("row"), why=message.text("reason"), idempotency_key=message.key)
        return Done("Taken away. What it covered is read like the rest of the chart.")

    def _marks_table(self) -> Table:
        rows = tuple(
            Row(one.mark_id, (file, one.words, mark_days(one), one.why, one.marked_by,
                              "" if one.is_mine else lift_button(one)), name=file, go=f"/part-2/{one.patient_id}")
            for one in self.marks if (file := f"File {one.patient_number}")
        )  # fmt: skip
        return Table("marks", "Marks in force", MARK_COLUMNS, rows, base=self._base, empty_title="Nothing is marked",
                     empty_text="A clinician marks what belongs to a programme under 42 CFR Part 2, from the chart.",
                     empty_icon="shield-check")  # fmt: skip


def lift_dialog(marks: tuple[MarkShown, ...], message: Message) -> Reply:
    """Sure, and why?"""
    if not any(one.mark_id == message.text("row") for one in marks):
        return Done("This mark is no longer on the page.", tone="warn")
    return confirm(
        "lift", "Take this mark away?",
        "Take it away only where it should never have been set. What it covered may then leave like any other record.",
        label="Take it away", args={"row": message.text("row")}, reason=True, danger=True,
    )  # fmt: skip


def lift_button(one: MarkShown) -> Any:
    """To take it away."""
    return UI.button("Take away…", do="ask_lift", args={"row": one.mark_id}, size="small")


def mark_days(one: MarkShown) -> str:
    """The days an episode covers."""
    if one.from_on is None:
        return ""
    return f"from {day(one.from_on)}" + (f" until before {day(one.until_on)}" if one.until_on else "")
