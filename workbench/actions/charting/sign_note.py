"""Sign a note and lock it for good; what the session costs is charged and booked with the signature or not at all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from workbench.billing.capture import SessionHeld, capture_charge
from workbench.billing.rules import Held, HeldBecause
from workbench.charting.rules import (
    NoteLocked,
    SessionNotHeld,
    SessionNotOver,
    check_signable,
    content_hash,
    signature_of,
)
from workbench.charting.tables import Note, NoteState
from workbench.claims.queries import coverage_on
from workbench.claims.tables import Coverage
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.ids import ChargeId, NoteId
from workbench.kernel.money import Cents
from workbench.ledger import rules as ledger
from workbench.ledger.book import REFUSES, Booking, book
from workbench.ledger.tables import EntryKind
from workbench.people.tables import Location, Staff
from workbench.scheduling.groups import is_charged_to_another
from workbench.scheduling.moves import move_attendance
from workbench.scheduling.rules import ABSENT
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance, AttendanceStatus


@dataclass(frozen=True)
class Signed:
    """The locked note: when and as whom it was signed, and the SHA-256 (hex) of what was signed.

    charge_id: what the session costs, now in the books; None where nothing is charged, and `held_because` says why.
    """

    note_id: NoteId
    signed_at: datetime
    signed_as: str
    content_hash: str
    version: int
    charge_id: ChargeId | None
    held_because: str


@action(Permission.SIGN_NOTE, on=Note, refuses={"note_locked": NoteLocked, **REFUSES})
def sign_note(work: Work, note: Note) -> Signed:
    """Sign the text as it stands, with the author's name and credentials of today; afterwards the database keeps it.

    The signature says that the session took place, so an attendance whose time has passed is completed by it.

    Raises:
        NoteLocked: signed before. NoteIncomplete: with what is missing, by field. SessionNotOver, SessionNotHeld.
    """
    if note.state == NoteState.LOCKED:
        raise NoteLocked
    check_signable(note.text)
    attendance = work.get(Attendance, note.attendance_id)
    _complete(work, attendance)
    note.signed_at, note.signed_as = work.now, work.get(Staff, note.author_id).details.shown_name
    note.content_hash = content_hash(signature_of(note), note.text)
    note.state = NoteState.LOCKED
    work.flush()
    charge_id, held_because = _charge(work, note, attendance)
    work.record(
        AuditEvent.NOTE_SIGNED,
        attendance_id=attendance.id,
        charge_id=charge_id or "",
        held_because=held_because,
        content_hash=note.content_hash.hex(),
    )
    return Signed(
        NoteId(note.id), work.now, note.signed_as, note.content_hash.hex(), note.version, charge_id, held_because
    )


def _complete(work: Work, attendance: Attendance) -> None:
    if attendance.status in ABSENT:
        raise SessionNotHeld
    if attendance.status == AttendanceStatus.COMPLETED:
        return
    if work.now < work.get(Appointment, attendance.appointment_id).ends_at:
        raise SessionNotOver
    move_attendance(work, attendance, AttendanceStatus.COMPLETED, reason="note signed")


def _charge(work: Work, note: Note, attendance: Attendance) -> tuple[ChargeId | None, str]:
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
