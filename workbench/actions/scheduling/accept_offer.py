"""Book the time that somebody on the waitlist was offered and says yes to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.actor import IN_CARE
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.time import day_of
from workbench.people.care_team import join_by_rule, join_care_team
from workbench.people.places import place_in_use
from workbench.people.rules import check_practising
from workbench.people.tables import Patient, Staff
from workbench.scheduling.holding import attend, hold
from workbench.scheduling.rules import SlotTaken, TypeRetired, booking
from workbench.scheduling.tables import AppointmentType
from workbench.scheduling.waitlist import Leaving, OfferAnswer
from workbench.scheduling.waitlist_tables import WaitlistEntry, WaitlistOffer
from workbench.scheduling.wishes import answer, check_open, end_wait


@dataclass(frozen=True)
class Accepted:
    """The appointment. others: how many offers ended with this one, of the same time or to the same person."""

    appointment_id: str
    starts_at: datetime
    others: int
    joined_care_team: bool


@action(Permission.ACCEPT_OFFER, on=WaitlistOffer, refuses={"double_booking": SlotTaken})
def accept_offer(work: Work, offer: WaitlistOffer) -> Accepted:
    """Book it, end the wait, and take every other offer of this time back: one transaction, and the first has it.

    Raises:
        OfferOver: it was answered, or its time has run out. SlotTaken: the clinician has somebody else then.
        WaitOver, InThePast, TypeRetired, ClinicianGone. NotOnCareTeam: the actor may not assign care teams.
    """
    entry = work.get(WaitlistEntry, offer.entry_id)
    check_open(offer, entry, work.now)
    offered, clinician = work.get(AppointmentType, entry.type_id), work.get(Staff, offer.clinician_id)
    if not offered.is_active:
        raise TypeRetired
    span = booking(offer.starts_at, offered.minutes, work.now)
    check_practising(clinician, day_of(span.starts_at, work.zone))
    patient = work.get(Patient, offer.patient_id)
    # Whoever offered the time said thereby, for the person to accept, that this clinician sees them.
    join = join_by_rule if work.actor.roles & IN_CARE else join_care_team
    joined = join(work, patient, clinician.id)
    appointment = hold(
        work, span, clinician_id=clinician.id, type_id=offered.id, location_id=place_in_use(work, offer.location_id).id
    )
    attend(work, appointment.id, patient.id)
    offer.appointment_id = appointment.id
    answer(work, offer, OfferAnswer.ACCEPTED)
    work.flush()
    others = _same_time(work, offer)
    for one in others:
        answer(work, one, OfferAnswer.GONE)
    work.flush()  # so that none of them is counted once more among the person's own
    ended = len(others) + end_wait(work, entry, Leaving.BOOKED)
    work.record(AuditEvent.APPOINTMENT_BOOKED, subject=appointment, patient_id=patient.id, clinician_id=clinician.id)
    work.record(AuditEvent.OFFER_ACCEPTED, appointment_id=appointment.id, others=ended)
    return Accepted(appointment.id, span.starts_at, ended, joined)


def _same_time(work: Work, offer: WaitlistOffer) -> list[WaitlistOffer]:
    query = select(WaitlistOffer).where(
        WaitlistOffer.clinician_id == offer.clinician_id, WaitlistOffer.starts_at < offer.ends_at,
        WaitlistOffer.ends_at > offer.starts_at, WaitlistOffer.answer == OfferAnswer.NONE,
    )  # fmt: skip
    return list(work.scalars(query))
