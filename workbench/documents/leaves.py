"""Documents as leaves of a packet: the bytes as they came."""

from zoneinfo import ZoneInfo

from sqlalchemy import select

from workbench.documents.filing_tables import DocumentFiling, PatientDocument
from workbench.kernel.time import day_of
from workbench.paper.leaf import Leaf, RecordKind
from workbench.store.newest import Rows, last_said


def document_leaves(rows: Rows, patient_id: str, zone: ZoneInfo) -> list[Leaf]:
    """What is filed in this record and was not taken out of it."""
    documents = rows.scalars(select(PatientDocument).where(PatientDocument.patient_id == patient_id)).all()
    held = last_said(DocumentFiling, DocumentFiling.document_id, DocumentFiling.number, [one.id for one in documents])
    filings = {one.document_id: one for one in rows.scalars(held)}
    return [
        Leaf(RecordKind.DOCUMENT, one.id, day_of(one.stored_at, zone), filings[one.id].told.title, True, one.sha256)
        for one in documents if not filings[one.id].is_out
    ]  # fmt: skip
