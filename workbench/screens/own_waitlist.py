"""What a person in care waits for, and the times that are offered to them: no word about anybody else who waits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.names import staff_named
from workbench.people.tables import Location, Patient
from workbench.scheduling.tables import AppointmentType
from workbench.scheduling.waitlist import EVERY_DAY, LAST_MINUTE, Leaving, OfferAnswer, Place, Wish
from workbench.scheduling.waitlist_tables import WaitlistEntry, WaitlistOffer
from workbench.scheduling.wishes import last_words

__all__ = ["EVERY_DAY", "LAST_MINUTE", "Leaving", "OwnOffer", "OwnWait", "OwnWaitlist", "Place", "Wish", "own_waitlist"]


@dataclass(frozen=True)
class OwnOffer:
    """A time that can be accepted until `expires_at`; the first who accepts has it."""

    offer_id: str
    starts_at: datetime
    ends_at: datetime
    kind: str
    clinician: str
    place: str
    is_video: bool
    expires_at: datetime


@dataclass(frozen=True)
class OwnWait:
    """One kind of appointment they wait for."""

    entry_id: str
    type_id: str
    kind: str
    wish: Wish
    clinician: str
    joined_at: datetime


@dataclass(frozen=True)
class OwnWaitlist:
    """offers: the one that ends next first."""

    waits: tuple[OwnWait, ...]
    offers: tuple[OwnOffer, ...]


@view(Permission.SEE_OWN_WAITLIST, shows=AuditEvent.OWN_WAITLIST_SEEN, on=Patient)
def own_waitlist(look: Look, patient: Patient) -> OwnWaitlist:
    """What is open now."""
    look.shown(patient.id)
    waiting = (WaitlistEntry.patient_id == patient.id, WaitlistEntry.ended_at.is_(None))
    entries = look.execute(
        select(WaitlistEntry, AppointmentType.name)
        .join(AppointmentType, AppointmentType.id == WaitlistEntry.type_id)
        .where(*waiting)
        .order_by(WaitlistEntry.joined_at, WaitlistEntry.id)
    ).all()
    kinds = {entry.id: kind for entry, kind in entries}
    words = {key: word.wish() for key, word in last_words(look, select(WaitlistEntry.id).where(*waiting)).items()}
    offers = look.execute(
        select(WaitlistOffer, Location.name, Location.is_telehealth)
        .join(Location, Location.id == WaitlistOffer.location_id)
        .where(
            WaitlistOffer.entry_id.in_(kinds), WaitlistOffer.answer == OfferAnswer.NONE,
            WaitlistOffer.expires_at > look.now,
        )
        .order_by(WaitlistOffer.expires_at, WaitlistOffer.id)
    ).all()  # fmt: skip
    who = {offer.clinician_id for offer, *_ in offers} | {wish.clinician_id for wish in words.values()} - {""}
    names = {key: one.shown_name for key, one in staff_named(look, who).items()}
    return OwnWaitlist(
        tuple(
            OwnWait(
                entry.id, entry.type_id, kind, words[entry.id], names.get(words[entry.id].clinician_id, ""),
                entry.joined_at,
            )
            for entry, kind in entries
        ),
        tuple(
            OwnOffer(
                offer.id, offer.starts_at, offer.ends_at, kinds[offer.entry_id], names[offer.clinician_id], place,
                is_video, offer.expires_at,
            )
            for offer, place, is_video in offers
        ),
    )  # fmt: skip
