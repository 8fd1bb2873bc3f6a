"""Take down a person's request to amend their record: what is said to be wrong, and why. The clock runs from here."""

from dataclasses import dataclass
from datetime import date

from workbench.actions.releases._records import record_of
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.paper.leaf import RecordKind
from workbench.people.tables import Patient
from workbench.releases.amendment_tables import AmendmentRequest, AmendmentText
from workbench.releases.amendments import DAYS, OTHER, AmendmentUnclear, checked_amendment


@dataclass(frozen=True)
class AmendmentTaken:
    """due_on: the last day for an answer."""

    request_id: str
    due_on: date


@action(Permission.TAKE_AMENDMENT, on=Patient)
def take_amendment(
    work: Work, patient: Patient, *, wrong: str, why: str, received_on: date, kind: str = OTHER, record_id: str = "",
    tell: str = "",
) -> AmendmentTaken:  # fmt: skip
    """kind, record_id: the record it is about, or `other`. tell: who else is to hear of an amendment.

    Raises:
        AmendmentUnclear: by field. NotFound: no such record of this person.
    """
    told = checked_amendment(AmendmentText(wrong, why, tell), received_on, work.today)
    author_id = _author(work, patient, kind, record_id)
    row = AmendmentRequest(
        patient_id=patient.id, kind=kind, record_id="" if kind == OTHER else record_id, author_id=author_id,
        received_on=received_on, due_on=received_on + DAYS, taken_at=work.now, taken_by=work.actor.user_id, told=told,
    )  # fmt: skip
    work.add(row)
    work.flush()
    work.record(AuditEvent.AMENDMENT_TAKEN, subject=row, kind=kind)
    return AmendmentTaken(row.id, row.due_on)


def _author(work: Work, patient: Patient, kind: str, record_id: str) -> str:
    """Who wrote that record; nobody here, of a document and of none."""
    if kind == OTHER:
        return ""
    if kind not in set(RecordKind):
        raise AmendmentUnclear({"record": "Please choose which record it is about."})
    found = record_of(work, RecordKind(kind), record_id)
    if found.patient_id != patient.id:
        raise NotFound
    return found.author_id
