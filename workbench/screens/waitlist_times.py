"""Which free time fits who waits: for one of them the first ones, and for each that came free who could take it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import Span, day_of
from workbench.people.names import patients_named, staff_named
from workbench.people.rules import practises
from workbench.people.tables import Location, PatientDetails
from workbench.scheduling.hours import hours_of, taken_on
from workbench.scheduling.tables import Appointment, AppointmentMove, AppointmentStatus, AppointmentType
from workbench.scheduling.waitlist import Standing, Wish, standing
from workbench.scheduling.waitlist_tables import WaitlistEntry, WaitlistOffer
from workbench.scheduling.wishes import last_words, patience_now
from workbench.screens.open_slots import (
    MOST_DAYS,
    OpenSlot,
    Wanted,
    clinicians,
    free_times,
    kinds_of,
    placed,
    spread,
    usual_hours,
)  # fmt: skip
from workbench.screens.sought import sought_of

FREED_WITHIN = timedelta(days=31)
MOST_TIMES = 12
APART = timedelta(hours=1)
INSTANT = timedelta(microseconds=1)


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
    people = patients_named(look, [entry.patient_id])
    wanted = Wanted(minutes, wish=wish, sought=sought_of(look, people)[entry.patient_id])
    until_on = look.today + timedelta(days=MOST_DAYS)
    found = free_times(look, clinicians(look, wish.clinician_id), look.today, until_on, wanted)
    return tuple(islice(spread(placed(look, found, wish.place), APART), MOST_TIMES))


@view(Permission.OFFER_TIME, shows=AuditEvent.WAITLIST_SEEN)
def freed_times(look: Look) -> tuple[FreedTime, ...]:
    """What came free by a cancellation or a move in the month to come, by time, with who could take it."""
    freed = _freed(look, Span(look.now, look.now + FREED_WITHIN))
    if not freed:
        return ()
    names = staff_named(look, {slot.clinician_id for slot in freed})
    places = {place.id: place.name for place in look.scalars(select(Location))}
    people, fitting = _who_fits(look, freed)
    offers = select(WaitlistOffer.entry_id, WaitlistOffer.starts_at).where(WaitlistOffer.starts_at > look.now)
    offered = {(entry_id, starts_at) for entry_id, starts_at in look.execute(offers)}
    found = tuple(
        FreedTime(
            slot.clinician_id, names[slot.clinician_id].shown_name, slot.location_id, places[slot.location_id],
            Span(slot.starts_at, slot.ends_at),
            tuple(
                Fitting(
                    one.id, one.patient_id, people[one.patient_id].shown_name, people[one.patient_id].phone,
                    one.joined_at, (one.id, slot.starts_at) in offered,
                )
                for one in fitting[slot]
            ),
        )
        for slot in freed
    )  # fmt: skip
    look.shown(one.patient_id for time in found for one in time.fitting)
    return found


@view(Permission.OFFER_TIME, shows=AuditEvent.WAITLIST_SEEN)
def how_many_wait_for(look: Look, *, clinician_id: str, starts_at: datetime) -> int:
    """How many could take this one time that came free; a number, nobody by name."""
    freed = [slot for slot in _freed(look, Span(starts_at, starts_at + INSTANT)) if slot.clinician_id == clinician_id]
    return len(_who_fits(look, freed)[1][freed[0]]) if freed else 0


def _who_fits(
    look: Look, freed: Sequence[OpenSlot]
) -> tuple[dict[str, PatientDetails], dict[OpenSlot, list[WaitlistEntry]]]:
    """By time, who could take it, longest waiting first; and the details of those who wait, opened once."""
    waiting = _waiting(look)
    people = patients_named(look, {entry.patient_id for entry, _, _ in waiting})
    sought, kinds = sought_of(look, people), kinds_of(look, {slot.clinician_id for slot in freed})
    return people, {
        slot: [
            entry
            for entry, wish, length in waiting
            if length <= slot.ends_at - slot.starts_at and kinds.fits(slot, wish, sought[entry.patient_id], look.zone)
        ]
        for slot in freed
    }


def _waiting(look: Look) -> list[tuple[WaitlistEntry, Wish, timedelta]]:
    """Who waits within reach, has said so of late, what they wish and how long it takes; longest first."""
    query = select(WaitlistEntry, AppointmentType.minutes).join(
        AppointmentType, AppointmentType.id == WaitlistEntry.type_id
    )
    query = query.where(WaitlistEntry.ended_at.is_(None))
    if (reach := look.reach()) is not None:
        query = query.where(WaitlistEntry.patient_id.in_(reach))
    words = last_words(look, select(WaitlistEntry.id).where(WaitlistEntry.ended_at.is_(None)))
    patience = patience_now(look)
    return [
        (entry, words[entry.id].wish(), timedelta(minutes=minutes))
        for entry, minutes in look.execute(query.order_by(WaitlistEntry.joined_at, WaitlistEntry.id))
        if standing(words[entry.id].said_at, look.now, patience) is not Standing.UNHEARD
    ]


def _freed(look: Look, over: Span) -> list[OpenSlot]:
    """Times given up that begin within the span, free and open still, each once and by time.

    Of others than themselves only for who sees the whole list.
    """
    cancelled = select(
        Appointment.clinician_id, Appointment.starts_at, Appointment.ends_at, Appointment.location_id
    ).where(
        Appointment.status == AppointmentStatus.CANCELLED, Appointment.starts_at > look.now,
        Appointment.starts_at >= over.starts_at, Appointment.starts_at < over.ends_at,
    )  # fmt: skip
    moved = select(
        AppointmentMove.from_clinician_id, AppointmentMove.from_starts_at, AppointmentMove.from_ends_at,
        AppointmentMove.from_location_id,
    ).where(
        AppointmentMove.from_starts_at > look.now, AppointmentMove.from_starts_at >= over.starts_at,
        AppointmentMove.from_starts_at < over.ends_at, AppointmentMove.from_ends_at.is_not(None),
    )  # fmt: skip
    own = None if look.reach() is None else look.actor.person_id
    once: dict[tuple[str, datetime, datetime], OpenSlot] = {}
    for row in (*look.execute(cancelled), *look.execute(moved)):
        slot = OpenSlot(*row)
        if own in (None, slot.clinician_id):
            once.setdefault((slot.clinician_id, slot.starts_at, slot.ends_at), slot)
    return sorted(_still_open(look, list(once.values())), key=lambda one: (one.starts_at, one.clinician_id))


def _still_open(look: Look, freed: list[OpenSlot]) -> list[OpenSlot]:
    """Those that lie in the open hours of a clinician who still practises, with nothing held in them."""
    if not freed:
        return []
    people = {one.id: one for one in clinicians(look)}
    on = {slot: day_of(slot.starts_at, look.zone) for slot in freed}
    first, days = min(on.values()), (max(on.values()) - min(on.values())).days + 1
    hours = hours_of(look, list(people), first, days, usual=usual_hours(look))
    taken = taken_on(look, list(people), first, days, remote=())

    def is_open(slot: OpenSlot) -> bool:
        who, span = people.get(slot.clinician_id), Span(slot.starts_at, slot.ends_at)
        if who is None or not practises(who, on[slot]):
            return False
        if any(span.overlaps(busy.span) for busy in taken.get((who.id, on[slot]), ())):
            return False
        return any(
            one.span.starts_at <= span.starts_at and span.ends_at <= one.span.ends_at
            for one in hours.open(who.id, on[slot])
        )

    return [slot for slot in freed if is_open(slot)]
