"""The places of the practice: what each is, adding, saying anew, retiring."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, counted, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Reply
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.screens.places import CODES, ZONES, PlaceDetails, PlaceKind, PlaceShown

UI: Any = ENVIRONMENT.globals["ui"]
KINDS: Final = {
    PlaceKind.OFFICE: "An office",
    PlaceKind.TELEHEALTH: "By video",
    PlaceKind.HOME: "Their home",
    PlaceKind.SCHOOL: "A school",
}
FIELDS: Final = ("name", "kind", "place_code", "npi", "zone", "street", "city", "state", "zip_code")
COLUMNS: Final = (
    Column("name", "Place", leads=True), Column("kind", "Kind"), Column("code", "Code on claims"),
    Column("where", "Address", only_wide=True), Column("rooms", "Rooms", number=True, only_wide=True),
    Column("coming", "To come", number=True), Column("do", "Do", label_hidden=True),
)  # fmt: skip


@dataclass(frozen=True)
class PlaceCalls:
    """The calls of the page, with actor and time already given."""

    shown: Callable[[], tuple[PlaceShown, ...]]
    add: Callable[..., Any]
    change: Callable[..., Any]
    retire: Callable[..., Any]


class PlacesPage(Page):
    """Where people are seen."""

    needs = Permission.SET_PLACES
    title = "Places"
    wide = True

    def __init__(self, *, calls: PlaceCalls, zone: str) -> None:
        self._calls, self._zone = calls, zone
        self.shown: tuple[PlaceShown, ...] = ()

    def load(self) -> None:
        """Those in use."""
        self.shown = self._calls.shown()

    def render(self) -> Markup:
        """One row each."""
        rows = tuple(
            Row(one.location_id, (
                one.details.name, KINDS[PlaceKind(one.details.kind)], _code(one.details), _where(one.details),
                str(one.rooms), str(one.to_come), _verbs(one),
            ), name=one.details.name)
            for one in self.shown
        )  # fmt: skip
        table = Table("places", "Places in use", COLUMNS, rows, empty_title="No places yet",
                      empty_text="Nothing can be booked without a place, such as an office or video.",
                      empty_icon="map-pin")  # fmt: skip
        return render("pages/places.html", table=table)

    def do_new(self, message: Message) -> Ask:
        """Which?"""
        del message
        return self._asked("A place", None, PlaceDetails("", PlaceKind.OFFICE, "11"))

    def do_add(self, message: Message) -> Done:
        """It can be booked."""
        self._calls.add(details=_said(message), idempotency_key=message.key)
        return Done("It can be booked from now on")

    def do_ask_change(self, message: Message) -> Reply:
        """What is it now?"""
        one = self._one(message)
        return _GONE if one is None else self._asked(one.details.name, one, one.details)

    def do_change(self, message: Message) -> Done:
        """What was charged stays as it was."""
        self._calls.change(
            message.text("id"), details=_said(message), expected_version=message.whole("version", least=1),
            idempotency_key=message.key,
        )  # fmt: skip
        return Done("Kept. What was charged before keeps its code.")

    def do_ask_retire(self, message: Message) -> Reply:
        """Sure?"""
        one = self._one(message)
        if one is None:
            return _GONE
        return confirm(
            "retire", f"Retire {one.details.name}?",
            f"Nothing can be booked there any more. What was stays. {counted(one.to_come, 'appointment')} to come.",
            label="Retire it", args={"id": one.location_id, "version": str(one.version)}, danger=True,
        )  # fmt: skip

    def do_retire(self, message: Message) -> Done:
        """Off the lists; while something hangs on it it stays, and that is told."""
        try:
            self._calls.retire(
                message.text("id"), expected_version=message.whole("version", least=1), idempotency_key=message.key
            )
        except WorkbenchError as refusal:
            return Done(sentence(refusal), tone="warn")
        return Done("Retired")

    def _one(self, message: Message) -> PlaceShown | None:
        return next((one for one in self.shown if one.location_id == message.text("id")), None)

    def _asked(self, title: str, old: PlaceShown | None, details: PlaceDetails) -> Ask:
        kinds = [(kind.value, words) for kind, words in KINDS.items() if old is None or _alike(kind, details.kind)]
        codes = [(code, f"{code} · {words}") for kind, _ in kinds for code, words in CODES[PlaceKind(kind)].items()]
        zones = [("", f"The practice's ({ZONES.get(self._zone, self._zone)})")]
        zones += [(key, words) for key, words in ZONES.items() if key != self._zone]
        return flyout(
            title, render("pages/places_edit.html", old=old, one=details, kinds=kinds, codes=codes, zones=zones)
        )


_GONE: Final = Done("This place is no longer on the list.", tone="warn")


def _alike(kind: PlaceKind, other: str) -> bool:
    return (kind is PlaceKind.TELEHEALTH) == (other == PlaceKind.TELEHEALTH)


def _said(message: Message) -> PlaceDetails:
    return PlaceDetails(**{name: message.text(name) for name in FIELDS})


def _code(details: PlaceDetails) -> str:
    words = CODES[PlaceKind(details.kind)].get(details.place_code, "")
    return f"{details.place_code} · {words}" if words else details.place_code


def _where(details: PlaceDetails) -> str:
    town = " ".join(part for part in (details.city, details.state, details.zip_code) if part)
    parts = [details.street, town, f"NPI {details.npi}" if details.npi else "", ZONES.get(details.zone, "")]
    return ", ".join(part for part in parts if part)


def _verbs(one: PlaceShown) -> Markup:
    args, name = {"id": one.location_id}, one.details.name
    return Markup("<span class='row tight'>{}{}</span>").format(
        UI.button("Change…", do="ask_change", args=args, size="small", attrs={"aria-label": f"Change {name}"}),
        UI.button("Retire…", do="ask_retire", args=args, size="small", attrs={"aria-label": f"Retire {name}"}),
    )
