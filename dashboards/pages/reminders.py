"""Reminders: whom to call, what goes out next, what went out."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.reminder_wording import ReminderWordingPage, WordingCalls
from dashboards.parts.html import ENVIRONMENT, clock, day, instant, phone, render
from dashboards.parts.message import Message
from dashboards.parts.replies import Redraw
from dashboards.parts.tables import Column, Look, Looks, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.reminders import Reminders, ReminderShown

UI: Any = ENVIRONMENT.globals["ui"]
STATES: Final = Looks(
    {
        "planned": Look("Planned", "info", "clock"),
        "sending": Look("On its way", "warn", "timer"),
        "sent": Look("Sent", "good", "circle-check"),
        "failed": Look("Address refused", "bad", "circle-x"),
        "unknown": Look("May have gone out", "warn", "circle-alert"),
        "dropped": Look("Not sent", "neutral", "circle-slash"),
        "confirm": Look("Confirmed", "accent", "calendar-check"),
        "cancel": Look("Cancelled", "bad", "circle-slash"),
    }
)
WHY: Final = {
    "no_consent": "no consent for this address",
    "no_address": "no address in the file",
    "too_late": "it could not go out in time",
    "refused": "the address is refused",
    "cut_off": "the line broke while it was sent",
    "no_way_out": "waits for an agreement, or for reminders to be on",
}
BY: Final = {"email": "by mail", "text": "by text", "voice": "by call"}
WINDOWS: Final = {"72h": "3 days before", "24h": "the day before", "2h": "2 hours before"}


class RemindersPage(ReminderWordingPage):
    """The calls of the day first: they are what a person has to do."""

    needs = Permission.SEE_REMINDERS
    wide = True

    def __init__(
        self, *, shown: Callable[[], Reminders], wording: WordingCalls | None, zone: ZoneInfo,
        clock: Callable[[], datetime], word: str, base: str,
    ) -> None:  # fmt: skip
        super().__init__(wording=wording)
        self._shown, self._zone, self._clock, self._word, self._base = shown, zone, clock, word, base
        self.tab = "call"
        self.shown = Reminders(is_on=False, to_call=(), to_come=(), gone_out=())

    def load(self) -> None:
        """As they stand."""
        self.shown = self._shown()

    def render(self) -> Markup:
        """The page."""
        shown = self.shown
        counts = {"call": len(shown.to_call), "come": len(shown.to_come), "sent": len(shown.gone_out)}
        table = {"call": self._to_call, "come": self._to_come, "sent": self._gone_out}[self.tab]()
        return render(
            "pages/reminders.html", tab=self.tab, counts=counts, table=table, is_on=shown.is_on,
            base=self._base, may_set=self.wording is not None, today=self._clock().astimezone(self._zone).date(),
        )  # fmt: skip

    def do_tab(self, message: Message) -> Redraw:
        """Another list."""
        asked = message.text("tab")
        self.tab = asked if asked in ("call", "come", "sent") else "call"
        return Redraw()

    def _to_call(self) -> Table:
        columns = (Column("starts", "Appointment", leads=True), Column("who", self._word.capitalize()),
                   Column("phone", "Phone"), Column("why", "Why"))  # fmt: skip
        rows = tuple(
            self._row(
                one,
                (
                    self._start(one),
                    self._linked(one),
                    phone(one.phone) or "none in the file",
                    WHY.get(one.why, "not reached"),
                ),
            )
            for one in self.shown.to_call
        )
        return Table("call", "Whom nothing has reached", columns, rows, empty_title="Nobody has to be called",
                     empty_text="Whoever a reminder did not reach is listed here, before the appointment.",
                     empty_icon="phone")  # fmt: skip

    def _to_come(self) -> Table:
        columns = (Column("due", "Goes out", leads=True), Column("who", self._word.capitalize()),
                   Column("starts", "Appointment"), Column("window", "Which", only_wide=True))  # fmt: skip
        rows = tuple(
            self._row(
                one,
                (
                    instant(one.due_at, self._zone),
                    self._linked(one),
                    self._start(one),
                    f"{WINDOWS[one.window]}, {BY[one.channel]}",
                ),
            )
            for one in self.shown.to_come
        )
        return Table("come", "What goes out next", columns, rows, empty_title="Nothing is planned",
                     empty_text="Appointments of the next four days are planned once reminders are on.",
                     empty_icon="clock")  # fmt: skip

    def _gone_out(self) -> Table:
        columns = (Column("sent", "Sent", leads=True), Column("who", self._word.capitalize()),
                   Column("starts", "Appointment"), Column("state", "Answer"))  # fmt: skip
        rows = tuple(
            self._row(
                one,
                (instant(one.changed_at, self._zone), self._linked(one), self._start(one),
                 UI.status(STATES.of(one.answered or one.state))),
            )
            for one in self.shown.gone_out
        )  # fmt: skip
        return Table("sent", "What went out in seven days", columns, rows, empty_title="Nothing went out yet",
                     empty_text="What was sent is listed for a week, with what people answered.",
                     empty_icon="mail")  # fmt: skip

    def _row(self, one: ReminderShown, cells: tuple[Any, ...]) -> Row:
        return Row(one.reminder_id, cells, name=one.name)

    def _start(self, one: ReminderShown) -> str:
        return f"{day(one.starts_at, self._zone)}, {clock(one.starts_at, self._zone)}"

    def _linked(self, one: ReminderShown) -> Markup:
        return Markup('<a href="{}/patients/{}">{}</a>').format(self._base, one.patient_id, one.name)
