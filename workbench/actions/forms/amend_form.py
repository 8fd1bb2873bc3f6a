"""Add to a signed form: more, a correction, a late entry. The form itself never changes."""

from dataclasses import dataclass

from workbench.charting.addenda import StillADraft, add
from workbench.charting.addendum_tables import Addendum
from workbench.forms.tables import FormResponse, ResponseState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Staff


@dataclass(frozen=True)
class FormAmended:
    """The entry. number: which one after the form it is."""

    addendum_id: str
    number: int
    signed_as: str


@action(
    Permission.ADD_ADDENDUM, on=FormResponse,
    refuses={"uq_addenda_response": StalePage, "addenda.response_id": StalePage},
)  # fmt: skip
def amend_form(work: Work, response: FormResponse, *, kind: str, reason: str, text: str) -> FormAmended:
    """kind: addendum, correction or late entry. It is signed by who adds it, with their name and credentials of today.

    Raises:
        StillADraft. AddendumUnclear: with a sentence by field.
    """
    if response.state != ResponseState.LOCKED:
        raise StillADraft
    signer = work.get(Staff, work.actor.person_id).details.shown_name
    entry = Addendum(patient_id=response.patient_id, response_id=response.id, kind=kind, signed_as=signer,
                     target_hash=response.content_hash)  # fmt: skip
    row = add(work, entry, reason, text)
    work.record(AuditEvent.FORM_AMENDED, addendum_id=row.id, kind=row.kind, content_hash=row.content_hash)
    return FormAmended(row.id, row.number, row.signed_as)
