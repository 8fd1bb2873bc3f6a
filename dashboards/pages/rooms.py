"""The rooms of the offices: how many are seen in each at once, what is to come there, adding and retiring."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, counted, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Reply
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.screens.rooms import Rooms

UI: Any = ENVIRONMENT.globals["ui"]


@dataclass(frozen=True)
class RoomCalls:
    """The calls of the page, with actor and time already given; None where the role does not include it."""

    shown: Callable[[], Rooms]
    add: Callable[..., Any] | None
    retire: Callable[..., Any] | None


class RoomsPage(Page):
    """What can be booked beside a clinician."""

    needs = Permission.SEE_ROOMS
    title = "Rooms"
    wide = True

    def __init__(self, *, calls: RoomCalls, base: str) -> None:
        self._calls, self._base = calls, base
        self.shown = Rooms()

    def load(self) -> None:
        """Those in use."""
        self.shown = self._calls.shown()

    def render(self) -> Markup:
        """One row each."""
        may_set = self._calls.add is not None
        columns = (Column("name", "Room", leads=True), Column("place", "Place"), Column("seats", "Seats", number=True),
                   Column("coming", "To come", number=True), Column("do", "Do", label_hidden=True))  # fmt: skip
        rows = tuple(
            Row(one.room_id, (
                one.name, one.location_name, str(one.seats), str(one.to_come),
                UI.button("Retire…", do="ask_retire", args={"id": one.room_id}, size="small") if may_set else "",
            ))
            for one in self.shown.rooms
        )  # fmt: skip
        table = Table("rooms", "Rooms in use", columns, rows, base=self._base, empty_title="No rooms yet",
                      empty_text="With rooms, a booking takes one, and nobody else can have it then.",
                      empty_icon="door-open")  # fmt: skip
        return render("pages/rooms.html", table=table, may_set=may_set)

    def do_new(self, message: Message) -> Ask:
        """Which?"""
        del message
        return flyout("A room", render("pages/rooms_new.html", places=self.shown.places))

    def do_add(self, message: Message) -> Reply | None:
        """It can be booked."""
        if self._calls.add is None:
            return None
        self._calls.add(
            location_id=message.required("location_id", "Please choose."), name=message.text("name"),
            seats=message.whole("seats", most=99), idempotency_key=message.key,
        )  # fmt: skip
        return Done("It can be booked from now on")

    def do_ask_retire(self, message: Message) -> Reply:
        """Sure?"""
        one = next((one for one in self.shown.rooms if one.room_id == message.text("id")), None)
        if one is None:
            return Done("This room is no longer on the list.", tone="warn")
        return confirm(
            "retire", f"Retire {one.name}?",
            f"Nothing can be booked into it any more. What was stays. {counted(one.to_come, 'appointment')} to come.",
            label="Retire it", args={"id": one.room_id, "version": str(one.version)}, danger=True,
        )  # fmt: skip

    def do_retire(self, message: Message) -> Reply | None:
        """Off the list; while somebody is to come there it stays, and that is told."""
        if self._calls.retire is None:
            return None
        try:
            self._calls.retire(
                message.text("id"), expected_version=message.whole("version", least=1), idempotency_key=message.key
            )
        except WorkbenchError as refusal:
            return Done(sentence(refusal), tone="warn")
        return Done("Retired")
