"""File a document otherwise: under another name, for another audience, in another record, or out of this one."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.actions.documents._audience import check_may_file, check_may_open, check_part_2, mark_copy
from workbench.documents.filing import AlreadyFiled, TakenOut, checked, file, held_filing, keep
from workbench.documents.filing_tables import FilingText, PatientDocument
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.people.tables import Patient


class NoSuchFile(WorkbenchError):
    """No file of this number is there for the actor."""

    def __init__(self) -> None:
        super().__init__("There is no file of this number that you may put documents into.")
        self.fields = {"into": str(self)}


@dataclass(frozen=True)
class DocumentRefiled:
    """document_id: where it is now; the same one unless it went into another record. is_out: it is in none."""

    document_id: str
    is_out: bool


@action(
    Permission.FILE_DOCUMENT,
    on=PatientDocument,
    refuses={
        "uq_document_filings_number": StalePage, "document_filings.number": StalePage,
        "uq_patient_documents_bytes": AlreadyFiled, "patient_documents.sha256": AlreadyFiled,
    },
)  # fmt: skip
def refile_document(
    work: Work, row: PatientDocument, *, title: str, category: str, audience: str, reason: str, into: int = 0,
    is_out: bool = False,
) -> DocumentRefiled:  # fmt: skip
    """into: number of the file it belongs into, where it was filed in the wrong one. Every filing stays readable.

    Raises:
        FilingUnclear: by field. TakenOut: it is not in this record any more. AlreadyFiled: the other record has it.
        NoSuchFile: the other file is not there for the actor. OfficeOnly. NotFound: the document is not.
    """
    held = held_filing(work, row.id)
    check_may_open(work, row, held.audience)
    is_part_2 = check_part_2(work, row)
    if held.is_out:
        raise TakenOut
    told = checked(title, category, audience, reason, asks_why=True)
    other: Patient | None = work.scalar(select(Patient).where(Patient.number == into)) if into else None
    if into and (other is None or not work.allowed(Permission.FILE_DOCUMENT, other)):
        raise NoSuchFile
    if other is not None and other.id != row.patient_id and not is_out:
        return _into_another(work, row, other, told, category, audience, is_part_2=is_part_2)
    check_may_file(work, row, audience)
    file(work, row, told, category=category, audience=audience, is_out=is_out)
    event = AuditEvent.DOCUMENT_TAKEN_OUT if is_out else AuditEvent.DOCUMENT_REFILED
    work.record(event, subject=row, category=category, audience=audience)
    return DocumentRefiled(row.id, is_out)


def _into_another(
    work: Work,
    row: PatientDocument,
    other: Patient,
    told: FilingText,
    category: str,
    audience: str,
    *,
    is_part_2: bool,
) -> DocumentRefiled:
    check_may_file(work, other, audience)
    # Sealed anew with the other's key: the bytes in the wrong record open with that record's key alone.
    moved = keep(work, other.id, row.content.data, moved_from=row.id)
    file(work, moved, told, category=category, audience=audience)
    if is_part_2:
        mark_copy(work, moved)
    file(work, row, told, category=category, audience=audience, is_out=True, moved_to=moved.id)
    work.record(AuditEvent.DOCUMENT_TAKEN_OUT, subject=row, moved_to=moved.id)
    work.record(AuditEvent.DOCUMENT_REFILED, subject=moved, moved_from=row.id, category=category, audience=audience)
    return DocumentRefiled(moved.id, is_out=False)
