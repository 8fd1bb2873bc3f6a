"""The kinds of appointments on offer: how long, billed by which code, offering and retiring."""

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
from workbench.screens.appointment_types import TypeShown

UI: Any = ENVIRONMENT.globals["ui"]
COLUMNS = (
    Column("name", "Kind", leads=True), Column("minutes", "Minutes", number=True), Column("code", "Billed as"),
    Column("coming", "To come", number=True), Column("do", "Do", label_hidden=True),
)  # fmt: skip


@dataclass(frozen=True)
class TypeCalls:
    """The calls of the page, with actor and time already given."""

    shown: Callable[[], tuple[TypeShown, ...]]
    add: Callable[..., Any]
    retire: Callable[..., Any]


class AppointmentTypesPage(Page):
    """What can be booked."""

    needs = Permission.SET_APPOINTMENT_TYPES
    title = "Kinds of appointments"

    def __init__(self, *, calls: TypeCalls, base: str) -> None:
        self._calls, self._base = calls, base
        self.shown: tuple[TypeShown, ...] = ()

    def load(self) -> None:
        """Those on offer."""
        self.shown = self._calls.shown()

    def render(self) -> Markup:
        """One row each."""
        rows = tuple(
            Row(one.type_id, (
                one.name, str(one.minutes), one.service_code or "by its minutes", str(one.to_come),
                UI.button("Change…", do="new", args={"id": one.type_id}, size="small")
                + UI.button("Retire…", do="ask_retire", args={"id": one.type_id}, size="small"),
            ))
            for one in self.shown
        )  # fmt: skip
        table = Table(
            "types", "Kinds on offer", COLUMNS, rows, base=self._base, empty_title="Nothing can be booked yet",
            empty_text="Offer a kind of appointment, such as a session of 50 minutes.", empty_icon="calendar-plus",
        )  # fmt: skip
        return render("pages/appointment_types.html", table=table)

    def do_new(self, message: Message) -> Ask:
        """Which? One that is there already is taken over to be changed."""
        old = self._find(message)
        title = "A kind of appointment" if old is None else f"Instead of {old.name}"
        return flyout(title, render("pages/appointment_types_new.html", old=old))

    def do_add(self, message: Message) -> Done:
        """It can be booked; what it stands for is retired with it."""
        self._calls.add(
            name=message.text("name"), minutes=message.whole("minutes", most=9_999),
            service_code=message.text("service_code"), instead_of=message.text("id"), idempotency_key=message.key,
        )  # fmt: skip
        return Done("It can be booked from now on")

    def do_ask_retire(self, message: Message) -> Reply:
        """Sure?"""
        one = self._find(message)
        if one is None:
            return Done("This kind is no longer on the list.", tone="warn")
        return confirm(
            "retire", f"Retire {one.name}?",
            f"Nothing new can be booked of it. {counted(one.to_come, 'appointment')} to come stay as they are.",
            label="Retire it", args={"id": one.type_id}, danger=True,
        )  # fmt: skip

    def do_retire(self, message: Message) -> Done:
        """Off the list; the last one stays, and that is told."""
        try:
            self._calls.retire(message.text("id"), idempotency_key=message.key)
        except WorkbenchError as refusal:
            return Done(sentence(refusal), tone="warn")
        return Done("Retired")

    def _find(self, message: Message) -> TypeShown | None:
        return next((one for one in self.shown if one.type_id == message.text("id")), None)
