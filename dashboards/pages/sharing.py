"""When signed records appear on the portal, and what one person sees of theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, counted, day, render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Done, Reply
from dashboards.parts.routes import Visit as Opening
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.sharing import (
    GROUND_WORDS,
    MOST_DAYS,
    RuleShown,
    SharingLine,
    SharingMode,
    SharingOfPatient,
    Standing,
)

UI: Any = ENVIRONMENT.globals["ui"]
RULE_COLUMNS: Final = (Column("kind", "Records", leads=True), Column("when", "Appear"), Column("why", "Why"),
                       Column("do", "Do", label_hidden=True))  # fmt: skip
COLUMNS: Final = (Column("title", "Record", leads=True), Column("on", "Day"), Column("stands", "On the portal"),
                  Column("do", "Do", label_hidden=True))  # fmt: skip
MODES: Final = ((SharingMode.AT_ONCE.value, "At once"), (SharingMode.AFTER_DAYS.value, "Some days after the signature"),
                (SharingMode.ON_REQUEST.value, "When asked for, or marked one by one"))  # fmt: skip
BADGES: Final = {
    Standing.SHOWN: ("Shown", "good", "badge-check"), Standing.LATER: ("Not yet", "neutral", "clock"),
    Standing.ON_REQUEST: ("On request", "neutral", "circle-slash"), Standing.WITHHELD: ("Withheld", "bad", "lock"),
}  # fmt: skip


class SharingRulesPage(Page):
    """One row a kind of record."""

    needs = Permission.SET_SHARING
    title = "On the portal"

    def __init__(
        self, *, shown: Callable[[], tuple[RuleShown, ...]], change: Callable[..., Any], word: str, base: str
    ) -> None:
        self._shown, self._change, self._word, self._base = shown, change, word, base
        self.rules: tuple[RuleShown, ...] = ()

    def load(self) -> None:
        """What holds."""
        self.rules = self._shown()

    def render(self) -> Markup:
        """The table."""
        rows = tuple(
            Row(one.kind, (
                one.words, when_words(one), one.why,
                UI.button("Change…", do="ask_change", args={"kind": one.kind}, size="small"),
            ), name=one.words)
            for one in self.rules
        )  # fmt: skip
        table = Table("rules", "When signed records appear", RULE_COLUMNS, rows, base=self._base)
        return render("pages/sharing_rules.html", table=table, word=self._word)

    def do_ask_change(self, message: Message) -> Reply:
        """When?"""
        one = next((one for one in self.rules if one.kind == message.text("kind")), None)
        if one is None:
            return Done("There is no such kind of record.", tone="warn")
        return flyout(one.words, render("pages/sharing_rule.html", one=one, modes=MODES, most=MOST_DAYS))

    def do_change(self, message: Message) -> Done:
        """It holds from now on."""
        days = message.whole("days", most=MOST_DAYS) if message.text("days") else 0
        self._change(kind=message.text("kind"), mode=message.text("mode"), days=days, why=message.text("why"),
                     idempotency_key=message.key)  # fmt: skip
        return Done("It holds from now on, also for what is signed already.")


@dataclass(frozen=True)
class SharingCalls:
    """The calls of the page of one person, with actor and time already given."""

    shown: Callable[..., SharingOfPatient]
    decide: Callable[..., Any]


class SharingPage(Page):
    """What one person sees, and what not."""

    needs = Permission.DECIDE_SHARING
    title = "On the portal"

    def __init__(self, opening: Opening, *, calls: SharingCalls, word: str, base: str) -> None:
        self._calls, self._word, self._base = calls, word, base
        self._patient_id = opening.ids["patient_id"]
        self.found = SharingOfPatient()

    def load(self) -> None:
        """As it stands."""
        self.found = self._calls.shown(self._patient_id)

    def crumbs(self) -> tuple[Crumb, ...]:
        """Back to the file; no name."""
        return (Crumb(f"File {self.found.number}", f"/patients/{self._patient_id}"), Crumb(self.title))

    def render(self) -> Markup:
        """The table."""
        rows = tuple(
            Row(one.record_id, (one.title, day(one.on), _stands(one), _button(one)), name=one.title)
            for one in self.found.lines
        )
        table = Table("sharing", "Signed records, the newest first", COLUMNS, rows, base=self._base,
                      empty_title="Nothing is signed yet", empty_text="What is signed appears here.",
                      empty_icon="file-text")  # fmt: skip
        return render("pages/sharing.html", name=self.found.patient_name, number=self.found.number, table=table,
                      patient_id=self._patient_id, word=self._word, base=self._base)  # fmt: skip

    def do_ask_withhold(self, message: Message) -> Reply:
        """On which ground, and why?"""
        one = self._find(message)
        if one is None:
            return Done("This record is not here any more.", tone="warn")
        grounds = [(ground.value, words) for ground, words in GROUND_WORDS.items()]
        return flyout("Withhold", render("pages/sharing_withhold.html", one=one, grounds=grounds, word=self._word))

    def do_withhold(self, message: Message) -> Done:
        """It is told, and not read."""
        self._decide(message, is_shown=False, ground=message.text("ground"), why=message.text("why"))
        return Done("Withheld. The portal says that something is, on which ground, and how to ask for a review.")

    def do_ask_show(self, message: Message) -> Reply:
        """Sure?"""
        return confirm("show", "Show this record?", "It is read and downloaded on the portal from now on.",
                       label="Show it", args={"row": message.text("row")})  # fmt: skip

    def do_show(self, message: Message) -> Done:
        """It is read from now on."""
        self._decide(message, is_shown=True)
        return Done("It is on the portal.")

    def _decide(self, message: Message, **how: Any) -> None:
        one = self._find(message)
        self._calls.decide(self._patient_id, kind=one.kind if one else "", record_id=message.text("row"),
                           idempotency_key=message.key, **how)  # fmt: skip

    def _find(self, message: Message) -> SharingLine | None:
        return next((one for one in self.found.lines if one.record_id == message.text("row")), None)


def when_words(one: RuleShown) -> str:
    """When a kind appears, as it is read."""
    if one.mode == SharingMode.AFTER_DAYS:
        return f"{counted(one.days, 'day')} after the signature"
    return dict(MODES)[one.mode]


def _stands(one: SharingLine) -> Markup:
    more = f"from {day(one.from_on)}" if one.from_on else one.ground
    return render("pages/sharing_stands.html", badge=BADGES[Standing(one.standing)], more=more, why=one.why,
                  by=one.decided_by)  # fmt: skip


def _button(one: SharingLine) -> Markup:
    show: Markup = UI.button("Show…", do="ask_show", args={"row": one.record_id}, size="small")
    withhold: Markup = UI.button("Withhold…", do="ask_withhold", args={"row": one.record_id}, size="small")
    if one.standing == Standing.SHOWN:
        return withhold
    return show if one.standing == Standing.WITHHELD else show + withhold
