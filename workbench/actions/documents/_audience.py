"""Who may have to do with which document. Shared by the verbs of this area."""

from workbench.documents.filing import Audience
from workbench.documents.filing_tables import PatientDocument
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import day_of
from workbench.paper.leaf import RecordKind
from workbench.releases.part_2 import marks_of
from workbench.releases.part_2_tables import Part2Mark, Part2Why
from workbench.store.base import Base


class OfficeOnly(WorkbenchError):
    """Whoever does not read charts files what the office opens, and nothing else."""

    def __init__(self) -> None:
        super().__init__("You file what the office may open. Ask whoever cares for this person to file the rest.")
        self.fields = {"audience": str(self)}


def check_may_file(work: Work, row: Base, audience: str) -> None:
    """Whether the actor may file something for this audience.

    Raises:
        OfficeOnly.
    """
    if audience == Audience.CLINICAL and not work.allowed(Permission.OPEN_CLINICAL_DOCUMENT, row):
        raise OfficeOnly


def check_may_open(work: Work, row: Base, audience: str) -> None:
    """Whether the document is there for the actor at all.

    Raises:
        NotFound.
    """
    if audience == Audience.CLINICAL and not work.allowed(Permission.OPEN_CLINICAL_DOCUMENT, row):
        raise NotFound


def check_part_2(work: Work, row: PatientDocument) -> bool:
    """Whether the document is under 42 CFR Part 2.

    Raises:
        NotFound: it is, and the actor does not read such data.
    """
    day = day_of(row.stored_at, work.zone)
    is_part_2 = marks_of(work, row.patient_id).cover(RecordKind.DOCUMENT, row.id, day)
    if is_part_2 and not work.allowed(Permission.READ_PART_2, row):
        raise NotFound
    return is_part_2


def mark_copy(work: Work, moved: PatientDocument) -> None:
    """The mark goes along with the bytes into the record they belong to."""
    work.add(
        Part2Mark(
            patient_id=moved.patient_id, kind=RecordKind.DOCUMENT, target_id=moved.id, from_on=None,
            marked_at=work.now, marked_by=work.actor.user_id, marker_id=work.actor.person_id,
            told=Part2Why("Marked in the record it was moved from."),
        )
    )  # fmt: skip
    work.record(AuditEvent.PART_2_MARKED, subject=moved, kind=RecordKind.DOCUMENT.value)
