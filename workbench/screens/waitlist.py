"""The waitlist: who waits and since when, when they last said so, and what was offered to whom with what answer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.names import patients_named, staff_named
from workbench.people.tables import Location, PatientDetails
from workbench.scheduling.tables import AppointmentType
from workbench.scheduling.waitlist import (
    EVERY_DAY,
    LAST_MINUTE,
    USUAL,
    Leaving,
    OfferAnswer,
    Patience,
    Place,
    Standing,
    Wish,
    minute_of,
    standing,
)
from workbench.scheduling.waitlist_tables import WaitlistEntry, WaitlistOffer
from workbench.scheduling.wishes import last_words, patience_now

__all__ = [
    "EVERY_DAY", "LAST_MINUTE", "Lapsed", "Leaving", "OfferShown", "Patience", "Place", "Standing", "Waiting",
    "Waitlist", "Wish", "minute_of", "waitlist",
]  # fmt: skip

SHOWN_FOR = timedelta(days=30)
MOST = 500


@dataclass(frozen=True)
class Waiting:
    """One who waits. said_at: when they last said so; standing: how fresh that is; offers: how many are open.

    lapses_at: when the wait ends if nothing is heard; None if it never does by itself.
    """

    entry_id: str
    patient_id: str
    name: str
    phone: str
    type_id: str
    type_name: str
    wish: Wish
    clinician_name: str
    joined_at: datetime
    said_at: datetime
    standing: Standing
    offers: int
    version: int
    lapses_at: datetime | None = None


@dataclass(frozen=True)
class Lapsed:
    """A wait that ended by itself in the last month."""

    entry_id: str
    patient_id: str
    name: str
    phone: str
    type_name: str
    joined_at: datetime
    ended_at: datetime
    version: int


@dataclass(frozen=True)
class OfferShown:
    """One offer. answer: what became of it; `expired` where nobody answered in time, "" while it is open."""

    offer_id: str
    patient_id: str
    name: str
    phone: str
    type_name: str
    clinician_name: str
    location_name: str
    starts_at: datetime
    offered_at: datetime
    expires_at: datetime
    answer: str
    answered_at: datetime | None
    version: int


@dataclass(frozen=True)
class Waitlist:
    """waiting: longest first. to_answer: open offers, the one that ends next first. answered: of a month, newest first.

    to_ask: of those who wait, who has not said so for as long as `patience` says, longest unheard first.
    lapsed: what ended by itself in a month, newest first.
    """

    waiting: tuple[Waiting, ...] = ()
    to_answer: tuple[OfferShown, ...] = ()
    answered: tuple[OfferShown, ...] = ()
    lapsed: tuple[Lapsed, ...] = ()
    patience: Patience = USUAL

    @property
    def to_ask(self) -> tuple[Waiting, ...]:
        """Whom somebody has to call."""
        return tuple(
            sorted(
                (one for one in self.waiting if one.standing is not Standing.FRESH), key=lambda one: one.said_at
            )
        )  # fmt: skip


@view(Permission.SEE_WAITLIST, shows=AuditEvent.WAITLIST_SEEN)
def waitlist(look: Look) -> Waitlist:
    """Everybody within reach who waits, and the offers of the last month."""
    reach = look.reach()
    mine = () if reach is None else (WaitlistEntry.patient_id.in_(reach),)
    query = select(WaitlistEntry).where(WaitlistEntry.ended_at.is_(None), *mine)
    entries = look.scalars(query.order_by(WaitlistEntry.joined_at, WaitlistEntry.id).limit(MOST)).all()
    since = look.now - SHOWN_FOR
    ended = select(WaitlistEntry).where(
        WaitlistEntry.ended_why == Leaving.LAPSED, WaitlistEntry.ended_at > since, *mine
    )
    lapsed = look.scalars(ended.order_by(WaitlistEntry.ended_at.desc(), WaitlistEntry.id).limit(MOST)).all()
    offers = _offers(look)
    attending = {one.patient_id for one in (*entries, *lapsed)} | {offer.patient_id for offer, _ in offers}
    people = patients_named(look, attending)
    types = {kind.id: kind.name for kind in look.scalars(select(AppointmentType))}
    patience = patience_now(look)
    waiting = _waiting(look, entries, offers, people, types, patience)
    shown = _shown(look, offers, people, types)
    look.shown(attending)
    to_answer = sorted((one for one in shown if not one.answer), key=lambda one: (one.expires_at, one.offer_id))
    over = tuple(
        Lapsed(one.id, one.patient_id, people[one.patient_id].shown_name, people[one.patient_id].phone,
               types[one.type_id], one.joined_at, one.ended_at, one.version)
        for one in lapsed if one.ended_at is not None
    )  # fmt: skip
    return Waitlist(waiting, tuple(to_answer), tuple(one for one in shown if one.answer), over, patience)


def _offers(look: Look) -> list[tuple[WaitlistOffer, str]]:
    query = select(WaitlistOffer, WaitlistEntry.type_id).join(WaitlistEntry, WaitlistEntry.id == WaitlistOffer.entry_id)
    is_open = WaitlistOffer.answer == OfferAnswer.NONE
    query = query.where(or_(WaitlistOffer.offered_at > look.now - SHOWN_FOR, is_open))
    if (reach := look.reach()) is not None:
        query = query.where(WaitlistOffer.patient_id.in_(reach))
    newest = query.order_by(WaitlistOffer.offered_at.desc(), WaitlistOffer.id).limit(MOST)
    return [(offer, type_id) for offer, type_id in look.execute(newest)]


def _state(offer: WaitlistOffer, now: datetime) -> str:
    return "expired" if offer.answer == OfferAnswer.NONE and offer.expires_at <= now else offer.answer


def _waiting(
    look: Look, entries: Sequence[WaitlistEntry], offers: list[tuple[WaitlistOffer, str]],
    people: dict[str, PatientDetails], types: dict[str, str], patience: Patience,
) -> tuple[Waiting, ...]:  # fmt: skip
    words = last_words(look, select(WaitlistEntry.id).where(WaitlistEntry.ended_at.is_(None)))
    named = staff_named(look, {words[one.id].clinician_id or "" for one in entries})
    still_open = Counter(offer.entry_id for offer, _ in offers if not _state(offer, look.now))
    return tuple(
        Waiting(
            entry_id=one.id, patient_id=one.patient_id, name=people[one.patient_id].shown_name,
            phone=people[one.patient_id].phone, type_id=one.type_id, type_name=types[one.type_id],
            wish=(word := words[one.id]).wish(),
            clinician_name=named[word.clinician_id].shown_name if word.clinician_id else "",
            joined_at=one.joined_at, said_at=word.said_at, standing=standing(word.said_at, look.now, patience),
            offers=still_open[one.id],
            version=one.version,
            lapses_at=patience.lapses_at(word.said_at),
        )
        for one in entries
    )  # fmt: skip


def _shown(
    look: Look, offers: list[tuple[WaitlistOffer, str]], people: dict[str, PatientDetails], types: dict[str, str]
) -> tuple[OfferShown, ...]:
    named = staff_named(look, {offer.clinician_id for offer, _ in offers})
    places = {place.id: place.name for place in look.scalars(select(Location))}
    return tuple(
        OfferShown(
            offer_id=offer.id, patient_id=offer.patient_id, name=people[offer.patient_id].shown_name,
            phone=people[offer.patient_id].phone, type_name=types[type_id],
            clinician_name=named[offer.clinician_id].shown_name, location_name=places[offer.location_id],
            starts_at=offer.starts_at, offered_at=offer.offered_at, expires_at=offer.expires_at,
            answer=_state(offer, look.now), answered_at=offer.answered_at, version=offer.version,
        )
        for offer, type_id in offers
    )  # fmt: skip
