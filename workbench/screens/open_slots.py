"""Free times: when clinicians could see somebody, and where. Nobody's health data, so it names no patient."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import Span, day_of, whole_day
from workbench.people.profile_rules import ANYBODY, Profile, Sought, suits
from workbench.people.profiles import last_profiles
from workbench.people.rules import practises
from workbench.people.tables import Location, Practice, Staff
from workbench.scheduling.availability import Day, Plan, starts, usual_plan
from workbench.scheduling.hours import Hours, Taken, hours_of, taken_on
from workbench.scheduling.series import taken_times
from workbench.scheduling.waitlist import EVERY_DAY, LAST_MINUTE, Opening, Place, Wish, fits, minute_of

__all__ = ["MOST_DAYS", "OpenSlot", "Place", "Sought", "Wanted", "open_slots"]

MOST_DAYS = 62
MOST_AT_ONCE = 14
NO_TIME = timedelta()


@dataclass(frozen=True)
class OpenSlot:
    """A time at which the clinician is free for as long as was asked. location_id: "" where they may be anywhere."""

    clinician_id: str
    starts_at: datetime
    ends_at: datetime
    location_id: str = ""


@dataclass(frozen=True)
class Wanted:
    """What a free time must be like: how long, at which place ("" is any), when and how, and whom it must suit."""

    minutes: int
    location_id: str = ""
    wish: Wish = field(default_factory=Wish)
    sought: Sought = ANYBODY


@dataclass(frozen=True)
class Kinds:
    """Which places are reached by video, and whom each clinician can take; who never said is not ruled out."""

    remote: frozenset[str]
    profiles: Mapping[str, Profile]

    def fits(self, slot: OpenSlot, wish: Wish, sought: Sought, zone: ZoneInfo) -> bool:
        """Whether somebody could take this time. Where the clinician could be anywhere, their wish says by what way."""
        by_video = slot.location_id in self.remote if slot.location_id else None
        if not fits(wish, Opening(slot.clinician_id, slot.starts_at, by_video), zone):
            return False
        seen = True if by_video is None and wish.place is Place.VIDEO else by_video
        profile = self.profiles.get(slot.clinician_id)
        return suits(profile, sought, day_of(slot.starts_at, zone), by_video=seen)


def kinds_of(look: Look, staff_ids: Collection[str]) -> Kinds:
    """Of these clinicians."""
    said = last_profiles(look, staff_ids)
    return Kinds(remote_places(look), {key: one.profile() for key, one in said.items()})


@view(Permission.BOOK_APPOINTMENT, shows=AuditEvent.SCHEDULE_SEEN)
def open_slots(
    look: Look, *, from_on: date, until_on: date, minutes: int, clinician_id: str = "", location_id: str = "",
    weekdays: frozenset[int] = frozenset(), from_time: time = time.min, until_time: time = time.max,
    moving_id: str = "", most: int = 50, place: Place = Place.ANY, sought: Sought = ANYBODY, apart: timedelta = NO_TIME,
    with_place: bool = False, room_id: str = "",
) -> tuple[OpenSlot, ...]:  # fmt: skip
    """The first free times still to come, from `from_on` until before `until_on` (two months at most), by time.

    moving_id: the appointment that is to be moved and so does not stand in its own way. sought: what the clinician must
    be able to take (language, payer, licence where somebody is seen by video). apart: between two of one clinician.
    with_place: each says where, also where the clinician could be anywhere. room_id: only while that room is free.
    By each clinician's hours, time away, limit and gaps; the database has the last word when one is booked.
    """
    until_on = min(until_on, from_on + timedelta(days=MOST_DAYS))
    until_minute = LAST_MINUTE if until_time == time.max else minute_of(until_time)
    wish = Wish("", place, weekdays or EVERY_DAY, minute_of(from_time), until_minute)
    wanted = Wanted(minutes, location_id, wish, sought)
    people = clinicians(look, clinician_id)
    found = free_times(look, people, from_on, until_on, wanted, moving_id=moving_id)
    if room_id:
        found = _in_room(look, found, room_id, from_on, until_on, moving_id)
    return tuple(islice(spread(placed(look, found, place) if with_place else found, apart), most))


def _in_room(
    look: Look, slots: Iterable[OpenSlot], room_id: str, from_on: date, until_on: date, moving_id: str
) -> Iterator[OpenSlot]:
    """Those at which nobody else is in the room."""
    over = Span(whole_day(from_on, look.zone).starts_at, whole_day(until_on, look.zone).starts_at)
    taken = taken_times(look, "", over, room_id, but=moving_id)
    return (one for one in slots if not any(Span(one.starts_at, one.ends_at).overlaps(span) for span in taken))


def placed(look: Look, slots: Iterable[OpenSlot], place: Place) -> Iterator[OpenSlot]:
    """Each with a place: where the clinician could be anywhere, an office, or video for who wants that.

    Without such a place in the practice, the slot is left out.
    """
    in_use = Location.retired_at.is_(None)
    kind = select(Location.id).where(Location.is_telehealth.is_(place is Place.VIDEO), in_use).order_by(Location.name)
    usual = look.scalar(kind.limit(1)) or ""
    return (
        replace(one, location_id=one.location_id or usual) for one in slots if one.location_id or usual
    )  # fmt: skip


def spread(slots: Iterable[OpenSlot], apart: timedelta) -> Iterator[OpenSlot]:
    """Without those that begin less than `apart` after another of the same clinician."""
    last: dict[str, datetime] = {}
    for one in slots:
        if one.clinician_id not in last or one.starts_at - last[one.clinician_id] >= apart:
            last[one.clinician_id] = one.starts_at
            yield one


def usual_hours(look: Look) -> Plan:
    """The hours of whoever has said nothing else: the practice's."""
    opens, closes = look.execute(select(Practice.opens_hour, Practice.closes_hour)).first() or (8, 18)
    return usual_plan(opens, closes)


def remote_places(look: Look) -> frozenset[str]:
    """The places reached by video."""
    return frozenset(look.scalars(select(Location.id).where(Location.is_telehealth.is_(True))))


def free_times(
    look: Look, people: list[Staff], from_on: date, until_on: date, wanted: Wanted, *, moving_id: str = ""
) -> Iterator[OpenSlot]:
    """Every free time of these clinicians that is as wanted, by time, asked for as far as it is read."""
    ids = [one.id for one in people]
    kinds = kinds_of(look, ids)
    begin, days = max(from_on, look.today), 1
    hours = hours_of(look, ids, begin, max((until_on - begin).days, 0), usual=usual_hours(look))
    # Whoever wants the first few seldom needs more than a day or two, so the stretch that is asked for grows.
    while begin < until_on:
        days = min(days, (until_on - begin).days)
        taken = taken_on(look, ids, begin, days, remote=kinds.remote, moving_id=moving_id)
        for number in range(days):
            yield from _of_day(look, people, hours, taken, kinds, begin + timedelta(days=number), wanted)
        begin, days = begin + timedelta(days=days), min(days * 2, MOST_AT_ONCE)


def _of_day(
    look: Look, people: list[Staff], hours: Hours, taken: Taken, kinds: Kinds, on: date, wanted: Wanted
) -> list[OpenSlot]:
    if on.weekday() not in wanted.wish.weekdays:
        return []
    length = timedelta(minutes=wanted.minutes)
    found = (
        OpenSlot(clinician.id, at, at + length, where)
        for clinician in people
        if practises(clinician, on)
        for at, where in starts(_day(hours, taken, kinds.remote, clinician.id, on), wanted.minutes, wanted.location_id)
        if at > look.now
    )
    fitting = (one for one in found if kinds.fits(one, wanted.wish, wanted.sought, look.zone))
    return sorted(fitting, key=lambda slot: (slot.starts_at, slot.clinician_id, slot.location_id))


def _day(hours: Hours, taken: Taken, remote: frozenset[str], staff_id: str, on: date) -> Day:
    busy = taken.get((staff_id, on), ())
    return Day(hours.open(staff_id, on), busy, hours.plan(staff_id, on), hours.zone, remote)


def clinicians(look: Look, clinician_id: str = "") -> list[Staff]:
    """All of them, or the one."""
    seeing = select(Staff).where(Staff.is_clinician.is_(True))
    return list(look.scalars(seeing.where(Staff.id == clinician_id) if clinician_id else seeing))
