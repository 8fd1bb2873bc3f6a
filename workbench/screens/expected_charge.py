"""What the signature of a note will charge, told before it: the code time and place make, and what would hold it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from workbench.billing.claim_rules import ClaimFacts, holds
from workbench.billing.holding import spans
from workbench.billing.rules import Fee, Held, HeldBecause, charge_for
from workbench.billing.tables import Service
from workbench.gate.view import Look
from workbench.kernel.money import Cents
from workbench.kernel.time import day_of
from workbench.people.tables import Location
from workbench.scheduling.group_tables import PatientGroup
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance

_NOTHING = {
    HeldBecause.TOO_SHORT: "Too short for a code: nothing is charged.",
    HeldBecause.NO_FEE: "No fee of the practice fits: nothing is charged yet.",
}


@dataclass(frozen=True)
class ExpectedCharge:
    """code: "" where nothing is charged. told: what billing will stop at, a sentence each."""

    code: str
    modifiers: tuple[str, ...]
    minutes: int
    place: str
    told: tuple[str, ...]


def expected_charge(look: Look, appointment: Appointment, patient_id: str) -> ExpectedCharge:
    """As the appointment stands now, by the practice's fees; a couple's and a family's session is one person's."""
    minutes = (appointment.ends_at - appointment.starts_at) // timedelta(minutes=1)
    place = look.get(Location, appointment.location_id).place_code
    group = look.get(PatientGroup, appointment.group_id) if appointment.group_id else None
    if group is not None and group.billed_id not in (None, patient_id):
        return ExpectedCharge("", (), minutes, place, ("The session is charged with another one's note.",))
    people = look.scalar(select(func.count()).where(Attendance.appointment_id == appointment.id))
    draft = charge_for(
        minutes=minutes, service_code=look.get(AppointmentType, appointment.type_id).service_code,
        fees=[Fee(one.code, Cents(one.amount_cents), one.least_minutes, one.most_minutes)
              for one in look.scalars(select(Service).where(Service.is_active))],
        place_code=place, is_individual=people == 1,
    )  # fmt: skip
    if isinstance(draft, Held):
        return ExpectedCharge("", (), minutes, place, (_NOTHING[draft.because],))
    on = day_of(appointment.starts_at, look.zone)
    facts = ClaimFacts(
        code=draft.code, modifiers=draft.modifiers, minutes=minutes, place=place, on=on, note_on=on, needs_note=True,
        session_minutes=minutes, session_place=place, session_people=people, spans=spans(look),
    )  # fmt: skip
    return ExpectedCharge(draft.code, draft.modifiers, minutes, place, tuple(one.says for one in holds(facts)))
