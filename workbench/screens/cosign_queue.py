"""What waits for one's co-signature, the longest waiting first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from workbench.charting.cosigning import ATTESTED_WORDS, Attested, supervisees
from workbench.charting.late import late_entry
from workbench.charting.plan_tables import TreatmentPlan
from workbench.charting.tables import Note, NoteState
from workbench.forms.tables import FormResponse, FormTemplate, FormVersion, ResponseState
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.names import patients_named, staff_named
from workbench.scheduling.tables import Appointment, Attendance

__all__ = ["ATTESTED_WORDS", "Attested", "CosignLine", "cosign_queue"]

OLD_AFTER: Final = timedelta(days=7)
"""A signature that waits longer is late: most payers ask for both within the week."""


@dataclass(frozen=True)
class CosignLine:
    """One note, form or plan. path: where it is read and co-signed, below the base. seen_at: when the list was made.

    is_late_entry: a note that was begun later after its session than the practice allows.
    """

    key: str
    path: str
    what: str
    patient_name: str
    author_name: str
    signed_at: datetime
    seen_at: datetime
    is_late_entry: bool = False

    @property
    def days(self) -> int:
        """Whole days it waits."""
        return (self.seen_at - self.signed_at).days

    @property
    def is_late(self) -> bool:
        """Whether it waits longer than a week."""
        return self.seen_at - self.signed_at > OLD_AFTER


@view(Permission.COSIGN, shows=AuditEvent.COSIGN_QUEUE_SEEN)
def cosign_queue(look: Look) -> tuple[CosignLine, ...]:
    """Notes, forms and treatment plans of whom one supervises."""
    authors = supervisees(look, look.actor.person_id)
    ended = (
        select(Note, Appointment.ends_at)
        .join(Attendance, Attendance.id == Note.attendance_id)
        .join(Appointment, Appointment.id == Attendance.appointment_id)
    )
    notes = look.execute(ended.where(Note.state == NoteState.REVIEW, Note.author_id.in_(authors))).all()
    forms = look.execute(
        select(FormResponse, FormTemplate.title)
        .join(FormVersion, FormVersion.id == FormResponse.version_id)
        .join(FormTemplate, FormTemplate.id == FormVersion.template_id)
        .where(FormResponse.state == ResponseState.REVIEW, FormResponse.author_id.in_(authors))
    ).all()
    plans = look.scalars(
        select(TreatmentPlan).where(TreatmentPlan.state == NoteState.REVIEW, TreatmentPlan.author_id.in_(authors))
    ).all()
    concerned = {one.patient_id for one in (*(note for note, _ in notes), *plans, *(form for form, _ in forms))}
    patients = patients_named(look, concerned)
    look.shown(patients)
    staff = staff_named(look, authors)
    lines = [
        CosignLine(
            note.id, f"/notes/{note.attendance_id}", f"Note of {note.service_on:%Y-%m-%d}",
            patients[note.patient_id].shown_name, staff[note.author_id].shown_name, _signed(note), look.now,
            late_entry(ends_at, note.started_at) is not None,
        )
        for note, ends_at in notes
    ]  # fmt: skip
    lines += [
        CosignLine(
            form.id, f"/filled/{form.id}", title, patients[form.patient_id].shown_name,
            staff[form.author_id].shown_name, _signed(form), look.now,
        )
        for form, title in forms
    ]  # fmt: skip
    lines += [
        CosignLine(
            plan.id, f"/treatment-plan/{plan.patient_id}", f"Treatment plan, version {plan.number}",
            patients[plan.patient_id].shown_name, staff[plan.author_id].shown_name, _signed(plan), look.now,
        )
        for plan in plans
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda one: (one.signed_at, one.key)))


def _signed(row: Note | FormResponse | TreatmentPlan) -> datetime:
    assert row.signed_at is not None
    return row.signed_at
