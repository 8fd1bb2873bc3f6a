"""The audit log: who did what to whom, when, how it ended; and whether anything was changed since."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import instant, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Redraw
from dashboards.parts.tables import Column, Look, Looks, Row, Table
from workbench.gate.audit import Verdict
from workbench.gate.audit_events import SENTENCES
from workbench.gate.permissions import Permission
from workbench.screens.audit_trail import Trail, TrailRow

OUTCOMES = Looks(
    {
        "done": Look("Done", "good", "circle-check"),
        "shown": Look("Shown", "info", "eye"),
        "refused": Look("Refused", "bad", "ban"),
    }
)
COLUMNS = (
    Column("at", "When"),
    Column("actor", "Who", leads=True),
    Column("sentence", "Did what"),
    Column("record", "Record", only_wide=True),
    Column("outcome", "Ended"),
    Column("seq", "No.", number=True),
)


class ReadTrail(Protocol):
    """The screen, with actor and time already given."""

    def __call__(self, **filters: Any) -> Trail: ...


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; empty means all."""

    actor_id: str = ""
    event: str = ""
    outcome: str = ""
    on: str = ""
    older_than: int | None = None

    def asked(self) -> Mapping[str, Any]:
        """As the screen takes them. A half-typed day narrows nothing."""
        try:
            on = date.fromisoformat(self.on) if self.on else None
        except ValueError:
            on = None
        return {
            "actor_id": self.actor_id,
            "event": self.event,
            "outcome": self.outcome,
            "on": on,
            "older_than": self.older_than,
        }


class AuditPage(Page):
    """The log with its filters, one event's whole body in a drawer, and the verdict on all of it."""

    needs = Permission.READ_AUDIT
    title = "Audit log"
    wide = True

    def __init__(
        self, *, trail: ReadTrail, verify: Callable[[], Verdict] | None, zone: ZoneInfo, base: str = ""
    ) -> None:
        self._trail, self._verify, self._zone, self._base = trail, verify, zone, base
        self.filters = Filters()
        self.found = Trail((), None, ())
        self.verdict: Verdict | None = None

    def load(self) -> None:
        """The newest events, narrowed."""
        self.found = self._trail(**self.filters.asked())

    def render(self) -> Markup:
        """The page."""
        return render(
            "pages/audit.html",
            filters=self.filters,
            table=self._table(),
            actors=[("", "Everybody"), *self.found.actors],
            events=[("", "Everything"), *sorted(((str(e), s) for e, s in SENTENCES.items()), key=lambda pair: pair[1])],
            outcomes=[("", "However it ended"), *OUTCOMES.options()],
            verdict=self.verdict,
            may_verify=self._verify is not None,
            older_than=self.found.older_than,
        )

    def do_filter(self, message: Message) -> Redraw:
        """Narrow the list."""
        said = message.text
        self.filters = Filters(said("actor_id"), said("event"), said("outcome"), said("on"))
        self.load()
        return Redraw()

    def do_older(self, message: Message) -> Redraw:
        """The page before."""
        older = message.whole("older_than", least=1)
        self.filters = Filters(self.filters.actor_id, self.filters.event, self.filters.outcome, self.filters.on, older)
        self.load()
        return Redraw()

    def do_verify(self, message: Message) -> Redraw:
        """Hash every event again."""
        del message
        if self._verify is not None:
            self.verdict = self._verify()
            self.load()
        return Redraw()

    def do_event(self, message: Message) -> Ask:
        """Everything the log holds about one event."""
        seq = message.whole("row", least=1)
        row = next((row for row in self.found.rows if row.seq == seq), None)
        html = render("pages/audit_event.html", row=row, zone=self._zone, look=OUTCOMES.of(row.outcome if row else ""))
        return flyout(f"Event {seq:,}", html)

    def _table(self) -> Table:
        return Table(
            id="events",
            caption="Events, newest first",
            columns=COLUMNS,
            rows=tuple(self._row(row) for row in self.found.rows),
            base=self._base,
            dense=True,
            empty_title="No event fits",
            empty_text="Widen the filters. Every read and every change by anybody is listed here.",
            empty_icon="history",
        )

    def _row(self, row: TrailRow) -> Row:
        ended = render("pages/audit_outcome.html", look=OUTCOMES.of(row.outcome))
        record = row.subject_type.replace("_", " ") + (f" {row.subject_id[-6:]}" if row.subject_id else "")
        return Row(
            key=str(row.seq),
            cells=(instant(row.at, self._zone), row.actor, row.sentence, record, ended, f"{row.seq:,}"),
            name=f"event {row.seq}",
            do="event",
            tone="bad" if row.outcome == "refused" else "",
        )
