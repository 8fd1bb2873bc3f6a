"""Views of the calendar that somebody keeps: chosen by one press or a key, made from what is shown, dropped."""

from datetime import date
from typing import Final

from dashboards.pages.sessions import SessionsPage
from dashboards.parts.dialogs import flyout
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.replies import Ask, Done, Redraw, Refused, Reply
from dashboards.parts.routes import Visit
from workbench.gate.permissions import Permission
from workbench.screens.calendar_views import EVERYTHING, LONGEST_NAME, KeptView, Sieve

STATES: Final = (
    ("to_come", "To come"), ("here", "Here"), ("done", "Done"), ("missed", "Did not come"), ("cancelled", "Cancelled"),
)  # fmt: skip
NO_VIEW: Final = "all"
"""In the address: no view, not even the one the calendar opens with."""


class CalendarViewsPage(SessionsPage):
    """The part of the calendar that knows what is left out of it."""

    needs = Permission.SEE_SCHEDULE
    path: str
    on: date
    sight: str
    who: str
    sieve: Sieve = EVERYTHING
    kept: tuple[KeptView, ...] = ()
    saved: str = ""

    def begin_with(self, opening: Visit) -> None:
        """The view that the address names; without one that it asks for, the person's own."""
        self.kept = self.calls.calendar_views()
        asked = opening.query.get("saved", "")
        if asked:
            found = next((one for one in self.kept if one.view_id == asked), None)
            self.wear(found, keeps_sight="view" in opening.query)
        elif not {"view", "who"} & set(opening.query):
            self.wear(next((one for one in self.kept if one.is_default), None))

    def wear(self, view: KeptView | None, *, keeps_sight: bool = False) -> None:
        """Look at the calendar so; without a view nothing is left out."""
        self.saved, self.sieve = (view.view_id, view.sieve) if view else ("", EVERYTHING)
        if view is not None and not keeps_sight:
            self.sight, self.who = view.sight, ""

    def saved_in_address(self) -> str:
        """What the address says of it: nothing where it would open so by itself."""
        default = next((one.view_id for one in self.kept if one.is_default), "")
        return self.saved or (NO_VIEW if default else "")

    def do_wear(self, message: Message) -> Reply:
        """One of them; without an id, everything."""
        self.wear(next((one for one in self.kept if one.view_id == message.text("id")), None))
        return self.show()

    def do_views(self, message: Message) -> Ask:
        """What is left out, and what is it called?"""
        del message
        return self._ask_views()

    def do_look(self, message: Message) -> Reply:
        """Look so, and keep it under the name, if one was given."""
        sieve = Sieve(*(frozenset(message.all(name)) for name in ("clinician_ids", "place_ids", "states")))
        if not message.text("name"):
            self.saved, self.sieve, self.who = "", sieve, ""
            return self.show()
        kept = self.calls.keep_calendar_view(
            name=message.text("name"), sight=self.sight, clinician_ids=sieve.clinician_ids,
            place_ids=sieve.place_ids, states=sieve.states, is_default=message.ticked("is_default"),
            idempotency_key=message.key,
        )  # fmt: skip
        self.kept = self.calls.calendar_views()
        self.wear(next((one for one in self.kept if one.view_id == kept.view_id), None))
        return Done("Kept: it is one press away", go=self.address())

    def do_drop_view(self, message: Message) -> Reply:
        """It is offered no more."""
        gone = next((one for one in self.kept if one.view_id == message.text("id")), None)
        if gone is None:
            return Refused("This view is no longer one of yours.")
        self.calls.drop_calendar_view(gone.view_id, idempotency_key=message.key)
        self.kept = self.calls.calendar_views()
        if self.saved == gone.view_id:
            self.wear(None)
        return Done(f"{gone.name} is kept no more", go=self.address())

    def show(self, on: date | None = None, sight: str = "") -> Reply:
        """Loaded and drawn as it is looked at now, under an address that says so."""
        self.on, self.sight = on or self.on, sight or self.sight
        self.load()
        return Redraw(path=self.address())

    def address(self) -> str:
        """Where it is looked at so again."""
        saved = self.saved_in_address()
        named = saved or self.sight != "day"
        query = {"on": self.on.isoformat(), "view": self.sight if named else "", "who": self.who, "saved": saved}
        return f"{self.path}?" + "&".join(f"{name}={value}" for name, value in query.items() if value)

    def places(self) -> tuple[tuple[str, str], ...]:
        """The columns of the view by room that are not left out."""
        every, only = super().places(), self.sieve.place_ids
        if not only:
            return every
        inside = {one.room_id for one in self.choices.rooms if one.location_id in only}
        return tuple(one for one in every if one[0] in only or one[0] in inside) or every

    def _ask_views(self) -> Ask:
        choices, worn = self.choices, next((one for one in self.kept if one.view_id == self.saved), None)
        places: list[tuple[str, str]] = []
        for key, name in choices.locations:
            places += [(key, name), *((room, f"{name}, {told}") for room, told in choices.rooms_at(key))]
        html = render(
            "pages/calendar_views.html", kept=self.kept, worn=worn, sieve=self.sieve, clinicians=choices.clinicians,
            places=places, states=STATES, longest=LONGEST_NAME, sight=self.sight,
        )  # fmt: skip
        return flyout("What is shown", html)
