"""The waitlist: times that came free with who could take them, offers to be answered, who waits, whom to ask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.waitlist_tables import (
    answered_table,
    freed_key,
    freed_table,
    lapsed_table,
    to_answer_table,
    waiting_table,
    waits,
)
from dashboards.pages.waitlist_terms import PatienceCalls, WaitlistTermsPage, patience_said
from dashboards.pages.waitlist_wish import JoinCalls, ask_change, wish_in, wish_said
from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import clock, counted, day, day_and_clock, render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.replies import Ask, Done, Redraw, Refused, Reply
from dashboards.parts.routes import Visit
from dashboards.parts.tables import Table
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.screens.open_slots import OpenSlot
from workbench.screens.patient_search import PatientHit
from workbench.screens.waitlist import Waiting, Waitlist
from workbench.screens.waitlist_times import FreedTime

SPANS: Final = (
    ("15", "15 minutes"),
    ("60", "An hour"),
    ("240", "Four hours"),
    ("1440", "A day"),
    ("4320", "Three days"),
)
TABS: Final = ("free", "answer", "wait", "ask", "done", "over")
REASONS: Final = (
    ("no_longer", "They no longer need it"),
    ("booked", "They were booked otherwise"),
    ("elsewhere", "They found care elsewhere"),
    ("not_reached", "They could not be reached"),
)


@dataclass(frozen=True)
class WaitlistCalls:
    """The calls of the page, with actor and time already given."""

    shown: Callable[[], Waitlist]
    freed: Callable[[], tuple[FreedTime, ...]]
    times_for: Callable[[str], tuple[OpenSlot, ...]]
    joining: JoinCalls
    search: Callable[..., tuple[PatientHit, ...]]
    renew: Callable[..., Any]
    leave: Callable[..., Any]
    offer: Callable[..., Any]
    accept: Callable[..., Any]
    decline: Callable[..., Any]


@dataclass
class Picked:
    """Who is being put on the list."""

    query: str = ""
    hits: tuple[PatientHit, ...] = ()
    patient_id: str = ""


class WaitlistPage(WaitlistTermsPage):
    """What came free comes first: it is what does not wait."""

    needs = Permission.SEE_WAITLIST
    title = "Waitlist"
    wide = True

    def __init__(
        self, visit: Visit, *, calls: WaitlistCalls, patience: PatienceCalls, zone: ZoneInfo,
        clock: Callable[[], datetime], word: str, base: str,
    ) -> None:  # fmt: skip
        self.patience = patience
        self._calls, self._zone, self._clock, self._word, self._base = calls, zone, clock, word, base
        self.tab = visit.query.get("tab", "")
        self.shown = Waitlist()
        self.freed: tuple[FreedTime, ...] = ()
        self._picked = Picked()
        self._times: dict[str, OpenSlot] = {}

    def load(self) -> None:
        """Who waits and what came free; what nobody could take is left out."""
        self.shown = self._calls.shown()
        self.freed = tuple(one for one in self._calls.freed() if one.fitting)
        if self.tab not in TABS:
            self.tab = "free" if self.freed else "wait"

    def render(self) -> Markup:
        """One of the lists."""
        counts = {
            "free": len(self.freed), "answer": len(self.shown.to_answer), "wait": len(self.shown.waiting),
            "ask": len(self.shown.to_ask), "done": len(self.shown.answered), "over": len(self.shown.lapsed),
        }  # fmt: skip
        return render(
            "pages/waitlist.html", tab=self.tab, counts=counts, table=self._table(),
            said=patience_said(self.shown.patience), may_set=self.patience.set_terms is not None,
        )  # fmt: skip

    def _table(self) -> Table:
        says = (self._zone, self._clock(), self._word, self._base)
        if self.tab == "free":
            return freed_table(self.freed, *says)
        if self.tab == "answer":
            return to_answer_table(self.shown.to_answer, *says)
        if self.tab == "over":
            return lapsed_table(self.shown.lapsed, *says)
        if self.tab == "done":
            return answered_table(self.shown.answered, *says)
        return waiting_table(
            self.shown.to_ask if self.tab == "ask" else self.shown.waiting, *says, asks=self.tab == "ask"
        )

    def do_tab(self, message: Message) -> Redraw:
        """Another list."""
        self.tab = message.text("tab") if message.text("tab") in TABS else "wait"
        return Redraw(f"/waitlist?tab={self.tab}")

    def do_add(self, message: Message) -> Ask:
        """Whom?"""
        del message
        self._picked = Picked()
        return self._ask_whom()

    def do_add_search(self, message: Message) -> Ask:
        """People to choose from."""
        query = message.text("q")
        self._picked = Picked(query, self._calls.search(query=query) if len(query) > 1 else ())
        return self._ask_whom()

    def do_add_pick(self, message: Message) -> Ask:
        """What do they wait for?"""
        hit = next((one for one in self._picked.hits if one.patient_id == message.text("id")), None)
        if hit is None:
            return self._ask_whom()
        self._picked.patient_id = hit.patient_id
        return self._calls.joining.ask(hit.name)

    def do_wait(self, message: Message) -> Done:
        """On the list."""
        self._calls.joining.keep(self._picked.patient_id, message)
        self.tab = "wait"
        return Done("On the waitlist")

    def do_open(self, message: Message) -> Reply:
        """One who waits, and the times they could take."""
        one = self._one(message)
        if one is None:
            return _GONE
        slots = self._calls.times_for(one.entry_id)
        self._times = {str(number): slot for number, slot in enumerate(slots)}
        names = dict(self._calls.joining.choices().clinicians)
        times = [
            (
                value,
                day_and_clock(slot.starts_at, self._zone),
                "" if one.wish.clinician_id else names[slot.clinician_id],
            )
            for value, slot in self._times.items()
        ]
        html = render("pages/waitlist_entry.html", one=one, wish=wish_said(one.wish, one.clinician_name), times=times,
                      spans=SPANS, zone=self._zone, now=self._clock())  # fmt: skip
        return flyout(one.name, html)

    def do_change(self, message: Message) -> Reply:
        """What do they wish for now?"""
        one = self._one(message)
        return ask_change(self._calls.joining.choices(), one) if one else _GONE

    def do_renew(self, message: Message) -> Done:
        """Another wish."""
        self._renew(message, wish_in(message))
        return Done("Kept: times are found by what they said now")

    def do_still(self, message: Message) -> Reply:
        """The same wish once more."""
        one = self._one(message)
        if one is None:
            return _GONE
        self._renew(message, one.wish)
        return Done(f"{one.name} still waits")

    def do_ask_leave(self, message: Message) -> Ask:
        """Why?"""
        return confirm(
            "leave", "Take them off the waitlist?", "The list keeps who waited and why it ended. Open offers are over.",
            label="Off the list", args={"id": message.text("id"), "version": message.text("version")}, reasons=REASONS,
        )  # fmt: skip

    def do_leave(self, message: Message) -> Done:
        """Off the list."""
        why = message.required("reason", "Please say why.")
        self._calls.leave(message.text("id"), why=why, expected_version=message.whole("version", least=1),
                          idempotency_key=message.key)  # fmt: skip
        return Done("Off the waitlist")

    def do_offer(self, message: Message) -> Reply:
        """One time to one who waits."""
        slot = self._times.get(message.text("at"))
        if slot is None:
            raise FieldProblem("at", "Choose a time.")
        return self._offer((message.text("id"),), slot.clinician_id, slot.location_id, slot.starts_at, message)

    def do_open_freed(self, message: Message) -> Reply:
        """To whom?"""
        freed = self._freed(message)
        if freed is None:
            return Done("This time is no longer free.", tone="warn")
        minutes = (freed.span.ends_at - freed.span.starts_at) // timedelta(minutes=1)
        html = render("pages/waitlist_freed.html", freed=freed, key=freed_key(freed), minutes=minutes, spans=SPANS,
                      waits={one.entry_id: waits(one.joined_at, self._clock()) for one in freed.fitting})  # fmt: skip
        return flyout(f"{day(freed.span.starts_at, self._zone)}, {clock(freed.span.starts_at, self._zone)}", html)

    def do_offer_freed(self, message: Message) -> Reply:
        """The time to all that are ticked."""
        freed = self._freed(message)
        if freed is None:
            return Done("This time is no longer free.", tone="warn")
        chosen = [one.entry_id for one in freed.fitting if one.entry_id in message.all("to")]
        if not chosen:
            raise FieldProblem("to", "Choose at least one.")
        return self._offer(chosen, freed.clinician_id, freed.location_id, freed.span.starts_at, message)

    def do_accept(self, message: Message) -> Done:
        """Yes. What is over by now is told, and the list is drawn as it is."""
        version = message.whole("version", least=1)
        try:
            done = self._calls.accept(message.text("id"), expected_version=version, idempotency_key=message.key)
        except WorkbenchError as refusal:
            return Done(sentence(refusal), tone="warn")
        at = f"{day(done.starts_at, self._zone)}, {clock(done.starts_at, self._zone)}"
        others = f" {counted(done.others, 'other offer')} ended with it." if done.others else ""
        return Done(f"Booked for {at}.{others}")

    def do_decline(self, message: Message) -> Done:
        """No. The same."""
        version = message.whole("version", least=1)
        try:
            self._calls.decline(message.text("id"), expected_version=version, idempotency_key=message.key)
        except WorkbenchError as refusal:
            return Done(sentence(refusal), tone="warn")
        return Done("Kept. They wait on, in the same place.")

    def _renew(self, message: Message, wish: Any) -> None:
        self._calls.renew(message.text("id"), wish=wish, idempotency_key=message.key)

    def _offer(
        self, entry_ids: Sequence[str], clinician_id: str, location_id: str, starts_at: datetime, message: Message
    ) -> Reply:
        """Each by itself: what one cannot be offered is told, and the others have theirs."""
        within = timedelta(minutes=message.whole("within", least=15, most=4320))
        made: list[Any] = []
        refused: list[WorkbenchError] = []
        for number, entry_id in enumerate(entry_ids):
            try:
                made.append(self._calls.offer(
                    entry_id, clinician_id=clinician_id, location_id=location_id, starts_at=starts_at, within=within,
                    idempotency_key=f"{message.key}-{number}" if message.key else None,
                ))  # fmt: skip
            except WorkbenchError as refusal:
                refused.append(refusal)
        if not made:
            return Refused(sentence(refused[0]), getattr(refused[0], "fields", {}))
        self.tab = "answer"
        until = clock(made[0].expires_at, self._zone)
        said = f"Offered to {counted(len(made), 'person') if len(made) == 1 else f'{len(made)} people'} until {until}."
        return Done(f"{said} {sentence(refused[0])}" if refused else said, tone="warn" if refused else "good")

    def _one(self, message: Message) -> Waiting | None:
        wanted = message.text("id") or message.text("row")
        return next((one for one in self.shown.waiting if one.entry_id == wanted), None)

    def _freed(self, message: Message) -> FreedTime | None:
        return next((one for one in self.freed if freed_key(one) == message.text("id")), None)

    def _ask_whom(self) -> Ask:
        return flyout(
            "Who waits?", render("pages/waitlist_pick.html", chosen=self._picked, word=self._word, base=self._base)
        )


_GONE: Final = Done("They are no longer on the list.", tone="warn")
