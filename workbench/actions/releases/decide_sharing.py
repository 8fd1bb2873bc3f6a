"""Say that one record is shown to the person it is about, or withheld on a ground of the law."""

from dataclasses import dataclass

from workbench.actions.releases._packet import leaves_of
from workbench.actions.releases._records import record_of
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound, StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.paper.leaf import RecordKind
from workbench.people.tables import Patient
from workbench.releases.sharing import NotSignedYet, SharingUnclear, checked_decision
from workbench.releases.sharing_tables import SharingDecision, SharingWhy
from workbench.store.newest import next_nth


@dataclass(frozen=True)
class SharingDecided:
    """The record, and whether it is shown."""

    record_id: str
    is_shown: bool


@action(
    Permission.DECIDE_SHARING, on=Patient,
    refuses={"sharing_decisions.record_id, sharing_decisions.number": StalePage,
             "uq_sharing_decisions_number": StalePage},
)  # fmt: skip
def decide_sharing(
    work: Work, patient: Patient, *, kind: str, record_id: str, is_shown: bool, ground: str = "", why: str = ""
) -> SharingDecided:
    """Goes before the practice's rule. why: what led to it, read by the practice alone.

    Raises:
        SharingUnclear: by field. NotSignedYet. NotFound: no such record of this person.
    """
    if kind not in set(RecordKind):
        raise SharingUnclear({"record": "Please choose which record it is about."})
    if record_of(work, RecordKind(kind), record_id).patient_id != patient.id:
        raise NotFound
    if not any(leaf.record_id == record_id and leaf.is_final for leaf in leaves_of(work, patient.id)):
        raise NotSignedYet
    kept, said = checked_decision(is_shown, ground, why)
    row = SharingDecision(
        patient_id=patient.id, kind=kind, record_id=record_id,
        number=next_nth(work, SharingDecision.number, SharingDecision.record_id == record_id),
        is_shown=is_shown, ground=kept, decided_at=work.now, decided_by=work.actor.user_id, told=SharingWhy(said),
    )  # fmt: skip
    work.add(row)
    work.flush()
    work.record(AuditEvent.SHARING_DECIDED, subject=row, kind=kind, is_shown=is_shown, ground=kept)
    return SharingDecided(record_id, is_shown)
