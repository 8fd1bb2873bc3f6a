"""The files in one client's record, and one of them opened."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from workbench.documents.filing import CATEGORIES, Audience, held_filing
from workbench.documents.filing_tables import DocumentFiling, PatientDocument
from workbench.documents.kinds_of_file import LARGEST, FileKind, kind_named
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import day_of
from workbench.paper.leaf import RecordKind
from workbench.people.tables import Patient
from workbench.screens.account_names import account_names
from workbench.screens.part_2 import part_2_of

__all__ = ["CATEGORIES", "LARGEST", "Audience", "DocumentFile", "DocumentLine", "document_file", "patient_documents"]


@dataclass(frozen=True)
class FilingShown:
    """One filing of a document, as it held until the next."""

    title: str
    category: str
    audience: str
    is_out: bool
    reason: str
    filed_at: datetime
    filed_by: str


@dataclass(frozen=True)
class DocumentLine:
    """A document as it is filed. before: how it was filed earlier, the newest first. is_in_another: it was moved.

    is_part_2: it is under 42 CFR Part 2.
    """

    document_id: str
    held: FilingShown
    kind: FileKind
    byte_count: int
    before: tuple[FilingShown, ...]
    is_in_another: bool
    is_part_2: bool = False


@dataclass(frozen=True)
class DocumentFile:
    """The bytes, named by what they are and never by what somebody called them."""

    name: str
    kind: FileKind
    content: bytes


@dataclass(frozen=True)
class PatientDocuments:
    """number: of the file. in_record: what is filed, the newest first; taken_out: what was.

    may_clinical: the actor reads this chart.
    """

    patient_id: str = ""
    patient_name: str = ""
    number: int = 0
    in_record: tuple[DocumentLine, ...] = ()
    taken_out: tuple[DocumentLine, ...] = ()
    may_clinical: bool = False


@view(Permission.FILE_DOCUMENT, shows=AuditEvent.DOCUMENTS_SEEN, on=Patient)
def patient_documents(look: Look, patient: Patient) -> PatientDocuments:
    """What the actor may open; what is for the chart is not even listed for the office."""
    look.shown(patient.id)
    may_clinical = look.allowed(Permission.OPEN_CLINICAL_DOCUMENT, patient)
    part_2 = part_2_of(look, patient.id)
    rows = look.execute(
        select(PatientDocument, DocumentFiling)
        .join(DocumentFiling, DocumentFiling.document_id == PatientDocument.id)
        .where(PatientDocument.patient_id == patient.id)
        .order_by(DocumentFiling.number.desc())
    )
    found = [row for row in rows if not part_2.hides(*_place(look, row[0]))]
    names = account_names(look, {filing.filed_by for _, filing in found})
    by_document: dict[str, list[DocumentFiling]] = {}
    for document, filing in found:
        # What it was called while it was for the chart is for the chart, whoever opens it now.
        if may_clinical or filing.audience == Audience.OFFICE or document.id not in by_document:
            by_document.setdefault(document.id, []).append(filing)
    documents = {document.id: document for document, _ in found}
    lines = [
        replace(_line(documents[one], filings, names), is_part_2=part_2.is_marked(*_place(look, documents[one])))
        for one, filings in by_document.items() if may_clinical or filings[0].audience == Audience.OFFICE
    ]  # fmt: skip
    lines.sort(key=lambda one: one.held.filed_at, reverse=True)
    return PatientDocuments(
        patient.id, patient.details.shown_name, patient.number,
        tuple(one for one in lines if not one.held.is_out), tuple(one for one in lines if one.held.is_out),
        may_clinical,
    )  # fmt: skip


@view(Permission.FILE_DOCUMENT, shows=AuditEvent.DOCUMENT_OPENED, on=PatientDocument)
def document_file(look: Look, row: PatientDocument) -> DocumentFile:
    """The bytes of one.

    Raises:
        NotFound: it is taken out, or not for the actor.
    """
    held = held_filing(look, row.id)
    may_open = held.audience == Audience.OFFICE or look.allowed(Permission.OPEN_CLINICAL_DOCUMENT, row)
    if held.is_out or not may_open or part_2_of(look, row.patient_id).hides(*_place(look, row)):
        raise NotFound
    look.shown(row.patient_id)
    kind = kind_named(row.media_type)
    return DocumentFile(f"document-{row.sha256[:12]}.{kind.ending}", kind, row.content.data)


def _place(look: Look, document: PatientDocument) -> tuple[str, str, date]:
    return RecordKind.DOCUMENT, document.id, day_of(document.stored_at, look.zone)


def _line(document: PatientDocument, filings: list[DocumentFiling], names: "dict[str, str]") -> DocumentLine:
    shown = tuple(_shown(filings, names))
    return DocumentLine(
        document.id, shown[0], kind_named(document.media_type), document.byte_count, shown[1:],
        filings[0].moved_to is not None,
    )  # fmt: skip


def _shown(filings: list[DocumentFiling], names: "dict[str, str]") -> Iterable[FilingShown]:
    for one in filings:
        yield FilingShown(
            one.told.title, CATEGORIES[one.category][0], one.audience, one.is_out, one.told.reason, one.filed_at,
            names.get(one.filed_by, ""),
        )  # fmt: skip
