"""Send a picture of a card or a paper to the practice, as the person in care or as who stands in for them."""

from dataclasses import dataclass
from typing import Final

from workbench.documents.filing import AlreadyFiled, Audience, FilingUnclear, checked, file, keep
from workbench.documents.kinds_of_file import PDF, NotAFileWeKeep, kind_of
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Patient

TITLES: Final = {
    "insurance_front": "Insurance card, front",
    "insurance_back": "Insurance card, back",
    "identity_front": "Identity document, front",
    "identity_back": "Identity document, back",
}
"""What can be sent: by key, what staff see it called."""


@dataclass(frozen=True)
class OwnFileSent:
    """It is in the record, for the office."""

    document_id: str


@action(
    Permission.SEND_OWN_FILE,
    on=Patient,
    refuses={"uq_patient_documents_bytes": AlreadyFiled, "patient_documents.sha256": AlreadyFiled},
)
def send_own_file(work: Work, patient: Patient, *, content: bytes, what: str) -> OwnFileSent:
    """what: a key of `TITLES`. Pictures and PDF only; what it is, is found in its bytes.

    Raises:
        FilingUnclear: it is nothing that is sent here. NotAFileWeKeep. AlreadyFiled.
    """
    if what not in TITLES:
        raise FilingUnclear({"what": "Please choose what it is."})
    kind = kind_of(content)
    if not kind.is_picture and kind != PDF:
        raise NotAFileWeKeep("Please send a picture or a PDF.")
    told = checked(TITLES[what], "identification", Audience.OFFICE)
    row = keep(work, patient.id, content)
    file(work, row, told, category="identification", audience=Audience.OFFICE)
    work.record(AuditEvent.OWN_FILE_SENT, subject=row, sha256=row.sha256, bytes=row.byte_count,
                media_type=row.media_type, category="identification")  # fmt: skip
    return OwnFileSent(row.id)
