"""The times that people in care asked for: who, when, with whom, until when it waits; yes, or no with a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import ENVIRONMENT, day_and_clock, phone, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Done, Reply
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.screens.booking_requests import BookingRequest, DeclinedWhy

UI: Any = ENVIRONMENT.globals["ui"]
WHYS: Final = {
    DeclinedWhy.NOT_FREE: "This time cannot be given after all; they choose another one",
    DeclinedWhy.OTHER_CLINICIAN: "Another clinician is the better one",
    DeclinedWhy.OTHER_SERVICE: "Another kind of appointment is the better one",
    DeclinedWhy.CALL_US: "They should call the practice",
}
COLUMNS: Final = (
    Column("name", "Who", leads=True), Column("when", "Asked for"), Column("what", "What"), Column("with", "With"),
    Column("until", "Answer by"), Column("do", "Do", label_hidden=True),
)  # fmt: skip
GONE: Final = Done("This request waits no more: somebody answered it, or it was taken back.", tone="warn")


@dataclass(frozen=True)
class RequestCalls:
    """The calls of the page, with actor and time already given."""

    shown: Callable[[], tuple[BookingRequest, ...]]
    accept: Callable[..., Any]
    decline: Callable[..., Any]


class BookingRequestsPage(Page):
    """What waits for an answer."""

    needs = Permission.ANSWER_REQUEST
    title = "Requests"
    wide = True

    def __init__(self, *, calls: RequestCalls, zone: ZoneInfo, base: str) -> None:
        self._calls, self._zone, self._base = calls, zone, base
        self.shown: tuple[BookingRequest, ...] = ()

    def load(self) -> None:
        """Those that wait now."""
        self.shown = self._calls.shown()

    def render(self) -> Markup:
        """One row each, the most pressing first."""
        table = Table(
            "requests", "Times that were asked for", COLUMNS, tuple(self._row(one) for one in self.shown),
            base=self._base, empty_title="Nothing waits", empty_icon="calendar-check",
            empty_text="Times that people ask for in the portal are answered here.",
        )  # fmt: skip
        return render("pages/booking_requests.html", table=table)

    def do_accept(self, message: Message) -> Reply:
        """Booked."""
        one = self._find(message)
        if one is None:
            return GONE
        try:
            self._calls.accept(one.booking_id, expected_version=one.version, idempotency_key=message.key)
        except WorkbenchError as refusal:
            return Done(sentence(refusal), tone="warn")
        return Done(f"Booked for {one.name}")

    def do_ask_decline(self, message: Message) -> Reply:
        """Why?"""
        one = self._find(message)
        if one is None:
            return GONE
        return flyout(f"No to {one.name}", render("pages/booking_requests_no.html", one=one, whys=tuple(WHYS.items())))

    def do_decline(self, message: Message) -> Reply:
        """The time is free again, and they read why."""
        self._calls.decline(
            message.text("id"), why=message.required("why", "Please choose."),
            expected_version=message.whole("version", least=1), idempotency_key=message.key,
        )  # fmt: skip
        return Done("Declined; the time is free again")

    def _row(self, one: BookingRequest) -> Row:
        args = {"id": one.booking_id}
        return Row(one.booking_id, (
            f"{one.name}, {phone(one.phone)}" if one.phone else one.name, day_and_clock(one.starts_at, self._zone),
            f"{one.type_name}, {one.location_name}", one.clinician_name, day_and_clock(one.lapses_at, self._zone),
            Markup("<span class='row tight'>{}{}</span>").format(
                UI.button("Accept", do="accept", args=args, size="small", kind="primary",
                          attrs={"aria-label": f"Accept, {one.name}"}),
                UI.button("Decline…", do="ask_decline", args=args, size="small",
                          attrs={"aria-label": f"Decline, {one.name}"}),
            ),
        ))  # fmt: skip

    def _find(self, message: Message) -> BookingRequest | None:
        return next((one for one in self.shown if one.booking_id == message.text("id")), None)
