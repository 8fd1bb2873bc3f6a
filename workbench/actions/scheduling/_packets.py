"""What a booking asks somebody to fill in or to sign before they come. Shared by the verbs of this area."""

from sqlalchemy import or_, select

from workbench.claims.tables import Coverage, Payer
from workbench.gate.work import Work
from workbench.intake.consents import ConsentKind, consent_in_force
from workbench.intake.packets import assign_by_rule, packets_now
from workbench.intake.rules import BookingFacts
from workbench.kernel.time import day_of, whole_years
from workbench.people.tables import Location, Patient
from workbench.scheduling.tables import Appointment, Attendance


def assign_packets(work: Work, patient: Patient, appointment: Appointment) -> None:
    """Every packet whose rules fit this appointment, wanted by its day."""
    if not packets_now(work):
        return
    on = day_of(appointment.starts_at, work.zone)
    another = select(Attendance.id).where(
        Attendance.patient_id == patient.id, Attendance.appointment_id != appointment.id
    )
    plans = (
        select(Payer.filing)
        .join(Coverage, Coverage.payer_id == Payer.id)
        .where(Coverage.patient_id == patient.id, Coverage.from_on <= on)
        .where(or_(Coverage.until_on.is_(None), Coverage.until_on > on))
    )
    facts = BookingFacts(
        is_first=work.scalar(another.limit(1)) is None,
        age=whole_years(patient.details.born_on, on),
        is_telehealth=work.get(Location, appointment.location_id).is_telehealth,
        type_id=appointment.type_id,
        payers=frozenset(work.scalars(plans)),
    )
    assign_by_rule(work, patient.id, facts, on)


def lacks_consent(work: Work, appointment: Appointment, patient_id: str) -> bool:
    """Whether it is by video and no consent to telehealth holds on its day."""
    on = day_of(appointment.starts_at, work.zone)
    is_video = work.get(Location, appointment.location_id).is_telehealth
    return is_video and consent_in_force(work, patient_id, ConsentKind.TELEHEALTH, on) is None
