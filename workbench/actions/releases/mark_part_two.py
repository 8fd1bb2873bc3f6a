"""Mark something of a record as data under 42 CFR Part 2: a time in a programme, or one record."""

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
from workbench.releases.part_2 import MARKED_KINDS, MarkedAlready, Part2Unclear, checked_why, mark_standings
from workbench.releases.part_2_tables import EPISODE, Part2Mark, Part2Why


@dataclass(frozen=True)
class Part2Marked:
    """It holds from now on."""

    mark_id: str


@action(Permission.MARK_PART_2, on=Patient)
def mark_part_two(
    work: Work, patient: Patient, *, kind: str, why: str, target_id: str = "", from_on: date | None = None
) -> Part2Marked:
    """kind: `episode` with its first day, or a kind of record with the record's id (42 CFR 2.11, 2.12).

    Raises:
        Part2Unclear: by field. MarkedAlready: the same mark is in force. NotFound: no such record of this person, or
        the actor does not read data under Part 2.
    """
    if not work.allowed(Permission.READ_PART_2, patient):
        raise NotFound
    if kind not in MARKED_KINDS:
        raise Part2Unclear({"kind": "Please choose what is marked."})
    if kind == EPISODE:
        if from_on is None:
            raise Part2Unclear({"from_on": "Please give the first day in the programme."})
        target_id = ""
    else:
        from_on = None
        if record_of(work, RecordKind(kind), target_id).patient_id != patient.id:
            raise NotFound
    told = Part2Why(checked_why(why))
    for one in mark_standings(work, patient.id):
        is_open = one.lifted is None and one.closed is None
        if is_open and (one.row.kind, one.row.target_id) == (kind, target_id):
            raise MarkedAlready
    mark = Part2Mark(
        patient_id=patient.id, kind=kind, target_id=target_id, from_on=from_on, marked_at=work.now,
        marked_by=work.actor.user_id, marker_id=work.actor.person_id, told=told,
    )  # fmt: skip
    work.add(mark)
    work.flush()
    work.record(AuditEvent.PART_2_MARKED, subject=mark, kind=kind)
    return Part2Marked(mark.id)
