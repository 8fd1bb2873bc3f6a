"""How documents are filed: categories, who may open them, and the filing that holds."""

from enum import StrEnum
from typing import Final

from sqlalchemy import select

from workbench.documents.filing_tables import DocumentFiling, FilingText, PatientDocument
from workbench.documents.kinds_of_file import kind_of
from workbench.documents.tables import Content, sha256_of
from workbench.gate.view import Look
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError

LONGEST_TITLE: Final = 120
LONGEST_REASON: Final = 500


class Audience(StrEnum):
    """Who opens it besides those who read the chart. Stored values."""

    CLINICAL = "clinical"
    """Whoever reads the chart, nobody else."""
    OFFICE = "office"
    """Front desk, billing and managers too."""


CATEGORIES: Final = {
    "identification": ("Identification or insurance card", Audience.OFFICE),
    "consent": ("Consent or agreement", Audience.OFFICE),
    "billing": ("Billing or authorization", Audience.OFFICE),
    "correspondence": ("Letter or message", Audience.CLINICAL),
    "records": ("Records from elsewhere", Audience.CLINICAL),
    "assessment": ("Assessment or report", Audience.CLINICAL),
    "legal": ("Legal paper", Audience.CLINICAL),
    "other": ("Something else", Audience.CLINICAL),
}
"""By key: the words, and the audience that is offered."""


class FilingUnclear(WorkbenchError):
    """Something is missing or too long. `fields`: a sentence by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("Please look at the marked fields.")
        self.fields = fields


class AlreadyFiled(WorkbenchError):
    """The same bytes are in this record."""

    def __init__(self) -> None:
        super().__init__("This file is in this record already. Nothing was kept a second time.")
        self.fields = {"file": str(self)}


class TakenOut(WorkbenchError):
    """It was taken out of this record."""

    def __init__(self) -> None:
        super().__init__("This document was taken out of this record meanwhile. Please look again.")


def checked(title: str, category: str, audience: str, reason: str = "", *, asks_why: bool = False) -> FilingText:
    """A filing as it is kept.

    Raises:
        FilingUnclear.
    """
    problems = {}
    if not 0 < len(title.strip()) <= LONGEST_TITLE:
        problems["title"] = f"Say what it is, in at most {LONGEST_TITLE} letters."
    if category not in CATEGORIES:
        problems["category"] = "Please choose one."
    if audience not in Audience._value2member_map_:
        problems["audience"] = "Please choose who opens it."
    if asks_why and not 0 < len(reason.strip()) <= LONGEST_REASON:
        problems["reason"] = f"Say why, in at most {LONGEST_REASON} letters."
    if problems:
        raise FilingUnclear(problems)
    return FilingText(title.strip(), reason.strip())


def held_filing(rows: Work | Look, document_id: str) -> DocumentFiling:
    """The filing that holds."""
    newest = select(DocumentFiling).where(DocumentFiling.document_id == document_id)
    found: DocumentFiling = rows.scalars(newest.order_by(DocumentFiling.number.desc()).limit(1)).one()
    return found


def keep(work: Work, patient_id: str, content: bytes, *, moved_from: str | None = None) -> PatientDocument:
    """The bytes in this record.

    Raises:
        NotAFileWeKeep. AlreadyFiled: they are in it, and not taken out.
    """
    kind, digest = kind_of(content), sha256_of(content)
    same = (PatientDocument.patient_id == patient_id, PatientDocument.sha256 == digest)
    there: PatientDocument | None = work.scalar(select(PatientDocument).where(*same))
    if there is not None:
        if not held_filing(work, there.id).is_out:
            raise AlreadyFiled
        return there
    row = PatientDocument(
        patient_id=patient_id, sha256=digest, byte_count=len(content), media_type=kind.media_type,
        stored_at=work.now, stored_by=work.actor.user_id, moved_from=moved_from, content=Content.of(content),
    )  # fmt: skip
    work.add(row)
    work.flush()
    return row


def file(
    work: Work, row: PatientDocument, told: FilingText, *, category: str, audience: str, is_out: bool = False,
    moved_to: str | None = None,
) -> DocumentFiling:  # fmt: skip
    """How it is filed from now on."""
    last: int | None = work.scalar(
        select(DocumentFiling.number).where(DocumentFiling.document_id == row.id)
        .order_by(DocumentFiling.number.desc()).limit(1)
    )  # fmt: skip
    filing = DocumentFiling(
        document_id=row.id, patient_id=row.patient_id, number=(last or 0) + 1, category=category, audience=audience,
        is_out=is_out, moved_to=moved_to, filed_at=work.now, filed_by=work.actor.user_id, told=told,
    )  # fmt: skip
    work.add(filing)
    work.flush()
    return filing
