"""From appointment to cash: every stage with its count and dollars, its rows, and the approval that writes the 837P."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.claims_table import LOOKS, Setting, Showing, queue_table
from dashboards.parts.billing_words import ANSWERS
from dashboards.parts.dialogs import flyout
from dashboards.parts.html import instant, render
from dashboards.parts.message import Message
from dashboards.parts.navigation import Words
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Deliver, Done, Redraw, Refused, Reply
from dashboards.parts.statuses import CLAIM
from dashboards.parts.tables import Step, turned_to
from workbench.actions.billing.approve_claims import ClaimsApproved, ClaimsNotReady
from workbench.gate.permissions import Permission
from workbench.kernel.money import dollars
from workbench.screens.claim_shown import ClaimShown
from workbench.screens.claims_queue import MOST_ROWS, ClaimsQueue, QueueRow, Stage

ROWS_A_PAGE = 50
SORTS: Mapping[str, Callable[[QueueRow], object]] = {
    "patient": lambda row: row.patient.casefold(),
    "payer": lambda row: row.payer.casefold(),
    "clinician": lambda row: row.clinician.casefold(),
    "on": lambda row: row.on or date.min,
    "cents": lambda row: row.cents or 0,
}


class ReadQueue(Protocol):
    """The screen, with actor and time already given."""

    def __call__(self, *, stage: Stage | None) -> ClaimsQueue: ...


class Approve(Protocol):
    """The verb, with actor and time already given."""

    def __call__(self, *, charge_ids: tuple[str, ...], idempotency_key: str | None) -> ClaimsApproved: ...


class ClaimsPage(Page):
    """The biller's work: a strip of stages, the rows of one, approval of many, one claim in a drawer.

    approve, claim_file: None hides what the person may not do. note_path: where a session's note is written, with
    `{id}` for the attendance. stage: the one to begin with, as in the address; else the first that needs somebody.
    """

    needs = Permission.SEE_CLAIMS
    title = "Claims"
    wide = True

    def __init__(
        self,
        *,
        queue: ReadQueue,
        claim: Callable[[str], ClaimShown],
        approve: Approve | None,
        claim_file: Callable[[str], bytes] | None,
        words: Words,
        today: date,
        zone: ZoneInfo,
        base: str = "",
        stage: str = "",
        note_path: str = "",
    ) -> None:
        self._queue, self._claim, self._approve, self._file = queue, claim, approve, claim_file
        self._words, self._zone, self._base = words, zone, base
        self._setting = Setting(words, today, base, note_path)
        self.stage = Stage(stage) if stage in tuple(Stage) else Stage.READY
        self.found = ClaimsQueue((), None, ())
        self.query = self.payer = self.sorted_by = ""
        self.descending = False
        self.page = 1
        self.sent: ClaimsApproved | None = None
        self.problems: dict[str, str] = {}

    def load(self) -> None:
        """Counts of every stage, and the rows of the one that is open."""
        self.found = self._queue(stage=self.stage)

    def render(self) -> Markup:
        """The page."""
        rows = self._shown()
        pages = turned_to(self.page, ROWS_A_PAGE, len(rows), "rows")
        start = (pages.number - 1) * pages.size
        here = next((one for one in self.found.stages if one.stage is self.stage), None)
        return render(
            "pages/claims.html",
            stages=[(one, *LOOKS[one.stage].told(self._words)) for one in self.found.stages],
            stage=self.stage,
            name=LOOKS[self.stage].told(self._words)[0],
            lead=LOOKS[self.stage].lead.format(client=self._words.client, clients=self._words.clients),
            table=queue_table(self._setting, self._asked(), rows, rows[start : start + pages.size]),
            pages=pages,
            is_cut=here is not None and here.count > MOST_ROWS,
            most=MOST_ROWS,
            ready=[row for row in rows if row.what == "charge" and not row.holds] if self._approve else [],
            held=sum(bool(row.holds) for row in rows),
            payers=[("", "All payers"), *[(name, name) for name in self._payers()]],
            page=self,
            words=self._words,
            may_take_file=self._file is not None,
            is_narrowed=bool(self.query or self.payer),
            base=self._base,
        )

    @property
    def may_approve(self) -> bool:
        """Whether rows of this stage can be chosen."""
        return self._approve is not None and self.stage is Stage.READY

    def do_stage(self, message: Message) -> Reply:
        """Open another stage."""
        asked = message.text("stage")
        if asked not in tuple(Stage):
            return Refused("There is no such stage. Please reload the page.")
        self.stage, self.page, self.payer, self.sorted_by = Stage(asked), 1, "", ""
        self.load()
        return Redraw(f"/claims?stage={self.stage}")

    def do_filter(self, message: Message) -> Redraw:
        """Narrow the rows."""
        self.query, self.payer, self.page = message.text("q"), message.text("payer"), 1
        return Redraw()

    def do_sort(self, message: Message) -> Redraw:
        """Order the rows."""
        self.sorted_by, self.descending = message.text("column"), message.text("direction") == "down"
        return Redraw()

    def do_turn(self, message: Message) -> Redraw:
        """Another page of rows."""
        self.page = message.whole("page", least=0)
        return Redraw()

    def do_ask_approve(self, message: Message) -> Reply:
        """Say what would be approved, before it is; without a choice, everything that is listed and not held."""
        chosen = set(message.all("row"))
        charges = [row for row in self._shown() if row.what == "charge"]
        rows = [row for row in charges if (row.id in chosen if chosen else not row.holds)]
        if not rows or self._approve is None:
            return Refused("Choose at least one session that is ready.")
        html = render(
            "pages/claims_approve.html",
            charges=" ".join(row.id for row in rows),
            sessions=len(rows),
            clients=len({row.patient_id for row in rows}),
            payers=_by_payer(rows),
            total=sum(row.cents or 0 for row in rows),
            words=self._words,
        )
        return Ask(html, f"Approve {_count(len(rows), 'session')}, {dollars(sum(row.cents or 0 for row in rows))}?")

    def do_approve(self, message: Message) -> Reply:
        """Approve them: claims, one batch, one file. Or show what is missing for which session."""
        if self._approve is None:
            return Refused("Your role does not include this.")
        charges = tuple(message.required("charges").split())
        try:
            self.sent = self._approve(charge_ids=charges, idempotency_key=message.key)
        except ClaimsNotReady as refusal:
            self.problems = dict(refusal.fields)
            return self._not_ready(charges)
        self.problems = {}
        claims, sum_ = _count(len(self.sent.claim_ids), "claim"), dollars(self.sent.charged_cents)
        return Done(f"File {self.sent.control:09d} is written: {claims}, {sum_}.")

    def do_file(self, message: Message) -> Reply:
        """Hand out the file of a batch."""
        if self._file is None:
            return Refused("Your role does not include this.")
        control = message.whole("control", least=1)
        content = self._file(message.required("batch"))
        return Deliver(f"claims-{control:09d}.837", "application/edi-x12", content, f"File {control:09d} is saved.")

    def do_claim(self, message: Message) -> Ask:
        """One claim in a drawer."""
        claim = self._claim(message.required("row"))
        html = render(
            "pages/claims_claim.html",
            claim=claim,
            look=CLAIM.of(claim.state),
            history=self._history(claim),
            diagnoses=tuple(dict.fromkeys(code for line in claim.lines for code in line.diagnoses)),
            dotted=dotted,
            words=self._words,
            may_take_file=self._file is not None,
            base=self._base,
        )
        return flyout(f"Claim {claim.number}", html)

    def _asked(self) -> Showing:
        narrowed = bool(self.query or self.payer)
        return Showing(self.stage, self.may_approve, self.sorted_by, self.descending, narrowed, self.problems)

    def _not_ready(self, charges: tuple[str, ...]) -> Ask:
        rows = {row.id: row for row in self.found.rows}
        good = [rows[one] for one in charges if one in rows and one not in self.problems]
        html = render(
            "pages/claims_problems.html",
            problems=[(rows[one], text) for one, text in self.problems.items() if one in rows],
            rest=" ".join(row.id for row in good),
            rest_count=len(good),
            rest_cents=sum(row.cents or 0 for row in good),
            words=self._words,
            base=self._base,
        )
        return Ask(html, f"{_count(len(self.problems), 'session')} cannot be claimed yet")

    def _payers(self) -> list[str]:
        return sorted({row.payer for row in self.found.rows if row.payer})

    def _shown(self) -> list[QueueRow]:
        """The rows that fit the filters, in the order asked for; the screen's own order is oldest first."""
        asked = self.query.casefold()
        rows = [
            row
            for row in self.found.rows
            if (not self.payer or row.payer == self.payer)
            and (not asked or any(asked in text.casefold() for text in (row.patient, row.number, row.code, row.payer)))
        ]
        if self.sorted_by in SORTS:
            key = SORTS[self.sorted_by]
            rows.sort(key=key, reverse=self.descending)  # type: ignore[arg-type]
        return rows

    def _history(self, claim: ClaimShown) -> list[Step]:
        steps = [
            Step(f"Approved, file {claim.control:09d}", instant(claim.approved_at, self._zone), "badge-check", "accent")
        ]
        for answer in claim.answers:
            look = ANSWERS.of(answer.status)
            said = f"{dollars(answer.paid_cents)} paid, {dollars(answer.patient_cents)} for the {self._words.client}"
            steps.append(Step(look.word, instant(answer.uploaded_at, self._zone), look.icon, look.tone, "", said))
            if answer.posted_at is not None:
                steps.append(
                    Step("In the books", instant(answer.posted_at, self._zone), "book-open", "good", answer.trace)
                )
        return steps


def dotted(code: str) -> str:
    """A diagnosis as people write it: `F411` is `F41.1`."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 and "." not in code else code


def _by_payer(rows: list[QueueRow]) -> list[tuple[str, int, int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row.payer, []).append(row.cents or 0)
    return [(payer, len(amounts), sum(amounts)) for payer, amounts in sorted(found.items())]


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
