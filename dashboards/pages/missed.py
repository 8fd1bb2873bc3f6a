"""Missed sessions and late cancellations: each is charged or waived with a reason; what was decided; the terms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, day, day_and_clock, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Redraw, Reply
from dashboards.parts.tables import Column, Look, Looks, Row, Table
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.kernel.money import dollars
from workbench.screens.missed_fees import MissedFees, MissedKind, MissedShown, ServiceTold, Terms, Waiver

UI: Any = ENVIRONMENT.globals["ui"]
KINDS: Final = {MissedKind.NO_SHOW: "Did not come", MissedKind.LATE: "Cancelled late"}
WAIVERS: Final = (
    (Waiver.ILL.value, "They were ill"),
    (Waiver.EMERGENCY.value, "An emergency"),
    (Waiver.FIRST_TIME.value, "The first time"),
    (Waiver.OUR_FAULT.value, "Our own fault"),
    (Waiver.HARDSHIP.value, "They cannot afford it"),
    (Waiver.PLAN_FORBIDS.value, "Their plan forbids it"),
    (Waiver.OTHER.value, "Another reason"),
)
DECIDED: Final = Looks(
    {"charged": Look("Charged", "warn", "receipt"), "waived": Look("Waived", "neutral", "circle-slash")}
)
TABS: Final = ("decide", "done", "why")
GONE: Final = Done("This is no longer on the page.", tone="warn")


@dataclass(frozen=True)
class MissedCalls:
    """The calls of the page, with actor and time already given; None where the role does not include it."""

    shown: Callable[[], MissedFees]
    charge: Callable[..., Any]
    waive: Callable[..., Any]
    set_terms: Callable[..., Any] | None
    set_service_terms: Callable[..., Any] | None = None


class MissedPage(Page):
    """What is to be decided comes first."""

    needs = Permission.SEE_MISSED_FEES
    title = "Missed sessions"
    wide = True

    def __init__(
        self, *, calls: MissedCalls, zone: ZoneInfo, clock: Callable[[], datetime], word: str, base: str
    ) -> None:
        self._calls, self._zone, self._clock, self._word, self._base = calls, zone, clock, word, base
        self.tab = "decide"
        self.shown = MissedFees()

    def load(self) -> None:
        """Of ninety days."""
        self.shown = self._calls.shown()

    def render(self) -> Markup:
        """One of the lists."""
        shown = self.shown
        counts = {"decide": len(shown.to_decide), "done": len(shown.decided)}
        table = {"decide": self._to_decide, "done": self._done, "why": self._why}[self.tab]()
        return render(
            "pages/missed.html", tab=self.tab, counts=counts, table=table, terms=_said(shown.terms),
            may_set=self._calls.set_terms is not None,
        )  # fmt: skip

    def do_tab(self, message: Message) -> Redraw:
        """Another list."""
        asked = message.text("tab")
        self.tab = asked if asked in TABS else "decide"
        return Redraw()

    def do_ask_charge(self, message: Message) -> Reply:
        """Sure?"""
        one = self._one(message)
        if one is None:
            return GONE
        return confirm(
            "charge", f"Charge {dollars(one.cents)}?",
            f"{one.name} owes it themselves. It goes on no claim, and it is not taken back here.",
            label=f"Charge {dollars(one.cents)}", args={"id": one.attendance_id},
        )  # fmt: skip

    def do_charge(self, message: Message) -> Done:
        """On their account."""
        return self._decided(
            lambda: self._calls.charge(message.text("id"), idempotency_key=message.key),
            lambda done: f"{dollars(done.cents)} charged",
        )

    def do_ask_waive(self, message: Message) -> Reply:
        """Why?"""
        one = self._one(message)
        if one is None:
            return GONE
        return confirm(
            "waive", "Charge nothing?", f"{one.name}: the report counts how many were waived, and for which reason.",
            label="Waive it", args={"id": one.attendance_id}, reasons=WAIVERS,
        )  # fmt: skip

    def do_waive(self, message: Message) -> Done:
        """Nothing is charged."""
        why = message.required("reason", "Please say why.")
        return self._decided(
            lambda: self._calls.waive(message.text("id"), why=why, idempotency_key=message.key),
            lambda _: "Waived. Nothing is charged.",
        )

    def do_terms(self, message: Message) -> Ask:
        """What are the terms?"""
        del message
        now = self.shown.terms
        html = render(
            "pages/missed_terms.html", services=[(one, _told(one)) for one in self.shown.services],
            hours=now.notice_hours if now else 24,
            late=_typed(now.late if now else 0), no_show=_typed(now.no_show if now else 0),
        )  # fmt: skip
        return flyout("What a missed session costs", html)

    def do_set_terms(self, message: Message) -> Reply:
        """They count from now on."""
        assert self._calls.set_terms is not None
        self._calls.set_terms(
            notice_hours=message.whole("notice_hours", most=168), late_cents=message.money("late"),
            no_show_cents=message.money("no_show"), idempotency_key=message.key,
        )  # fmt: skip
        return Done("Kept. It counts for sessions that begin from now on.")

    def do_service(self, message: Message) -> Reply:
        """What does one kind cost?"""
        one = next((one for one in self.shown.services if one.type_id == message.text("id")), None)
        if one is None:
            return GONE
        last = one.said[-1] if one.said else None
        today = self._clock().astimezone(self._zone).date()
        html = render(
            "pages/missed_service.html", one=one, today=today, usual=_said(self.shown.terms),
            from_on=max(today, last.from_on) if last else today, told=_told(one),
            late="" if last is None or last.late is None else _typed(last.late),
            no_show="" if last is None or last.no_show is None else _typed(last.no_show),
        )  # fmt: skip
        return flyout(one.name, html)

    def do_set_service(self, message: Message) -> Reply | None:
        """They count from that day on."""
        if self._calls.set_service_terms is None:
            return None
        on = message.day("from_on")
        self._calls.set_service_terms(
            type_id=message.text("id"), from_on=on, late_cents=_own(message, "late"),
            no_show_cents=_own(message, "no_show"), idempotency_key=message.key,
        )  # fmt: skip
        return Done(f"Kept. It counts for its sessions from {day(on)} on.")

    def _decided(self, call: Callable[[], Any], toast: Callable[[Any], str]) -> Done:
        """What somebody else decided meanwhile is told, and the list is drawn as it is."""
        try:
            done = call()
        except WorkbenchError as refusal:
            return Done(sentence(refusal), tone="warn")
        return Done(toast(done))

    def _one(self, message: Message) -> MissedShown | None:
        return next((one for one in self.shown.to_decide if one.attendance_id == message.text("id")), None)

    def _to_decide(self) -> Table:
        columns = (
            Column("who", self._word.capitalize(), leads=True), Column("when", "Session"), Column("how", "How"),
            Column("with", "With", only_wide=True), Column("often", "In a year", only_wide=True),
            Column("fee", "Fee", number=True), Column("do", "Do", label_hidden=True),
        )  # fmt: skip
        rows = tuple(
            Row(
                one.attendance_id,
                (
                    self._linked(one.patient_id, one.name), day_and_clock(one.starts_at, self._zone), KINDS[one.kind],
                    one.clinician_name, "the first" if not one.missed_before else f"{one.missed_before + 1} in all",
                    UI.money(one.cents), self._verbs(one),
                ),
                name=one.name,
            )
            for one in self.shown.to_decide
        )  # fmt: skip
        empty = "Once terms are set, what is missed stands here from the day after on." if self.shown.terms is None \
            else "What is missed or cancelled late stands here from the day after on."  # fmt: skip
        return Table("decide", "To be decided", columns, rows, empty_title="Nothing is to be decided",
                     empty_text=empty, empty_icon="circle-check")  # fmt: skip

    def _verbs(self, one: MissedShown) -> Markup:
        if not self.shown.may_decide:
            return Markup("")
        args = {"id": one.attendance_id}
        charge = "" if one.is_forbidden or not one.cents else UI.button(
            "Charge…", do="ask_charge", args=args, kind="primary", size="small"
        )  # fmt: skip
        note = Markup('<span class="muted">Medicaid allows none</span> ') if one.is_forbidden else ""
        waive = UI.button("Waive…", do="ask_waive", args=args, size="small")
        return Markup('<span class="row tight">{}{}{}</span>').format(note, charge, waive)

    def _done(self) -> Table:
        columns = (
            Column("who", self._word.capitalize(), leads=True), Column("when", "Session"), Column("how", "How"),
            Column("fee", "Fee", number=True), Column("what", "Decided"), Column("why", "Why", only_wide=True),
            Column("on", "On", only_wide=True),
        )  # fmt: skip
        words = dict(WAIVERS)
        rows = tuple(
            Row(
                one.fee_id,
                (
                    self._linked(one.patient_id, one.name), day_and_clock(one.starts_at, self._zone), KINDS[one.kind],
                    UI.money(one.cents), UI.status(DECIDED.of("waived" if one.waived else "charged")),
                    words.get(one.waived, ""), day(one.decided_at, self._zone),
                ),
                name=one.name,
            )
            for one in self.shown.decided
        )  # fmt: skip
        return Table("done", "Decided in ninety days", columns, rows, empty_title="Nothing was decided yet",
                     empty_text="What is charged or waived is listed for ninety days.",
                     empty_icon="receipt")  # fmt: skip

    def _why(self) -> Table:
        columns = (Column("why", "Decided", leads=True), Column("count", "How many", number=True),
                   Column("cents", "In all", number=True))  # fmt: skip
        words, (count, cents) = dict(WAIVERS), self.shown.charged
        sums = [("Charged", count, cents)] if count else []
        sums += [(f"Waived: {words[why].lower()}", number, of) for why, number, of in self.shown.waived]
        rows = tuple(Row(said, (said, str(number), UI.money(of))) for said, number, of in sums)
        return Table("why", "Charged and waived, by reason", columns, rows, empty_title="Nothing was decided yet",
                     empty_text="How much was charged and waived, by reason, of ninety days.",
                     empty_icon="receipt")  # fmt: skip

    def _linked(self, patient_id: str, name: str) -> Markup:
        return Markup('<a href="{}/patients/{}">{}</a>').format(self._base, patient_id, name)


def _said(terms: Terms | None) -> str:
    if terms is None:
        return ""
    hours = "1 hour" if terms.notice_hours == 1 else f"{terms.notice_hours} hours"
    return f"In time is {hours} before. Later costs {dollars(terms.late)}, not to come {dollars(terms.no_show)}."


def _told(one: ServiceTold) -> str:
    """What was said of one kind alone, in a line; "" where it costs what every other does."""
    words = []
    for said in one.said:
        late = "late as usual" if said.late is None else f"late {dollars(said.late)}"
        missed = "missed as usual" if said.no_show is None else f"missed {dollars(said.no_show)}"
        words.append(f"from {day(said.from_on)}: {late}, {missed}")
    return "; ".join(words)


def _own(message: Message, name: str) -> int | None:
    return message.money(name) if message.text(name) else None


def _typed(cents: int) -> str:
    return dollars(cents).removeprefix("$")
