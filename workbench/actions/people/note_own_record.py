"""Note that a patient is somebody who works here: from then on that person opens the record in the portal alone."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.emergency import EmergencyOpening
from workbench.gate.permissions import Permission
from workbench.gate.relations import OwnRecord
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.people.tables import Patient, Staff


class OwnRecordThere(WorkbenchError):
    """One of the two is noted already."""

    def __init__(self) -> None:
        super().__init__("This is noted already, for this file or for this person.")


@dataclass(frozen=True)
class OwnRecordNoted:
    """Whose record it is."""

    staff_id: str


@action(
    Permission.NOTE_OWN_RECORD,
    on=Patient,
    refuses={"own_records.staff_id": OwnRecordThere, "own_records.patient_id": OwnRecordThere,
             "uq_own_records": OwnRecordThere},
)  # fmt: skip
def note_own_record(work: Work, patient: Patient, *, staff_id: str) -> OwnRecordNoted:
    """The staff site shows that person nothing of this record any more, whatever their roles (45 CFR 164.312(a)(1)).

    If they have it open in an emergency at this moment, that ends.

    Raises:
        NotFound: nobody of this id works here. OwnRecordThere: the file or the person has its note.
    """
    staff = work.get(Staff, staff_id)
    taken = select(OwnRecord.id).where(or_(OwnRecord.staff_id == staff.id, OwnRecord.patient_id == patient.id))
    if work.scalar(taken) is not None:
        raise OwnRecordThere
    work.add(OwnRecord(staff_id=staff.id, patient_id=patient.id, noted_at=work.now, noted_by=work.actor.user_id))
    work.flush()
    running = select(EmergencyOpening).where(
        EmergencyOpening.opened_by == staff.id,
        EmergencyOpening.patient_id == patient.id,
        EmergencyOpening.until_at > work.now,
    )
    for opening in work.scalars(running):
        opening.until_at = max(work.now, opening.opened_at)
        work.record(AuditEvent.EMERGENCY_CLOSED, subject=opening)
    work.record(AuditEvent.OWN_RECORD_NOTED, patient_id=patient.id, staff_id=staff.id)
    return OwnRecordNoted(staff.id)
