"""Requests to amend records: the list by days left, and the steps of one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, day, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Deliver, Done, Reply
from dashboards.parts.tables import Column, Look, Looks, Row, Table
from workbench.actions.releases.answer_amendment import answer_amendment
from workbench.actions.releases.disagree_amendment import disagree_amendment
from workbench.actions.releases.extend_amendment import extend_amendment
from workbench.actions.releases.rebut_amendment import rebut_amendment
from workbench.actions.releases.take_amendment import take_amendment
from workbench.gate.permissions import Permission
from workbench.screens.amendment_letter import amendment_letter
from workbench.screens.amendments import GROUND_WORDS, OTHER, AmendmentShown, StepKind

UI: Any = ENVIRONMENT.globals["ui"]
ANSWERS: Final = Looks(
    {
        "": Look("Open", "warn", "hourglass"),
        "accepted": Look("Accepted", "good", "badge-check"),
        "denied": Look("Denied", "neutral", "circle-slash"),
    }
)
GONE: Final = Done("This request is no longer on the page.", tone="warn")


@dataclass(frozen=True)
class AmendmentCalls:
    """What is done about requests, with actor and time already given."""

    take: Callable[..., Any]
    extend: Callable[..., Any]
    answer: Callable[..., Any]
    disagree: Callable[..., Any]
    rebut: Callable[..., Any]
    letter: Callable[..., Any]
    zone: ZoneInfo


def amendment_calls(person: Any) -> AmendmentCalls:
    """Those of this person; which of them a request takes now, the read says."""
    bound = person.bound
    return AmendmentCalls(
        bound(take_amendment), bound(extend_amendment), bound(answer_amendment), bound(disagree_amendment),
        bound(rebut_amendment), bound(amendment_letter), person.zone,
    )  # fmt: skip


class AmendingRequests:
    """The dialogs of a page that shows requests."""

    amendment_calls: AmendmentCalls
    cases: tuple[AmendmentShown, ...]

    def do_open_amendment(self, message: Message) -> Reply:
        """The request in full, with its steps and what may be done now."""
        one = self._case(message)
        if one is None:
            return GONE
        return flyout("A request to amend", render(
            "pages/amendment.html", one=one, look=ANSWERS.of(one.answer), zone=self.amendment_calls.zone,
            grounds=[(ground.value, words) for ground, words in GROUND_WORDS.items()], left=left_words(one),
            has_more_time=any(step.kind == StepKind.EXTENDED for step in one.steps),
        ))  # fmt: skip

    def do_ask_extend(self, message: Message) -> Reply:
        """Why?"""
        if self._case(message) is None:
            return GONE
        return confirm("extend", "Take thirty more days?",
                       "Once, and told to the person in writing. The reason stands in the letter.",
                       label="Take more time", args={"row": message.text("row")}, reason=True)  # fmt: skip

    def do_extend(self, message: Message) -> Done:
        """The letter can be saved from the request."""
        self.amendment_calls.extend(message.text("row"), reason=message.text("reason"), idempotency_key=message.key)
        return Done("Thirty more days. Send the letter: it is in the request.")

    def do_accept_amendment(self, message: Message) -> Done:
        """The entry is linked to the record."""
        self.amendment_calls.answer(message.text("row"), is_accepted=True, words=message.text("words"),
                                    told_to=message.text("told_to"), idempotency_key=message.key)  # fmt: skip
        return Done("Accepted, and linked to the record. Send the letter: it is in the request.")

    def do_deny_amendment(self, message: Message) -> Done:
        """On one of four grounds."""
        self.amendment_calls.answer(message.text("row"), is_accepted=False, words=message.text("words"),
                                    ground=message.text("ground"), idempotency_key=message.key)  # fmt: skip
        return Done("Denied. Send the letter with the person's rights: it is in the request.")

    def do_disagree_amendment(self, message: Message) -> Done:
        """It goes with the record from now on."""
        self.amendment_calls.disagree(message.text("row"), words=message.text("words"), idempotency_key=message.key)
        return Done("Kept. It goes with the record from now on.")

    def do_rebut_amendment(self, message: Message) -> Done:
        """It goes with the record too."""
        self.amendment_calls.rebut(message.text("row"), words=message.text("words"), idempotency_key=message.key)
        return Done("Kept. It goes with the record from now on; give the person a copy.")

    def do_save_letter(self, message: Message) -> Deliver:
        """As PDF."""
        file = self.amendment_calls.letter(message.text("row"), kind=message.text("kind"))
        return Deliver(file.name, file.media_type, file.content, "The letter is saved.")

    def _case(self, message: Message) -> AmendmentShown | None:
        return next((one for one in self.cases if one.request_id == message.text("row")), None)


class AmendmentsPage(AmendingRequests, Page):
    """Everybody's requests, by the days left."""

    needs = Permission.SEE_AMENDMENTS
    title = "Amendments"
    wide = True

    def __init__(self, *, shown: Callable[[], tuple[AmendmentShown, ...]], calls: AmendmentCalls, base: str) -> None:
        self._shown, self.amendment_calls, self._base = shown, calls, base
        self.cases: tuple[AmendmentShown, ...] = ()

    def load(self) -> None:
        """As they stand."""
        self.cases = self._shown()

    def render(self) -> Markup:
        """The page."""
        return render("pages/amendments.html", table=amendments_table(self.cases, self._base, names=True))


def take_dialog(records: tuple[tuple[str, str], ...], today: date) -> Ask:
    """What is said to be wrong, and why?"""
    choices = [(OTHER, "The record in general, or said below"), *records]
    return flyout("A request to amend", render("pages/amendment_new.html", records=choices, today=today))


def taken_down(calls: AmendmentCalls, patient_id: str, message: Message) -> Done:
    """The clock runs."""
    kind, _, record_id = message.text("record", OTHER).partition(":")
    done = calls.take(
        patient_id, wrong=message.text("wrong"), why=message.text("why"), tell=message.text("tell"),
        received_on=message.day("received_on"), kind=kind, record_id=record_id, idempotency_key=message.key,
    )  # fmt: skip
    return Done(f"Taken down. It is answered by {day(done.due_on)}.")


def left_words(one: AmendmentShown) -> str:
    """The days left, in words."""
    if one.days_left is None:
        return ""
    if one.days_left < 0:
        return f"{-one.days_left} days late"
    return f"{one.days_left} days left"


def amendments_table(shown: tuple[AmendmentShown, ...], base: str, *, names: bool) -> Table:
    """names: with whose record it is, on the page of everybody's."""
    whose = (Column("whose", "Record of"),) if names else ()
    columns = (Column("about", "About", leads=True), *whose, Column("came", "Came", only_wide=True),
               Column("due", "Answer by"), Column("left", "Left"), Column("author", "Author", only_wide=True),
               Column("state", "State"))  # fmt: skip
    rows = tuple(
        Row(one.request_id, (one.about, *((f"{one.patient_name}, file {one.patient_number}",) if names else ()),
                             day(one.received_on), day(one.due_on), left_words(one), one.author,
                             UI.status(ANSWERS.of(one.answer))), name=one.about, do="open_amendment",
            tone="bad" if one.days_left is not None and one.days_left < 0 else "")
        for one in shown
    )  # fmt: skip
    return Table("amendments", "Requests to amend", columns, rows, base=base, empty_title="No request",
                 empty_text="What somebody asks to be changed in their record is taken down from their file.",
                 empty_icon="square-pen")  # fmt: skip
