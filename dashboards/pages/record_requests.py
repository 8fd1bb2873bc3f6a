"""What is asked about one client's record: copies, changes, restrictions, and the accounting of what left."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from markupsafe import Markup

from dashboards.pages.amending_requests import (
    AmendingRequests,
    AmendmentCalls,
    amendments_table,
    take_dialog,
    taken_down,
)
from dashboards.pages.releasing import ReleaseCalls, Releasing, ask_dialog, asked_for, day_or_none, releases_table
from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, day, render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Deliver, Done, Reply
from dashboards.parts.routes import Visit as Opening
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.amendments import AmendmentShown, AmendmentsOfPatient
from workbench.screens.disclosures import AGAINST_WORDS, Accounting, RestrictionShown
from workbench.screens.releases import GROUND_WORDS, KIND_WORDS, ReleaseShown

UI: Any = ENVIRONMENT.globals["ui"]
LINE_COLUMNS: Final = (
    Column("on", "Day", leads=True), Column("to", "To"), Column("what", "What"), Column("for", "For", only_wide=True),
    Column("by", "By"), Column("exempt", "In the accounting"),
)  # fmt: skip


@dataclass(frozen=True)
class RecordCalls:
    """The calls of the page; None where the role does not include them."""

    file: Callable[..., Any]
    releases: Callable[..., tuple[ReleaseShown, ...]]
    amendments: Callable[..., AmendmentsOfPatient] | None
    take: bool
    disclosures: Callable[..., Accounting] | None
    export: Callable[..., Any]
    record: Callable[..., Any]
    restrict: Callable[..., Any]
    end_restriction: Callable[..., Any]


class RecordRequestsPage(Releasing, AmendingRequests, Page):
    """One client's."""

    needs = Permission.SEE_RELEASES
    title = "Copies and requests"
    wide = True

    def __init__(
        self, opening: Opening, *, calls: RecordCalls, releasing: ReleaseCalls, amending: AmendmentCalls,
        today: Callable[[], date], base: str,
    ) -> None:  # fmt: skip
        self._calls, self.release_calls, self.amendment_calls = calls, releasing, amending
        self._today, self._base, self._patient_id = today, base, opening.ids["patient_id"]
        self.shown: tuple[ReleaseShown, ...] = ()
        self.cases: tuple[AmendmentShown, ...] = ()
        self.records: tuple[tuple[str, str], ...] = ()
        self.accounting: Accounting | None = None
        self._name, self._number = "", 0

    def load(self) -> None:
        """As far as the role allows."""
        file = self._calls.file(self._patient_id)
        self._name, self._number = file.name, file.number
        self.shown = self._calls.releases(self._patient_id)
        if self._calls.amendments:
            found = self._calls.amendments(self._patient_id)
            self.cases, self.records = found.shown, found.records
        self.accounting = self._calls.disclosures(self._patient_id) if self._calls.disclosures else None

    def crumbs(self) -> tuple[Crumb, ...]:
        """Back to the file; no name."""
        return (Crumb(f"File {self._number}", f"/patients/{self._patient_id}"), Crumb(self.title))

    def render(self) -> Markup:
        """The page."""
        return render(
            "pages/record_requests.html", name=self._name, number=self._number, patient_id=self._patient_id,
            base=self._base, releases=releases_table(self.shown, self.release_calls.zone, self._base, names=False),
            amendments=amendments_table(self.cases, self._base, names=False) if self._calls.amendments else None,
            accounting=self.accounting, lines=self._lines() if self.accounting else None,
            may_ask=self.release_calls.ask is not None, may_take=self._calls.take,
            restriction_words=[(one, restriction_words(one)) for one in self.accounting.restrictions]
            if self.accounting else [],
        )  # fmt: skip

    def do_ask_copy(self, message: Message) -> Ask:
        """Of what, for whom, by which right?"""
        del message
        return ask_dialog()

    def do_copy(self, message: Message) -> Done:
        """It waits for somebody else."""
        return asked_for(self.release_calls, self._patient_id, message)

    def do_ask_take(self, message: Message) -> Ask:
        """What is said to be wrong?"""
        del message
        return take_dialog(self.records, self._today())

    def do_take(self, message: Message) -> Done:
        """The clock runs."""
        return taken_down(self.amendment_calls, self._patient_id, message)

    def do_ask_restrict(self, message: Message) -> Ask:
        """From whom, and what?"""
        del message
        return flyout("A restriction", render("pages/restriction_new.html", against=tuple(AGAINST_WORDS.items()),
                                              kinds=_kinds()))  # fmt: skip

    def do_restrict(self, message: Message) -> Done:
        """Packets leave it out."""
        self._calls.restrict(
            self._patient_id, against=message.text("against"), recipient=message.text("recipient"),
            kinds=message.all("kinds"), words=message.text("words"), from_on=day_or_none(message, "from_on"),
            to_on=day_or_none(message, "to_on"), idempotency_key=message.key,
        )  # fmt: skip
        return Done("Kept. Packets leave it out from now on.")

    def do_ask_end_restriction(self, message: Message) -> Reply:
        """Why?"""
        return confirm("end_restriction", "End this restriction?", "The person asked for it, or was told of it first.",
                       label="End it", args={"row": message.text("row")}, reason=True)  # fmt: skip

    def do_end_restriction(self, message: Message) -> Done:
        """It keeps nothing back."""
        self._calls.end_restriction(message.text("row"), reason=message.text("reason"), idempotency_key=message.key)
        return Done("Ended. It keeps nothing back any more.")

    def do_ask_record(self, message: Message) -> Ask:
        """To whom, what?"""
        del message
        grounds = [(ground.value, words) for ground, words in GROUND_WORDS.items()]
        html = render("pages/disclosure_new.html", grounds=grounds, today=self._today())
        return flyout("A disclosure without a packet", html)

    def do_record(self, message: Message) -> Done:
        """A line of the accounting."""
        self._calls.record(
            self._patient_id, ground=message.text("ground"), disclosed_on=message.day("disclosed_on"),
            recipient=message.text("recipient"), address=message.text("address"), what=message.text("what"),
            purpose=message.text("purpose"), idempotency_key=message.key,
        )  # fmt: skip
        return Done("It is in the accounting.")

    def do_export(self, message: Message) -> Deliver:
        """The accounting as rows."""
        del message
        file = self._calls.export(self._patient_id)
        return Deliver(file.name, file.media_type, file.content, "The accounting is saved.")

    def _lines(self) -> Table:
        lines = self.accounting.lines if self.accounting else ()
        rows = tuple(
            Row(str(at), (day(one.disclosed_on), one.recipient, one.what, one.purpose, one.ground,
                          "May be left out" if one.is_exempt else "Yes"), name=day(one.disclosed_on))
            for at, one in enumerate(lines)
        )  # fmt: skip
        return Table("lines", "Disclosures of six years, the newest first", LINE_COLUMNS, rows, base=self._base,
                     empty_title="Nothing left this record",
                     empty_text="Every packet writes a line here by itself.", empty_icon="file-text")  # fmt: skip


def restriction_words(one: RestrictionShown) -> str:
    """What is kept from whom."""
    whom = one.recipient if one.recipient else one.against.lower()
    days = " to ".join(day(on) if on else "any day" for on in (one.from_on, one.to_on))
    return f"{', '.join(one.kinds)}, {days}: not to {whom}"


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, words) for kind, words in KIND_WORDS.items()]
