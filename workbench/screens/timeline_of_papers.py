"""The lines of a chart's course that open a text: notes, forms, plans, documents; and how somebody was reached."""

from functools import partial

from sqlalchemy import select

from workbench.charting.plan_tables import TreatmentPlan
from workbench.charting.plans import objectives_of
from workbench.charting.tables import Note, NoteState
from workbench.charting.wording import PARTS
from workbench.documents.filing import CATEGORIES, Audience
from workbench.documents.filing_tables import DocumentFiling, PatientDocument
from workbench.forms.tables import FormResponse, FormTemplate, FormVersion
from workbench.gate.permissions import Permission
from workbench.gate.view import Look
from workbench.messaging.reminder_rules import ReminderState
from workbench.messaging.tables import ContactConsent, Reminder
from workbench.people.tables import Patient
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance
from workbench.screens.timeline_parts import Head, Kind, Said, snippet

_GONE = (ReminderState.SENT, ReminderState.FAILED, ReminderState.UNKNOWN)


def note_heads(look: Look, patient: Patient) -> list[Head]:
    """Notes at the time of their session; of somebody else's draft only that it is there."""
    query = (
        select(Note, Appointment.starts_at, AppointmentType.name)
        .join(Attendance, Attendance.id == Note.attendance_id)
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .join(AppointmentType, AppointmentType.id == Appointment.type_id)
        .where(Note.patient_id == patient.id)
    )
    return [
        Head(note.id, Kind.NOTE, at, partial(_note, look, note, type_name), note.author_id, note.state,
             f"/notes/{note.attendance_id}", note.attendance_id)
        for note, at, type_name in look.execute(query)
    ]  # fmt: skip


def _note(look: Look, note: Note, type_name: str) -> Said:
    is_theirs = note.state == NoteState.REVIEW and look.allowed(Permission.COSIGN, note)
    if note.state != NoteState.LOCKED and note.author_id != look.actor.person_id and not is_theirs:
        return Said(f"Note, {type_name}", "A draft. Its author alone can read it until it is signed.")
    text = note.text
    return Said(
        f"Note, {type_name}", snippet(text.assessment or text.subjective),
        " ".join((*(getattr(text, part) for part in PARTS), *text.diagnoses)),
    )  # fmt: skip


def form_heads(look: Look, patient: Patient) -> list[Head]:
    """Forms, when they were signed or saved last."""
    query = (
        select(FormResponse.id, FormResponse.signed_at, FormResponse.saved_at, FormResponse.author_id,
               FormResponse.state, FormTemplate.title)
        .join(FormVersion, FormVersion.id == FormResponse.version_id)
        .join(FormTemplate, FormTemplate.id == FormVersion.template_id)
        .where(FormResponse.patient_id == patient.id)
    )  # fmt: skip
    return [
        Head(one, Kind.FORM, signed_at or saved_at, partial(Said, title), author, state, f"/filled/{one}")
        for one, signed_at, saved_at, author, state, title in look.execute(query)
    ]


def plan_heads(look: Look, patient: Patient) -> list[Head]:
    """Versions of the treatment plan."""
    rows = look.scalars(select(TreatmentPlan).where(TreatmentPlan.patient_id == patient.id))
    return [
        Head(one.id, Kind.PLAN, one.signed_at or one.saved_at, partial(_plan, one), one.author_id, one.state,
             f"/treatment-plan/{patient.id}?version={one.number}")
        for one in rows
    ]  # fmt: skip


def _plan(row: TreatmentPlan) -> Said:
    aims = tuple(one.words for _, _, one in objectives_of(row.text))
    problems = "; ".join(one.words for one in row.text.problems if one.words)
    return Said(f"Treatment plan, version {row.number}", snippet(problems), " ".join(aims))


def document_heads(look: Look, patient: Patient) -> list[Head]:
    """What is filed and not taken out; for the desk only what is filed for the office."""
    may_clinical = look.allowed(Permission.OPEN_CLINICAL_DOCUMENT, patient)
    query = (
        select(DocumentFiling, PatientDocument.stored_at)
        .join(PatientDocument, PatientDocument.id == DocumentFiling.document_id)
        .where(DocumentFiling.patient_id == patient.id)
        .order_by(DocumentFiling.number)
    )
    held = {filing.document_id: (filing, at) for filing, at in look.execute(query)}
    return [
        Head(one, Kind.DOCUMENT, at, partial(_document, filing), path=f"/documents/{patient.id}")
        for one, (filing, at) in held.items()
        if not filing.is_out and (may_clinical or filing.audience == Audience.OFFICE)
    ]


def _document(row: DocumentFiling) -> Said:
    return Said(row.told.title, CATEGORIES[row.category][0])


def contact_heads(look: Look, patient: Patient) -> list[Head]:
    """Reminders that went out or could not, and what they said to being written to."""
    sent = look.scalars(select(Reminder).where(Reminder.patient_id == patient.id, Reminder.state.in_(_GONE)))
    said = look.scalars(select(ContactConsent).where(ContactConsent.patient_id == patient.id))
    return [
        *(Head(one.id, Kind.CONTACT, one.changed_at, partial(Said, f"Reminder by {one.channel}"), state=one.state,
               path="/reminders") for one in sent),
        *(Head(one.id, Kind.CONTACT, one.recorded_at,
               partial(Said, f"Said {'yes' if one.is_given else 'no'} to being written to by {one.channel}"),
               path=f"/patients/{patient.id}") for one in said),
    ]  # fmt: skip
