"""What people in care may book by themselves, one rule for each kind of appointment."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar

from markupsafe import Markup

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import ENVIRONMENT, counted, render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Reply
from dashboards.parts.tables import Column, Look, Looks, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.self_booking import How, Rule, RuleShown, SeenBy, SelfBooking, Whom

E = TypeVar("E", bound=StrEnum)
UI: Any = ENVIRONMENT.globals["ui"]
HOWS: Final = Looks({
    How.OFF: Look("Not here", "neutral", "circle-slash"),
    How.REQUEST: Look("They ask, you answer", "info", "hourglass"),
    How.INSTANT: Look("Booked at once", "good", "calendar-check"),
})  # fmt: skip
WHOM: Final = {Whom.EVERYBODY: "Everybody in care", Whom.RETURNING: "Only who has been here before"}
SEEN_BY: Final = {
    SeenBy.TEAM: "Only their own clinicians",
    SeenBy.NAMED: "Only the clinicians named below",
    SeenBy.ANYBODY: "Any clinician who works here",
}
COLUMNS: Final = (
    Column("name", "Kind", leads=True), Column("how", "Booked by themselves"), Column("whom", "By whom"),
    Column("with", "With whom"), Column("when", "When"), Column("move", "Moved by themselves"),
    Column("do", "Do", label_hidden=True),
)  # fmt: skip


@dataclass(frozen=True)
class SelfBookingCalls:
    """The calls of the page, with actor and time already given."""

    shown: Callable[[], SelfBooking]
    keep: Callable[..., Any]


class SelfBookingPage(Page):
    """One row a kind."""

    needs = Permission.SET_APPOINTMENT_TYPES
    title = "Booking by themselves"
    wide = True

    def __init__(self, *, calls: SelfBookingCalls, base: str) -> None:
        self._calls, self._base = calls, base
        self.shown = SelfBooking()

    def load(self) -> None:
        """The rules that hold."""
        self.shown = self._calls.shown()

    def render(self) -> Markup:
        """The table."""
        table = Table(
            "rules", "Kinds of appointments", COLUMNS, tuple(self._row(one) for one in self.shown.kinds),
            base=self._base, empty_title="No kinds of appointments", empty_icon="calendar-plus",
            empty_text="First say which kinds of appointments there are.",
        )  # fmt: skip
        return render("pages/self_booking.html", table=table)

    def do_change(self, message: Message) -> Reply:
        """By which rule?"""
        one = next((one for one in self.shown.kinds if one.type_id == message.text("id")), None)
        if one is None:
            return Done("This kind is no longer offered.", tone="warn")
        return self._form(one)

    def do_keep(self, message: Message) -> Done:
        """It holds from now on."""
        seen_by = _chosen(message, "seen_by", SeenBy)
        rule = Rule(
            how=_chosen(message, "how", How), whom=_chosen(message, "whom", Whom),
            seen_by=seen_by, staff_ids=frozenset(message.all("staff_ids") if seen_by is SeenBy.NAMED else ()),
            notice_hours=message.whole("notice_hours", most=9_999), ahead_days=message.whole("ahead_days", most=9_999),
            most_open=message.whole("most_open", most=9_999), answer_hours=message.whole("answer_hours", most=9_999),
            may_move=message.ticked("may_move"),
        )  # fmt: skip
        self._calls.keep(message.text("id"), rule=rule, idempotency_key=message.key)
        return Done("It holds from now on")

    def _row(self, one: RuleShown) -> Row:
        rule, is_off = one.rule, one.rule.how is How.OFF
        when = f"{counted(rule.notice_hours, 'hour')} to {counted(rule.ahead_days, 'day')} ahead"
        return Row(one.type_id, (
            f"{one.name}, {one.minutes} min", UI.status(HOWS.of(rule.how)), "" if is_off else WHOM[rule.whom],
            "" if is_off else SEEN_BY[rule.seen_by], "" if is_off and not rule.may_move else when,
            "Yes" if rule.may_move else "No",
            UI.button("Change…", do="change", args={"id": one.type_id}, size="small"),
        ))  # fmt: skip

    def _form(self, one: RuleShown) -> Ask:
        options = {
            "hows": tuple((key, HOWS.of(key).word) for key in How), "whom": tuple(WHOM.items()),
            "seen_by": tuple(SEEN_BY.items()),
        }  # fmt: skip
        page = render("pages/self_booking_rule.html", one=one, rule=one.rule, clinicians=self.shown.clinicians,
                      **options)  # fmt: skip
        return flyout(f"{one.name}, booked by themselves", page)


def _chosen(message: Message, name: str, among: type[E]) -> E:
    """What was chosen.

    Raises:
        FieldProblem: nothing, or what is not offered.
    """
    if message.text(name) not in tuple(among):
        raise FieldProblem(name, "Please choose.")
    return among(message.text(name))
