"""What a session costs, charged and booked with the signature that locks its note. Shared by signing and co-signing."""

from datetime import timedelta

from sqlalchemy import func, select

from workbench.billing.capture import SessionHeld, capture_charge
from workbench.billing.rules import Held, HeldBecause
from workbench.charting.tables import Note
from workbench.claims.queries import coverage_on
from workbench.claims.tables import Coverage
from workbench.gate.work import Work
from workbench.kernel.ids import ChargeId
from workbench.kernel.money import Cents
from workbench.ledger import rules as ledger
from workbench.ledger.book import Booking, book
from workbench.ledger.tables import EntryKind
from workbench.people.tables import Location
from workbench.scheduling.groups import is_charged_to_another
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance


def charge_session(work: Work, note: Note) -> tuple[ChargeId | None, str]:
    """The charge of a note's session, now in the books; None where nothing is charged, and why."""
    attendance = work.get(Attendance, note.attendance_id)
    if is_charged_to_another(work, attendance):
        return None, HeldBecause.CHARGED_ONCE
    session = _session(work, note, attendance)
    charge = capture_charge(work, session)
    if isinstance(charge, Held):
        return None, charge.because
    if charge.amount_cents:
        lines = ledger.charge(charge.id, note.patient_id, session.payer_id, Cents(charge.amount_cents))
        book(work, [Booking(EntryKind.CHARGE, "charges", charge.id, note.service_on, lines)])
    return ChargeId(charge.id), ""


def _session(work: Work, note: Note, attendance: Attendance) -> SessionHeld:
    appointment = work.get(Appointment, attendance.appointment_id)
    attending = select(func.count()).where(Attendance.appointment_id == appointment.id)
    plan: Coverage | None = work.scalar(coverage_on(note.patient_id, note.service_on).limit(1))
    return SessionHeld(
        attendance_id=attendance.id,
        note_id=note.id,
        patient_id=note.patient_id,
        clinician_id=appointment.clinician_id,
        service_on=note.service_on,
        minutes=(appointment.ends_at - appointment.starts_at) // timedelta(minutes=1),
        service_code=work.get(AppointmentType, appointment.type_id).service_code,
        place_code=work.get(Location, appointment.location_id).place_code,
        diagnoses=note.text.diagnoses,
        payer_id=plan.payer_id if plan else None,
        coverage_id=plan.id if plan else None,
        is_individual=work.scalar(attending) == 1,
    )
