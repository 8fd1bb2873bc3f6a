"""Put a file into a client's record."""

from dataclasses import dataclass

from workbench.actions.documents._audience import check_may_file
from workbench.documents.filing import AlreadyFiled, checked, file, keep
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Patient


@dataclass(frozen=True)
class DocumentUploaded:
    """The document. media_type: what its bytes are."""

    document_id: str
    media_type: str


@action(
    Permission.FILE_DOCUMENT,
    on=Patient,
    refuses={"uq_patient_documents_bytes": AlreadyFiled, "patient_documents.sha256": AlreadyFiled},
)
def upload_document(
    work: Work, patient: Patient, *, content: bytes, title: str, category: str, audience: str
) -> DocumentUploaded:
    """What a file is, is found in its bytes; its name is not kept.

    Raises:
        FilingUnclear, NotAFileWeKeep: by field. AlreadyFiled. OfficeOnly: the actor does not read this chart.
    """
    told = checked(title, category, audience)
    check_may_file(work, patient, audience)
    row = keep(work, patient.id, content)
    file(work, row, told, category=category, audience=audience)
    work.record(
        AuditEvent.DOCUMENT_UPLOADED, subject=row, sha256=row.sha256, bytes=row.byte_count, media_type=row.media_type,
        category=category, audience=audience,
    )  # fmt: skip
    return DocumentUploaded(row.id, row.media_type)
