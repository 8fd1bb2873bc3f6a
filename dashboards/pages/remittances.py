"""Remittances: what payers say they paid, where each stands, and the upload of the next file."""

from collections.abc import Callable
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.billing_words import METHODS
from dashboards.parts.html import ENVIRONMENT, counted, instant, render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.navigation import Words
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Redraw, Refused, Reply
from dashboards.parts.statuses import REMITTANCE
from dashboards.parts.tables import Cell, Column, Row, Table, turned_to
from workbench.actions.billing.upload_remittance import (
    AlreadyPosted,
    CannotPost,
    NotARemittance,
    OtherPractice,
    RemittanceUploaded,
)
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.kernel.money import dollars
from workbench.screens.remittances import RemittanceRow

UI: Any = ENVIRONMENT.globals["ui"]
ROWS_A_PAGE = 50
TABS = (
    ("proposed", "To approve", "list-checks", "violet"),
    ("approved", "To post", "badge-check", "accent"),
    ("posted", "Posted", "circle-check", "good"),
    ("all", "All", "landmark", ""),
)
EMPTY = {
    "proposed": ("Nothing waits for approval", "Drop the next 835 file above: it is read, checked and proposed here."),
    "approved": ("Nothing waits to be posted", "Approve a remittance, then post it to the books."),
    "posted": ("Nothing is posted yet", "Approved remittances come here once they are in the books."),
    "all": ("No remittance yet", "Drop the first 835 file of a payer above."),
}
COLUMNS = (
    Column("payer", "Payer", leads=True),
    Column("trace", "Trace"),
    Column("on", "Paid on"),
    Column("method", "By", only_wide=True),
    Column("claims", "Claims", number=True),
    Column("state", "Status"),
    Column("uploaded", "Uploaded", only_wide=True),
    Column("payment", "Payment", number=True),
)
NEXT_STEPS: tuple[tuple[type[WorkbenchError], str], ...] = (
    (AlreadyPosted, "Open the list below: the payment is there already. The same money is never booked twice."),
    (
        OtherPractice,
        "Tell whoever sent it that it reached the wrong practice. If it is yours, ask the payer which NPI it paid.",
    ),
    (
        CannotPost,
        "Download the file again: it may have been cut short on the way. If it still does not add up, ask the payer or "
        "the clearinghouse for a corrected one and name the place above.",
    ),
    (NotARemittance, "Choose the 835 file itself, not an answer to claims (277, 999), a PDF or a zip of several."),
)
OTHER_STEP = "Choose the 835 file as the payer or the clearinghouse sent it, unchanged."


class Upload(Protocol):
    """The verb, with actor and time already given."""

    def __call__(self, *, content: bytes, idempotency_key: str | None) -> RemittanceUploaded: ...


class RemittancesPage(Page):
    """The list by where each stands, and the upload. `upload`: None hides it. tab: the one to begin with."""

    needs = Permission.SEE_CLAIMS
    title = "Remittances"
    wide = True

    def __init__(
        self,
        *,
        rows: Callable[[], tuple[RemittanceRow, ...]],
        upload: Upload | None,
        words: Words,
        zone: ZoneInfo,
        base: str = "",
        tab: str = "",
    ) -> None:
        self._rows, self._upload, self._words, self._zone, self._base = rows, upload, words, zone, base
        self.asked = tab if tab in EMPTY else ""
        self.found: tuple[RemittanceRow, ...] = ()
        self.query = ""
        self.page = 1

    @property
    def tab(self) -> str:
        """The tab that is open: the one asked for, else the first that holds something."""
        return self.asked or next((key for key, *_ in TABS if self._of(key)), "all")

    def load(self) -> None:
        """The remittances, newest first."""
        self.found = self._rows()

    def render(self) -> Markup:
        """The page."""
        asked = self.query.casefold()
        rows = [row for row in self._of(self.tab) if asked in f"{row.payer} {row.trace}".casefold()]
        pages = turned_to(self.page, ROWS_A_PAGE, len(rows), "remittances")
        start = (pages.number - 1) * pages.size
        return render(
            "pages/remittances.html",
            tabs=[(*tab, len(self._of(tab[0])), sum(row.payment_cents for row in self._of(tab[0]))) for tab in TABS],
            page=self,
            name=next(word for key, word, *_ in TABS if key == self.tab),
            table=self._table(rows, rows[start : start + pages.size]),
            pages=pages,
            may_upload=self._upload is not None,
            blocked=sum(1 for row in self._of("proposed") if row.blocked),
            words=self._words,
            base=self._base,
        )

    def do_tab(self, message: Message) -> Redraw:
        """Another part of the list."""
        self.asked, self.page = message.text("tab") if message.text("tab") in EMPTY else "", 1
        return Redraw(f"/remittances?tab={self.tab}")

    def do_filter(self, message: Message) -> Redraw:
        """Narrow the list."""
        self.query, self.page = message.text("q"), 1
        return Redraw()

    def do_turn(self, message: Message) -> Redraw:
        """Another page of rows."""
        self.page = message.whole("page", least=0)
        return Redraw()

    def do_upload(self, message: Message) -> Reply:
        """Read one file. What is refused is said with its place and with what to do about it."""
        files = message.files.get("file", ())
        if not files:
            raise FieldProblem("file", "Choose an 835 file first.")
        if self._upload is None:
            return Refused("Your role does not include this.")
        try:
            done = self._upload(content=files[0].content, idempotency_key=message.key)
        except WorkbenchError as refusal:
            return self._not_taken(refusal, files[0].filename)
        payments = len(done.remittance_ids)
        if payments == 1:
            says = f"Read and in balance: {counted(done.claims, 'claim payment')}."
            return Done(says, "warn" if done.blocked else "good", go=f"/remittances/{done.remittance_ids[0]}")
        self.asked = "proposed"
        return Done(f"Read and in balance: {payments} payments with {counted(done.claims, 'claim payment')}.")

    def _not_taken(self, refusal: WorkbenchError, filename: str) -> Ask:
        step = next((text for kind, text in NEXT_STEPS if isinstance(refusal, kind)), OTHER_STEP)
        html = render("pages/remittance_refused.html", filename=filename, says=sentence(refusal), step=step)
        return Ask(html, "This file was not taken")

    def _of(self, tab: str) -> list[RemittanceRow]:
        return [row for row in self.found if tab in ("all", row.state)]

    def _table(self, rows: list[RemittanceRow], shown: list[RemittanceRow]) -> Table:
        title, text = ("Nothing fits", "Search for a payer or a trace number.") if self.query else EMPTY[self.tab]
        total = dollars(sum(row.payment_cents for row in rows))
        return Table(
            id="remittances",
            caption="Remittances, newest first",
            columns=COLUMNS,
            rows=tuple(self._row(row) for row in shown),
            base=self._base,
            dense=True,
            totals=(f"{len(rows):,} in all", *[""] * (len(COLUMNS) - 2), total) if len(rows) > 1 else (),
            empty_title=title,
            empty_text=text,
            empty_icon="search" if self.query else "landmark",
        )

    def _row(self, row: RemittanceRow) -> Row:
        is_blocked = bool(row.blocked) and row.state == "proposed"
        look = REMITTANCE.of("blocked" if is_blocked else row.state)
        cells: tuple[Cell, ...] = (
            row.payer,
            row.trace,
            f"{row.effective_on:%b} {row.effective_on.day}, {row.effective_on.year}",
            METHODS.get(row.method, row.method),
            f"{row.claims:,}",
            UI.status(look),
            instant(row.uploaded_at, self._zone),
            UI.money(row.payment_cents),
        )
        tone = "bad" if is_blocked else ""
        return Row(row.id, cells, f"{row.payer} {row.trace}", go=f"/remittances/{row.id}", tone=tone)
