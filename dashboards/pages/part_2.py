"""What of one client's record is under 42 CFR Part 2, and the consents to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.releases import lift_button, lift_dialog, mark_days
from dashboards.pages.releasing import day_or_none
from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Done, Reply
from dashboards.parts.routes import Visit as Opening
from workbench.gate.permissions import Permission
from workbench.screens.part_2_marks import (
    CONSENT_WORDS,
    EPISODE,
    NOTICE_FULL,
    NOTICE_PLAIN,
    NOTICE_SHORT,
    MarkShown,
    Part2OfPatient,
)

UI: Any = ENVIRONMENT.globals["ui"]


@dataclass(frozen=True)
class Part2Calls:
    """The calls of the page, with actor and time already given."""

    shown: Callable[..., Part2OfPatient]
    mark: Callable[..., Any]
    close: Callable[..., Any]
    lift: Callable[..., Any]
    record: Callable[..., Any]
    withdraw: Callable[..., Any]


class Part2Page(Page):
    """Marks and consents."""

    needs = Permission.KEEP_PART_2_CONSENT
    title = "42 CFR Part 2"

    def __init__(
        self, opening: Opening, *, calls: Part2Calls, today: Callable[[], date], zone: ZoneInfo, base: str
    ) -> None:
        self._calls, self._today, self._zone, self._base = calls, today, zone, base
        self._patient_id = opening.ids["patient_id"]
        self.found = Part2OfPatient()

    def load(self) -> None:
        """As they stand."""
        self.found = self._calls.shown(self._patient_id)

    def crumbs(self) -> tuple[Crumb, ...]:
        """Back to the file; no name."""
        return (Crumb("File", f"/patients/{self._patient_id}"), Crumb(self.title))

    def render(self) -> Markup:
        """The page."""
        marks = [(one, mark_days(one), lift_button(one) if self._may_lift(one) else "") for one in self.found.marks]
        return render("pages/part_2.html", found=self.found, marks=marks, zone=self._zone, base=self._base,
                      patient_id=self._patient_id, episode=EPISODE, full=NOTICE_FULL, plain=NOTICE_PLAIN,
                      short=NOTICE_SHORT)  # fmt: skip

    def _may_lift(self, one: MarkShown) -> bool:
        return self.found.may_lift and not (one.is_mine or one.is_lifted)

    def do_ask_mark(self, message: Message) -> Ask:
        """What?"""
        del message
        choices = [(EPISODE, "A time in a programme: everything from a day on"), *self.found.records]
        return flyout("Mark as under 42 CFR Part 2", render("pages/part_2_mark.html", records=choices,
                                                            today=self._today()))  # fmt: skip

    def do_mark(self, message: Message) -> Done:
        """It holds."""
        kind, _, target_id = message.text("record").partition(":")
        self._calls.mark(self._patient_id, kind=kind, target_id=target_id, from_on=day_or_none(message, "from_on"),
                         why=message.text("why"), idempotency_key=message.key)  # fmt: skip
        return Done("Marked. Who may not read it no longer sees that it is there.")

    def do_ask_close(self, message: Message) -> Ask:
        """When did it end?"""
        html = render("pages/part_2_close.html", mark_id=message.text("row"), today=self._today())
        return flyout("The programme ended", html)

    def do_close(self, message: Message) -> Done:
        """What is dated later is not covered."""
        self._calls.close(message.text("row"), until_on=message.day("until_on"), why=message.text("why"),
                          idempotency_key=message.key)  # fmt: skip
        return Done("Ended. What it covered stays covered.")

    def do_ask_lift(self, message: Message) -> Reply:
        """Sure, and why?"""
        return lift_dialog(self.found.marks, message)

    def do_lift(self, message: Message) -> Done:
        """It covers nothing any more."""
        self._calls.lift(message.text("row"), why=message.text("reason"), idempotency_key=message.key)
        return Done("Taken away. What it covered is read like the rest of the chart.")

    def do_ask_consent(self, message: Message) -> Ask:
        """What was signed?"""
        del message
        kinds = [(kind.value, words) for kind, words in CONSENT_WORDS.items()]
        return flyout("A consent under 42 CFR Part 2", render("pages/part_2_consent.html", kinds=kinds,
                                                              today=self._today()))  # fmt: skip

    def do_consent(self, message: Message) -> Done:
        """It counts from its first day."""
        self._calls.record(
            self._patient_id, kind=message.text("kind"), recipients=message.text("recipients").splitlines(),
            what=message.text("what"), purpose=message.text("purpose"), signed_on=message.day("signed_on"),
            from_on=message.day("from_on"), until_on=day_or_none(message, "until_on"), idempotency_key=message.key,
        )  # fmt: skip
        return Done("Recorded.")

    def do_ask_withdraw(self, message: Message) -> Reply:
        """How?"""
        return confirm("withdraw", "Did the person take this consent back?",
                       "From now on nothing leaves by it, also what was asked for and waits. Say how they told you.",
                       label="It was taken back", args={"row": message.text("row")}, reason=True,
                       danger=True)  # fmt: skip

    def do_withdraw(self, message: Message) -> Done:
        """Nothing leaves by it."""
        self._calls.withdraw(message.text("row"), how=message.text("reason"), idempotency_key=message.key)
        return Done("Recorded. Nothing leaves by it any more.")
