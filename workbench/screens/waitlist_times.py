"""Which free time fits who waits: for one of them the first ones, and for each that came free who could take it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import Span, day_of
from workbench.people.names import patients_named, staff_named
from workbench.people.profile_rules import suits
from workbench.people.profiles import last_profiles
from workbench.people.rules import practises
from workbench.people.tables import Location
from workbench.scheduling.held import held_within
from workbench.scheduling.hours import hours_of
from workbench.scheduling.tables import Appointment, AppointmentMove, AppointmentStatus, AppointmentType
from workbench.scheduling.waitlist import Opening, Standing, Wish, fits, standing, wall
from workbench.scheduling.waitlist_tables import WaitlistEntry, WaitlistOffer
from workbench.scheduling.wishes import last_words
from workbench.screens.open_slots import (
    MOST_DAYS,
    OpenSlot,
    Wanted,
    clinicians,
    free_times,
    placed,
    remote_places,
    spread,
    usual_hours,
)  # fmt: skip
from workbench.screens.sought import sought_of

FREED_WITHIN = timedelta(days=31)
MOST_TIMES = 12
APART = timedelta(hours=1)


@dataclass(frozen=True)
class Fitting:
    """One who waits and could take a time. is_offered: it was offered to them before, whatever they said."""

    entry_id: str
    patient_id: str
    name: str
    phone: str
    joined_at: datetime
    is_offered: bool


@dataclass(frozen=True)
class FreedTime:
    """A time that was booked, is not any more, and is still to come; with who could take it, longest waiting first."""

    clinician_id: str
    clinician_name: str
    location_id: str
    location_name: str
    span: Span
    fitting: tuple[Fitting, ...]


@view(Permission.OFFER_TIME, shows=AuditEvent.WAITLIST_SEEN, on=WaitlistEntry)
def times_for(look: Look, entry: WaitlistEntry) -> tuple[OpenSlot, ...]:
    """The first dozen free times of the next two months that fit their wish, each with a place, an hour apart."""
    look.shown(entry.patient_id)
    wish = last_words(look, select(WaitlistEntry.id).where(WaitlistEntry.id == entry.id))[entry.id].wish()
    minutes = look.scalar(select(AppointmentType.minutes).where(AppointmentType.id == entry.type_id)) or 0
    sought = sought_of(look, [entry.patient_id])[entry.patient_id]
    wanted = Wanted(
        minutes, place=wish.place, sought=sought, weekdays=wish.weekdays, from_time=wall(wish.from_minute),
        until_time=wall(wish.until_minute),
    )  # fmt: skip
    until_on = look.today + timedelta(days=MOST_DAYS)
    found = free_times(look, clinicians(look, wish.clinician_id), look.today, until_on, wanted)
    return tuple(islice(spread(placed(look, found, wish.place), APART), MOST_TIMES))


@view(Permission.OFFER_TIME, shows=AuditEvent.WAITLIST_SEEN)
def freed_times(look: Look) -> tuple[FreedTime, ...]:
    """What came free by a cancellation or a move in the month to come, by time, with who could take it."""
    remote = remote_places(look)
    freed, waiting = _freed(look), _waiting(look)
    names = staff_named(look, {clinician_id for clinician_id, _, _ in freed})
    places = {place.id: place.name for place in look.scalars(select(Location))}
    waits = {entry.patient_id for entry, _, _ in waiting}
    people, sought = patients_named(look, waits), sought_of(look, waits)
    profiles = {key: one.profile() for key, one in last_profiles(look, names).items()}
    offers = select(WaitlistOffer.entry_id, WaitlistOffer.starts_at).where(WaitlistOffer.starts_at > look.now)
    offered = {(entry_id, starts_at) for entry_id, starts_at in look.execute(offers)}
    found = []
    for clinician_id, location_id, span in freed:
        opening = _opening(clinician_id, span.starts_at, location_id, remote)
        fitting = tuple(
            Fitting(
                entry.id, entry.patient_id, people[entry.patient_id].shown_name, people[entry.patient_id].phone,
                entry.joined_at, (entry.id, span.starts_at) in offered,
            )
            for entry, wish, length in waiting
            if length <= span.ends_at - span.starts_at
            and fits(wish, opening, look.zone)
            and suits(
                profiles.get(clinician_id), sought[entry.patient_id], day_of(span.starts_at, look.zone),
                by_video=opening.is_remote,
            )
        )  # fmt: skip
        name = names[clinician_id].shown_name
        found.append(FreedTime(clinician_id, name, location_id, places[location_id], span, fitting))
    look.shown(one.patient_id for time in found for one in time.fitting)
    return tuple(found)


def _opening(clinician_id: str, starts_at: datetime, location_id: str, remote: frozenset[str]) -> Opening:
    return Opening(clinician_id, starts_at, location_id in remote if location_id else None)


def _waiting(look: Look) -> list[tuple[WaitlistEntry, Wish, timedelta]]:
    """Who waits within reach, has said so of late, what they wish and how long it takes; longest first."""
    query = select(WaitlistEntry, AppointmentType.minutes).join(
        AppointmentType, AppointmentType.id == WaitlistEntry.type_id
    )
    query = query.where(WaitlistEntry.ended_at.is_(None))
    if (reach := look.reach()) is not None:
        query = query.where(WaitlistEntry.patient_id.in_(reach))
    words = last_words(look, select(WaitlistEntry.id).where(WaitlistEntry.ended_at.is_(None)))
    return [
        (entry, words[entry.id].wish(), timedelta(minutes=minutes))
        for entry, minutes in look.execute(query.order_by(WaitlistEntry.joined_at, WaitlistEntry.id))
        if standing(words[entry.id].said_at, look.now) is not Standing.UNHEARD
    ]


def _freed(look: Look) -> list[tuple[str, str, Span]]:
    """Times given up, free and open still, each once; of others than themselves only for who sees the whole list."""
    until = look.now + FREED_WITHIN
    cancelled = select(
        Appointment.clinician_id, Appointment.location_id, Appointment.starts_at, Appointment.ends_at
    ).where(
        Appointment.status == AppointmentStatus.CANCELLED, Appointment.starts_at > look.now,
        Appointment.starts_at < until,
    )  # fmt: skip
    moved = select(
        AppointmentMove.from_clinician_id, AppointmentMove.from_location_id, AppointmentMove.from_starts_at,
        AppointmentMove.from_ends_at,
    ).where(
        AppointmentMove.from_starts_at > look.now, AppointmentMove.from_starts_at < until,
        AppointmentMove.from_ends_at.is_not(None),
    )  # fmt: skip
    once: dict[tuple[str, Span], str] = {}
    for clinician_id, location_id, starts_at, ends_at in (*look.execute(cancelled), *look.execute(moved)):
        once.setdefault((clinician_id, Span(starts_at, ends_at)), location_id)
    own = None if look.reach() is None else look.actor.person_id
    found = [(who, where, span) for (who, span), where in once.items() if own in (None, who)]
    return sorted(_still_open(look, found), key=lambda one: (one[2].starts_at, one[0], one[1]))


def _still_open(look: Look, freed: list[tuple[str, str, Span]]) -> list[tuple[str, str, Span]]:
    if not freed:
        return []
    over = Span(min(one[2].starts_at for one in freed), max(one[2].ends_at for one in freed))
    held: dict[str, list[Span]] = {}
    query = select(Appointment.clinician_id, Appointment.starts_at, Appointment.ends_at).where(held_within(over))
    for clinician_id, starts_at, ends_at in look.execute(query):
        held.setdefault(clinician_id, []).append(Span(starts_at, ends_at))
    people = {one.id: one for one in clinicians(look)}
    hours = hours_of(look, list(people), look.today, FREED_WITHIN.days + 2, usual=usual_hours(look))
    return [
        (who, where, span)
        for who, where, span in freed
        if practises(people[who], on := day_of(span.starts_at, look.zone))
        and not any(span.overlaps(other) for other in held.get(who, ()))
        and any(
            one.span.starts_at <= span.starts_at and span.ends_at <= one.span.ends_at for one in hours.open(who, on)
        )
    ]
