"""Choosing a time by oneself: service, place, clinician, a free time; then what it means, and the button."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from workbench.actions.scheduling.book_own_time import book_own_time
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import day_of
from workbench.portal.page import PortalPage
from workbench.portal.pages.appointments import PATH as APPOINTMENTS
from workbench.screens.own_appointments import own_appointments
from workbench.screens.own_times import OwnService, OwnSlot, own_services, own_slots

PATH: Final = "/portal/book"
CONFIRM: Final = f"{PATH}/confirm"
_LATEST: Final = 4_102_444_800
"""Seconds since 1970 until the year 2100: whatever is typed into an address stays a date."""


def day_in(typed: str) -> date | None:
    """The day an address names, None where it names none."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def instant_in(typed: str) -> datetime | None:
    """The instant that a page named in seconds since 1970, None where it names none."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 10 and int(typed) < _LATEST):
        return None
    return datetime.fromtimestamp(int(typed), UTC)


def address(path: str, **values: str) -> str:
    """A path with what was chosen so far; only ids, days and instants."""
    return f"{path}?{urlencode({key: value for key, value in values.items() if value})}"


def by_day(slots: Iterable[OwnSlot], zone: ZoneInfo) -> list[list[OwnSlot]]:
    """The times of each of the practice's days, in order."""
    return [list(some) for _, some in groupby(slots, key=lambda one: day_of(one.starts_at, zone))]


@dataclass(frozen=True)
class Choice:
    """What was pressed: a service at one time of one clinician at one place."""

    service: OwnService
    slot: OwnSlot


class Book(PortalPage):
    """The services, and the free times of the one that is chosen."""

    path = PATH
    title_key = "book.title"
    menu_key = "book.menu"

    async def get(self) -> None:
        """Reading: nothing is held yet."""
        services = await self.ask(own_services, self.whom.patient_id)
        asked = {name: self.get_query_argument(name, "") for name in ("type", "place", "who", "from")}
        chosen = next((one for one in services if one.type_id == asked["type"] and not one.is_full), None)
        if chosen is None:
            self.page("book.html", services=services)
            return
        slots = await self.ask(
            own_slots, self.whom.patient_id, type_id=chosen.type_id, place=asked["place"], clinician_id=asked["who"],
            from_on=day_in(asked["from"]),
        )  # fmt: skip
        kept = {"type": chosen.type_id, "place": asked["place"], "who": asked["who"]}
        later = address(PATH, **kept, **{"from": slots.later_on.isoformat()}) if slots.later_on else ""
        self.page(
            "book_times.html", service=chosen, days=by_day(slots.slots, self.portal.gate.zone), asked=asked,
            later=later, link=lambda slot: _confirming(chosen.type_id, slot),
        )  # fmt: skip


class ConfirmBooking(PortalPage):
    """What choosing this time means, and the button that does it."""

    path = CONFIRM
    title_key = "book.confirm_title"

    async def get(self) -> None:
        """The question."""
        choice = await self._picked(*(self.get_query_argument(name, "") for name in ("type", "who", "where", "at")))
        if choice is None:
            self.go_on(PATH)
            return
        await self._ask(choice)

    async def post(self) -> None:
        """Hold it; where somebody else was faster, the other times are one press away."""
        type_id, who, where, at = (self.typed(name) for name in ("type", "who", "where", "at"))
        starts_at = instant_in(at)
        if starts_at is None:
            self.go_on(PATH)
            return
        try:
            done = await self.do(
                book_own_time, self.whom.patient_id, type_id=type_id, clinician_id=who, location_id=where,
                starts_at=starts_at,
            )  # fmt: skip
        except WorkbenchError as refusal:
            self.page("book_refused.html", 409, problems=self.problems(refusal), back=address(PATH, type=type_id))
            return
        self.go_on(APPOINTMENTS, "book.requested" if done.lapses_at else "book.booked")

    async def _ask(self, choice: Choice) -> None:
        notice = (await self.ask(own_appointments, self.whom.patient_id)).notice_hours
        at, back = int(choice.slot.starts_at.timestamp()), address(PATH, type=choice.service.type_id)
        self.page("book_confirm.html", one=choice.slot, service=choice.service, notice=notice, at=at, back=back)

    async def _picked(self, type_id: str, who: str, where: str, at: str) -> Choice | None:
        starts_at = instant_in(at)
        services = await self.ask(own_services, self.whom.patient_id)
        service = next((one for one in services if one.type_id == type_id), None)
        if service is None or starts_at is None:
            return None
        for place in ("office", "video"):
            slots = await self.ask(
                own_slots, self.whom.patient_id, type_id=type_id, place=place, clinician_id=who, exactly_at=starts_at
            )
            slot = slots.chosen(starts_at, who, where)
            if slot is not None:
                return Choice(service, slot)
        return None


def _confirming(type_id: str, slot: OwnSlot) -> str:
    at = str(int(slot.starts_at.timestamp()))
    return address(CONFIRM, type=type_id, who=slot.clinician_id, where=slot.location_id, at=at)
