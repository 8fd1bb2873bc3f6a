"""Finding a free time by what somebody needs: whom, where, in which language, licensed where, whose plan, when."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Final

from dashboards.pages.booking import Chosen
from dashboards.pages.visits import VisitsPage
from dashboards.pages.waitlist_wish import PLACES
from dashboards.parts.dialogs import flyout
from dashboards.parts.html import WEEKDAYS, day_and_clock, render
from dashboards.parts.message import Message
from dashboards.parts.replies import Ask, Reply
from workbench.screens.open_slots import OpenSlot, Place, Sought

MOST: Final = 18
AHEAD: Final = timedelta(days=62)
APART: Final = timedelta(hours=1)


@dataclass
class Search:
    """What is asked for so far, and what was found, by the value of its button. texts: the fields as typed."""

    texts: dict[str, str] = field(default_factory=dict)
    weekdays: frozenset[int] = frozenset()
    found: dict[str, OpenSlot] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A field."""
        return self.texts.get(name, "")


FIELDS: Final = ("type_id", "clinician_id", "place", "language", "state", "payer_id", "from_on", "from_at", "until_at")


class FindingPage(VisitsPage):
    """A page from which free times are found and booked."""

    search: Search

    def do_find(self, message: Message) -> Ask:
        """Begin with the first that are free for the usual type."""
        del message
        first = next((one.type_id for one in self.choices.types), "")
        self.search = Search({"type_id": first, "place": Place.ANY, "from_on": self.today.isoformat()})
        return self._ask_search()

    def do_find_change(self, message: Message) -> Ask:
        """Something else is asked for."""
        days = {str(number): number for number in range(7)}
        self.search = Search(
            {name: message.text(name) for name in FIELDS},
            frozenset(days[one] for one in message.all("weekdays") if one in days),
        )
        return self._ask_search()

    def do_find_take(self, message: Message) -> Reply:
        """Book this one."""
        slot = self.search.found.get(message.text("at"))
        if slot is None:
            return self._ask_search()
        at = slot.starts_at.astimezone(self.zone)
        return self.open_booking(
            Chosen(
                at.date(), type_id=self.search.text("type_id"), clinician_id=slot.clinician_id,
                location_id=slot.location_id, at=f"{at:%H:%M}", is_placed=True,
            )
        )  # fmt: skip

    def _ask_search(self) -> Ask:
        asked, names = self.search, dict(self.choices.clinicians)
        asked.found = {str(number): slot for number, slot in enumerate(self._find())}
        times = [
            (value, day_and_clock(slot.starts_at, self.zone), names[slot.clinician_id])
            for value, slot in asked.found.items()
        ]
        html = render(
            "pages/finding.html", asked=asked, times=times, places=PLACES, weekdays=tuple(enumerate(WEEKDAYS)),
            types=[(one.type_id, f"{one.name} · {one.minutes} min") for one in self.choices.types],
            choices=self.choices, today=self.today,
        )  # fmt: skip
        return flyout("Find a time", html)

    def _find(self) -> tuple[OpenSlot, ...]:
        asked = self.search
        from_on = max(_day(asked.text("from_on"), self.today), self.today)
        found: tuple[OpenSlot, ...] = self.calls.open_slots(
            from_on=from_on, until_on=from_on + AHEAD, clinician_id=asked.text("clinician_id"),
            minutes=next((one.minutes for one in self.choices.types if one.type_id == asked.text("type_id")), 50),
            weekdays=asked.weekdays, from_time=_wall(asked.text("from_at"), time.min),
            until_time=_wall(asked.text("until_at"), time.max), most=MOST, apart=APART, with_place=True,
            place=Place(asked.text("place")) if asked.text("place") in set(Place) else Place.ANY,
            sought=Sought(asked.text("language"), asked.text("state").upper(), asked.text("payer_id")),
        )  # fmt: skip
        return tuple(slot for slot in found if slot.clinician_id in dict(self.choices.clinicians))


def _day(text: str, otherwise: date) -> date:
    """Half a date, as somebody types it, is none yet."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


def _wall(text: str, otherwise: time) -> time:
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return otherwise
