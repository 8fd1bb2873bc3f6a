"""What waits for one's co-signature, the longest waiting first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select

from workbench.charting.cosigning import ATTESTED_WORDS, Attested, supervisees
from workbench.charting.late import late_entry
from workbench.charting.plan_tables import TreatmentPlan
from workbench.charting.tables import Note, NoteState
from workbench.forms.papers import form_day
from workbench.forms.tables import FormResponse, FormTemplate, FormVersion, ResponseState
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import day_of
from workbench.paper.leaf import RecordKind
from workbench.people.names import patients_named, staff_named
from workbench.scheduling.tables import Appointment, Attendance
from workbench.screens.part_2 import part_2_of

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


@dataclass(frozen=True)
class _Waiting:
    """A signed record, and what its line says of it."""

    row: Note | FormResponse | TreatmentPlan
    kind: RecordKind
    on: date
    path: str
    what: str
    is_late_entry: bool = False


@view(Permission.SEE_COSIGNS, shows=AuditEvent.COSIGN_QUEUE_SEEN)
def cosign_queue(look: Look) -> tuple[CosignLine, ...]:
    """Notes, forms and treatment plans of whom one supervises, the longest waiting first."""
    authors = supervisees(look, look.actor.person_id)
    found = [*_notes(look, authors), *_forms(look, authors), *_plans(look, authors)]
    part_2 = {one: part_2_of(look, one) for one in {each.row.patient_id for each in found}}
    waiting = [one for one in found if not part_2[one.row.patient_id].hides(one.kind, one.row.id, one.on)]
    patients = patients_named(look, {one.row.patient_id for one in waiting})
    look.shown(patients)
    staff = staff_named(look, authors)
    lines = [
        CosignLine(
            one.row.id, one.path, one.what, patients[one.row.patient_id].shown_name,
            staff[one.row.author_id].shown_name, one.row.signed_at, look.now, one.is_late_entry,
        )
        for one in waiting if one.row.signed_at is not None
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda one: (one.signed_at, one.key)))


def _notes(look: Look, authors: frozenset[str]) -> Iterator[_Waiting]:
    ended = (
        select(Note, Appointment.ends_at)
        .join(Attendance, Attendance.id == Note.attendance_id)
        .join(Appointment, Appointment.id == Attendance.appointment_id)
    )
    for note, ends_at in look.execute(ended.where(Note.state == NoteState.REVIEW, Note.author_id.in_(authors))):
        is_late = late_entry(ends_at, note.started_at) is not None
        yield _Waiting(
            note,
            RecordKind.NOTE,
            note.service_on,
            f"/notes/{note.attendance_id}",
            f"Note of {note.service_on:%Y-%m-%d}",
            is_late,
        )


def _forms(look: Look, authors: frozenset[str]) -> Iterator[_Waiting]:
    titled = (
        select(FormResponse, FormTemplate.title)
        .join(FormVersion, FormVersion.id == FormResponse.version_id)
        .join(FormTemplate, FormTemplate.id == FormVersion.template_id)
        .where(FormResponse.state == ResponseState.REVIEW, FormResponse.author_id.in_(authors))
    )
    for form, title in look.execute(titled):
        yield _Waiting(form, RecordKind.FORM, form_day(form, look.zone), f"/filled/{form.id}", title)


def _plans(look: Look, authors: frozenset[str]) -> Iterator[_Waiting]:
    signed = select(TreatmentPlan).where(TreatmentPlan.state == NoteState.REVIEW, TreatmentPlan.author_id.in_(authors))
    for plan in look.scalars(signed):
        on = day_of(plan.begun_at, look.zone)
        title = f"Treatment plan, version {plan.number}"
        yield _Waiting(plan, RecordKind.PLAN, on, f"/treatment-plan/{plan.patient_id}", title)
