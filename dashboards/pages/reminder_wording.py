"""How reminders go out: whether, when, in whose name and words, with what a lock screen shows of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import Any, Final

from markupsafe import Markup

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done
from workbench.gate.permissions import Permission
from workbench.kernel.time import wall_clock
from workbench.screens.reminders import DEFAULT, FIELDS, How, SendingHours, rendered

SAMPLE: Final = {
    "date": "Wed, Mar 11", "time": "10:30 AM", "zone": "EDT", "link": "https://…/r", "phone": "555-010-0100",
}  # fmt: skip


@dataclass(frozen=True)
class WordingCalls:
    """The calls of who settles it."""

    how: Callable[[], How]
    set_reminders: Callable[..., Any]


class ReminderWordingPage(Page):
    """For who settles how reminders go out and sends none: no names, no times of anybody."""

    needs = Permission.SET_REMINDERS
    title = "Reminders"

    def __init__(self, *, wording: WordingCalls | None) -> None:
        self.wording = wording
        self.how = How()
        self._pressed = 0

    def load(self) -> None:
        """As they go out now."""
        assert self.wording is not None
        self.how = self.wording.how()

    def render(self) -> Markup:
        """What is set, in words."""
        hours = self.how.hours
        return render(
            "pages/reminder_wording.html", how=self.how, preview=_preview(self.how, self.how.body),
            from_at=wall_clock(_shows(hours.from_minute)), until_at=wall_clock(_shows(hours.until_minute)),
        )  # fmt: skip

    def do_how(self, message: Message) -> Ask:
        """How they go out; with `usual`, in the words that came with the product."""
        assert self.wording is not None
        how = self.wording.how()
        body = DEFAULT if message.text("usual") else how.body
        # A field that is drawn anew under its name keeps what was typed; the usual words are to replace it.
        self._pressed += 1
        html = render("pages/reminders_how.html", how=how, body=body, preview=_preview(how, body), fields=FIELDS,
                      body_id=f"body-{self._pressed}",
                      from_at=_shows(how.hours.from_minute).isoformat("minutes"),
                      until_at=_shows(how.hours.until_minute).isoformat("minutes"))  # fmt: skip
        return flyout("How reminders go out", html)

    def do_set(self, message: Message) -> Done:
        """From now on so."""
        assert self.wording is not None
        hours = SendingHours(
            _minutes(message.time("from_at")), _minutes(message.time("until_at")), message.ticked("on_weekends")
        )
        is_on = message.ticked("is_on")
        self.wording.set_reminders(is_on=is_on, display=message.text("display"), body=message.text("body"), hours=hours,
                                   idempotency_key=message.key)  # fmt: skip
        return Done("Reminders go out like this from now on" if is_on else "Kept. No reminder goes out.")


def _preview(how: How, body: str) -> str:
    return rendered(body, SAMPLE | {"display": how.display})


def _minutes(wall: time) -> int:
    return wall.hour * 60 + wall.minute


def _shows(minute: int) -> time:
    return time(*divmod(minute, 60))
