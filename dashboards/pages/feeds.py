"""One's calendar on one's devices: which read it, what they show, a new one, an end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, instant, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.calendar_feed import FeedShown

UI: Any = ENVIRONMENT.globals["ui"]
SHOWS: Final = (("busy", "Only that you are busy", "What anybody may see who looks over your shoulder."),
                ("initials", "Initials", "Such as A. B. at ten: no name, no kind of session, no place."))  # fmt: skip


@dataclass(frozen=True)
class FeedCalls:
    """The calls of the page, with actor and time already given. address: what a device subscribes to."""

    shown: Callable[[], tuple[FeedShown, ...]]
    make: Callable[..., Any]
    end: Callable[..., Any]
    address: str


class FeedsPage(Page):
    """For who sees people: the devices of the person alone."""

    needs = Permission.SEE_OWN_SIGN_IN
    title = "Calendar on your devices"

    def __init__(self, *, calls: FeedCalls, zone: ZoneInfo) -> None:
        self._calls, self._zone = calls, zone
        self.shown: tuple[FeedShown, ...] = ()
        self._has_more = False

    def load(self) -> None:
        """Which read it now."""
        self.shown, self._has_more = self._calls.shown(), False

    def is_behind(self) -> bool:
        """Whether a device was let in since: the dialog with its password leaves the page below as it was."""
        return self._has_more

    def render(self) -> Markup:
        """The page."""
        words = {key: word for key, word, _ in SHOWS}
        rows = tuple(
            Row(
                one.feed_id,
                (
                    one.label, words[one.shows], instant(one.made_at, self._zone),
                    UI.button("End…", do="ask_end", args={"id": one.feed_id}, size="small"),
                ),
                name=one.label,
            )
            for one in self.shown
        )  # fmt: skip
        columns = (Column("what", "Device", leads=True), Column("shows", "Shows"), Column("since", "Since"),
                   Column("do", "Do", label_hidden=True))  # fmt: skip
        table = Table("feeds", "Devices that read your calendar", columns, rows, empty_title="No device reads it",
                      empty_text="Let your telephone or computer show when you are booked.",
                      empty_icon="calendar-days")  # fmt: skip
        return render("pages/feeds.html", table=table)

    def do_new(self, message: Message) -> Ask:
        """Which device?"""
        del message
        return flyout("Let a device in", render("pages/feeds_new.html", shows=SHOWS), "modal")

    def do_make(self, message: Message) -> Ask:
        """The name and the password, once."""
        # Without a key: the answer to a form that is sent twice would be kept, and with it the password.
        made = self._calls.make(label=message.text("label"), shows=message.text("shows"))
        self._has_more = True
        html = render("pages/feeds_made.html", made=made, address=self._calls.address)
        return flyout("Type this into the device", html, "modal")

    def do_ask_end(self, message: Message) -> Ask:
        """Sure?"""
        return confirm("end", "Stop this device?", "It reads nothing from now on. What it has read stays on it.",
                       label="Stop it", args={"id": message.text("id")}, danger=True)  # fmt: skip

    def do_end(self, message: Message) -> Done:
        """It reads nothing from now on."""
        self._calls.end(message.text("id"), idempotency_key=message.key)
        return Done("It reads nothing from now on")
