"""Offer a free time to somebody on the waitlist."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.time import day_of, utc
from workbench.people.care_team import check_may_join
from workbench.people.places import place_in_use
from workbench.people.rules import check_practising
from workbench.people.tables import Patient, Staff
from workbench.scheduling.held import held_within
from workbench.scheduling.rules import SlotTaken, TypeRetired, booking
from workbench.scheduling.tables import Appointment, AppointmentType
from workbench.scheduling.waitlist import DoesNotFit, OfferAnswer, OfferedAlready, Opening, WaitOver, expiry, fits
from workbench.scheduling.waitlist_tables import WaitlistEntry, WaitlistOffer
from workbench.scheduling.wishes import last_words


@dataclass(frozen=True)
class Offered:
    """Until when it can be accepted."""

    offer_id: str
    expires_at: datetime


@action(Permission.OFFER_TIME, on=WaitlistEntry)
def offer_time(
    work: Work, entry: WaitlistEntry, *, clinician_id: str, location_id: str, starts_at: datetime, within: timedelta
) -> Offered:
    """Write down that this time is offered, and until when. Nothing is held: the first who accepts has it.

    Raises:
        SlotTaken: it is not free. DoesNotFit: they said they cannot take it. OfferedAlready: it is open to them.
        LeadTooShort: it would stand for less than 15 minutes or more than three days.
        NotOnCareTeam, WaitOver, InThePast, TooFarAhead, TypeRetired, ClinicianGone, NotFound.
    """
    if entry.ended_at is not None:
        raise WaitOver
    offered, place = work.get(AppointmentType, entry.type_id), place_in_use(work, location_id)
    if not offered.is_active:
        raise TypeRetired
    span, clinician = booking(utc(starts_at), offered.minutes, work.now), work.get(Staff, clinician_id)
    check_may_join(work, work.get(Patient, entry.patient_id), clinician.id)
    check_practising(clinician, day_of(span.starts_at, work.zone))
    words = last_words(work, select(WaitlistEntry.id).where(WaitlistEntry.id == entry.id))
    if not fits(words[entry.id].wish(), Opening(clinician.id, span.starts_at, place.is_telehealth), work.zone):
        raise DoesNotFit
    if work.scalar(select(Appointment.id).where(Appointment.clinician_id == clinician.id, held_within(span)).limit(1)):
        raise SlotTaken
    open_still = select(WaitlistOffer.id).where(
        WaitlistOffer.entry_id == entry.id, WaitlistOffer.clinician_id == clinician.id,
        WaitlistOffer.starts_at == span.starts_at, WaitlistOffer.answer == OfferAnswer.NONE,
        WaitlistOffer.expires_at > work.now,
    )  # fmt: skip
    if work.scalar(open_still):
        raise OfferedAlready
    offer = WaitlistOffer(
        entry_id=entry.id, patient_id=entry.patient_id, clinician_id=clinician.id, location_id=place.id,
        starts_at=span.starts_at, ends_at=span.ends_at, offered_at=work.now, offered_by=work.actor.user_id,
        expires_at=expiry(work.now, within, span.starts_at),
    )  # fmt: skip
    work.add(offer)
    work.flush()
    work.record(AuditEvent.TIME_OFFERED, subject=offer, clinician_id=clinician.id)
    return Offered(offer.id, offer.expires_at)
