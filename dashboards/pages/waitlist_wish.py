"""The form of what somebody on the waitlist could take: for a new one on the list or in a file, and to change it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import Any, Final

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import WEEKDAYS, render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.replies import Ask
from workbench.actions.scheduling.join_waitlist import join_waitlist
from workbench.gate.permissions import Permission
from workbench.kernel.time import wall_clock
from workbench.screens.booking_choices import BookingChoices, booking_choices
from workbench.screens.waitlist import EVERY_DAY, LAST_MINUTE, Place, Waiting, Wish, minute_of

PLACES: Final = (("any", "Office or video"), ("office", "In the office"), ("video", "By video"))


@dataclass(frozen=True)
class JoinCalls:
    """The calls for a new one on the list, with actor and time already given."""

    choices: Callable[[], BookingChoices]
    join: Callable[..., Any]

    def ask(self, name: str) -> Ask:
        """What do they wait for?"""
        return _form(self.choices(), f"{name} on the waitlist", Wish(), do="wait")

    def keep(self, patient_id: str, message: Message) -> None:
        """Put them on the list."""
        self.join(
            patient_id, type_id=message.required("type_id", "Please choose."), wish=wish_in(message),
            idempotency_key=message.key,
        )  # fmt: skip


def join_calls(person: Any) -> JoinCalls | None:
    """For who may put people on the list; None for everybody else, so that no button is shown."""
    if not person.may(Permission.JOIN_WAITLIST):
        return None
    return JoinCalls(person.bound(booking_choices), person.bound(join_waitlist))


def ask_change(choices: BookingChoices, one: Waiting) -> Ask:
    """What do they wish for now?"""
    return _form(choices, f"What {one.name} could take", one.wish, do="renew", entry_id=one.entry_id,
                 version=one.version)  # fmt: skip


def wish_in(message: Message) -> Wish:
    """The wish in the form.

    Raises:
        FieldProblem: a field cannot be read.
    """
    place = message.text("place")
    if place not in set(Place):
        raise FieldProblem("place", "Please choose.")
    days = frozenset(int(one) for one in message.all("weekdays") if one in {str(day) for day in EVERY_DAY})
    begin = minute_of(message.time("from_at")) if message.text("from_at") else 0
    end = minute_of(message.time("until_at")) if message.text("until_at") else LAST_MINUTE
    return Wish(message.text("clinician_id"), Place(place), days, begin, end or LAST_MINUTE)


def wish_said(wish: Wish, clinician_name: str) -> str:
    """A wish in words: `Anybody · by video · Mon, Wed · 9:00 am to 12:00 pm`."""
    days = "any day" if wish.weekdays == EVERY_DAY else ", ".join(WEEKDAYS[day][:3] for day in sorted(wish.weekdays))
    begin, end = wall_clock(_shows(wish.from_minute)), wall_clock(_shows(wish.until_minute))
    clock = {
        (False, False): "any time", (True, False): f"from {begin}", (False, True): f"before {end}",
        (True, True): f"{begin} to {end}",
    }[wish.from_minute > 0, wish.until_minute < LAST_MINUTE]  # fmt: skip
    return " · ".join((clinician_name or "anybody", dict(PLACES)[wish.place].lower(), days, clock))


def _form(choices: BookingChoices, title: str, wish: Wish, *, do: str, entry_id: str = "", version: int = 0) -> Ask:
    html = render(
        "pages/waitlist_wish.html", do=do, entry_id=entry_id, version=version, wish=wish, places=PLACES,
        types=[(one.type_id, one.name) for one in choices.types], clinicians=choices.clinicians,
        weekdays=tuple(enumerate(WEEKDAYS)),
        from_at=f"{_shows(wish.from_minute):%H:%M}" if wish.from_minute else "",
        until_at=f"{_shows(wish.until_minute):%H:%M}" if wish.until_minute < LAST_MINUTE else "",
    )  # fmt: skip
    return flyout(title, html)


def _shows(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
