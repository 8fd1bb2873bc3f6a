"""The audit log, asked: who, whom, what, when, by which right; saved questions; and whether it was changed since."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.audit_filters import PERIODS, Filters
from dashboards.parts.dialogs import flyout
from dashboards.parts.html import ENVIRONMENT, instant, render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Deliver, Done, Redraw
from dashboards.parts.tables import Column, Look, Looks, Row, Table
from workbench.gate.audit import Verdict
from workbench.gate.audit_sentences import SENTENCES
from workbench.gate.permissions import Permission
from workbench.gate.table import MEANINGS, Cell
from workbench.marts.audit_explorer import Answer, Line, TakenAnswer
from workbench.marts.audit_questions import QUESTIONS
from workbench.marts.reader import State
from workbench.screens.audit_search import AuditedPatient
from workbench.screens.signed_records import SignedRecords

UI: Any = ENVIRONMENT.globals["ui"]
OUTCOMES = Looks(
    {
        "done": Look("Done", "good", "circle-check"),
        "shown": Look("Shown", "info", "eye"),
        "refused": Look("Refused", "bad", "ban"),
        "noticed": Look("Noticed", "warn", "triangle-alert"),
    }
)
ICONS = {
    "same_surname": "users", "neighbours": "house", "own_record": "user-round", "after_hours": "moon",
    "mass_reading": "gauge", "break_glass": "triangle-alert",
}  # fmt: skip
_MEANT = {cell.value: says for cell, says in MEANINGS.items()}
_TOLD = {event.value: sentence for event, sentence in SENTENCES.items()}
MOST_BARS = 8
FEWEST_LETTERS = 2


@dataclass(frozen=True)
class AuditCalls:
    """The calls of the page, with door, actor and time already given; None where the role does not include them."""

    answer: Callable[..., Answer]
    take: Callable[..., TakenAnswer] | None
    find: Callable[..., tuple[AuditedPatient, ...]] | None
    verify: Callable[[], Verdict] | None
    records: Callable[[], SignedRecords] | None
    state: Callable[[], State]


class AuditPage(Page):
    """Questions to the log with what the answer is about, one line's whole body in a drawer, the verdict on all."""

    needs = Permission.READ_AUDIT
    title = "Audit log"
    wide = True

    def __init__(
        self, *, calls: AuditCalls, filters: Filters, zone: ZoneInfo, patient_word: str = "client", base: str = ""
    ) -> None:
        self._calls, self._zone, self._word, self._base = calls, zone, patient_word, base
        self.filters = filters
        self.found = Answer()
        self.saved: Mapping[str, int] = {}
        self._counted_for: Filters | None = None
        self._shown: Filters | None = None
        self.verdict: Verdict | None = None
        self.records: SignedRecords | None = None
        self.hits: tuple[AuditedPatient, ...] = ()

    def load(self) -> None:
        """The lines that fit. Going from one saved question to another does not count them all again."""
        same = replace(self.filters, question="", older_than=None)
        is_new = same != self._counted_for or self.filters == self._shown
        self.found = self._calls.answer(asked=self.filters.asked(), older_than=self.filters.older_than, saved=is_new)
        if is_new:
            self.saved, self._counted_for = self.found.facets.saved, same
        self._shown = self.filters

    def crumbs(self) -> tuple[Crumb, ...]:
        """Of one record: below the log."""
        if not self.filters.patient_id:
            return (Crumb(self.title),)
        return (Crumb(self.title, "/audit"), Crumb("Who opened this record"))

    def render(self) -> Markup:
        """The page."""
        about = self.found.facets
        names = dict(self.found.people)
        return render(
            "pages/audit.html",
            page=self,
            filters=self.filters,
            question=QUESTIONS.get(self.filters.question),
            questions=[(one, ICONS[one.key], self.saved.get(one.key, 0)) for one in QUESTIONS.values()],
            table=self._table(),
            people=[("", "Everybody"), *self.found.people],
            events=[("", "Everything"), *sorted(((str(e), s) for e, s in SENTENCES.items()), key=lambda pair: pair[1])],
            outcomes=[("", "However it ended"), *OUTCOMES.options()],
            letters=[("", "By any right"), *((cell.value, _right(cell)) for cell in MEANINGS if cell != Cell.DENIED)],
            periods=list(PERIODS.items()),
            bars=[
                (
                    "By person",
                    "actor",
                    [(one.value, names.get(one.value, one.value), one.lines) for one in about.actors],
                ),
                ("By action", "event", [(one.value, _sentence(one.value), one.lines) for one in about.events]),
                ("How it ended", "outcome", [(o.value, OUTCOMES.of(o.value).word, o.lines) for o in about.outcomes]),
            ],
            most_bars=MOST_BARS,
            hours=about.hours,
            state=self._calls.state(),
            zone=self._zone,
            word=self._word,
            may_take=self._calls.take is not None,
            may_find=self._calls.find is not None,
            may_verify=self._calls.verify is not None,
            may_verify_records=self._calls.records is not None,
        )

    def do_filter(self, message: Message) -> Redraw:
        """Narrow the answer."""
        self._ask(self.filters.told(message))
        return Redraw()

    def do_question(self, message: Message) -> Redraw:
        """A saved question, or all lines."""
        self._ask(replace(self.filters, question=message.text("question"), older_than=None))
        return Redraw()

    def do_narrow(self, message: Message) -> Redraw:
        """A bar or a button of one line: to this person, action, outcome or record. Empty widens again."""
        now, said = self.filters, message.text
        self._ask(
            replace(
                now, actor=said("actor", now.actor), event=said("event", now.event),
                outcome=said("outcome", now.outcome), older_than=None,
            )
        )  # fmt: skip
        return Redraw()

    def do_about(self, message: Message) -> Done:
        """Who opened this record? Over the whole log, until it is narrowed."""
        self._ask(Filters(self.filters.today, patient_id=message.text("patient"), period="all"))
        return Done()

    def do_widen(self, message: Message) -> Redraw:
        """Back to everything of the last days."""
        del message
        self._ask(Filters(self.filters.today))
        return Redraw()

    def do_older(self, message: Message) -> Redraw:
        """The page before."""
        self._ask(replace(self.filters, older_than=message.whole("older_than", least=1)))
        return Redraw()

    def do_newest(self, message: Message) -> Redraw:
        """The first page, as it is now."""
        del message
        self._ask(replace(self.filters, older_than=None))
        return Redraw()

    def do_ask_patient(self, message: Message) -> Ask:
        """About whose record?"""
        del message
        self.hits = ()
        return self._search("")

    def do_find(self, message: Message) -> Ask:
        """Who is found."""
        assert self._calls.find is not None
        query = message.text("q")
        self.hits = self._calls.find(query=query) if len(query) >= FEWEST_LETTERS else ()
        return self._search(query)

    def do_take(self, message: Message) -> Deliver:
        """The whole answer as a file."""
        del message
        assert self._calls.take is not None
        taken = self._calls.take(asked=self.filters.asked())
        toast = f"{taken.lines:,} lines. SHA-256 {taken.digest[:16]}…, kept in the log"
        return Deliver(f"audit-answer-{self.filters.today.isoformat()}.csv", "text/csv", taken.content, toast)

    def do_verify(self, message: Message) -> Redraw:
        """Hash every line again."""
        del message
        if self._calls.verify is not None:
            self.verdict = self._calls.verify()
            self.load()
        return Redraw()

    def do_verify_records(self, message: Message) -> Redraw:
        """Hash every signed record again."""
        del message
        if self._calls.records is not None:
            self.records = self._calls.records()
            self.load()
        return Redraw()

    def do_event(self, message: Message) -> Ask:
        """Everything the log holds about one line."""
        seq = message.whole("row", least=1)
        row = next((row for row in self.found.rows if row.seq == seq), None)
        html = render(
            "pages/audit_event.html", row=row, zone=self._zone, look=OUTCOMES.of(row.outcome if row else ""),
            right=_MEANT.get(row.held, "") if row else "", word=self._word,
            may_find=self._calls.find is not None,
        )  # fmt: skip
        return flyout(f"Line {seq:,}", html)

    def _ask(self, filters: Filters) -> None:
        before, self.filters = self.filters, filters
        try:
            self.load()
        except BaseException:
            self.filters = before
            raise

    def _search(self, query: str) -> Ask:
        html = render("pages/audit_search.html", hits=self.hits, query=query, fewest=FEWEST_LETTERS, word=self._word)
        return flyout(f"Whose record? Find a {self._word}", html)

    def _table(self) -> Table:
        return Table(
            id="events",
            caption="Lines, newest first",
            columns=(
                Column("at", "When"), Column("actor", "Who", leads=True), Column("sentence", "Did what"),
                Column("about", "Whose record"), Column("held", "Right", only_wide=True), Column("outcome", "Ended"),
                Column("seq", "Line", number=True),
            ),
            rows=tuple(self._row(row) for row in self.found.rows),
            base=self._base,
            dense=True,
            empty_title="Nothing of the kind is in the log",
            empty_text="Choose a longer period, or fewer filters. Every read and every change by anybody is in here.",
            empty_icon="history",
        )  # fmt: skip

    def _row(self, row: Line) -> Row:
        ended = render("pages/audit_outcome.html", look=OUTCOMES.of(row.outcome))
        about: str | Markup = row.patient
        if not about and row.patient_p:
            about = Markup('<span class="pseudonym">…{}</span>').format(row.patient_p[-6:])
        at = Markup('<span class="nowrap">{}</span>').format(instant(row.at, self._zone))
        cells = (at, row.actor, row.sentence, about or "–", _letter(row.held), ended, f"{row.seq:,}")
        tone = "bad" if row.outcome == "refused" else "warn" if row.held == Cell.BREAK_GLASS else ""
        return Row(key=str(row.seq), cells=cells, name=f"line {row.seq}", do="event", tone=tone)


def _sentence(event: str) -> str:
    return _TOLD.get(event, event)


def _right(cell: Cell) -> str:
    return f"{cell.value} · {MEANINGS[cell].split(':')[0].split(';')[0]}"


def _letter(held: str) -> str | Markup:
    if held not in _MEANT:
        return "job" if held == "job" else "–"
    return Markup('<abbr title="{}">{}</abbr>').format(_MEANT[held], held)
