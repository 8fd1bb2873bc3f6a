"""Begin to fill in a published form about a patient."""

from dataclasses import dataclass

from workbench.forms.signing import layout_of, written
from workbench.forms.tables import Answered, FormResponse, FormRevision, FormVersion, VersionState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.people.tables import Patient


class NotPublished(WorkbenchError):
    """The version is a draft, or is used no more."""

    def __init__(self) -> None:
        super().__init__("This form is not in use now. Please choose again.")
        self.fields = {"version_id": str(self)}


@dataclass(frozen=True)
class FormStarted:
    """The empty draft."""

    response_id: str


@action(Permission.START_FORM, on=Patient)
def start_form(work: Work, patient: Patient, *, version_id: str) -> FormStarted:
    """A draft of one's own. It begins with what the form itself says it begins with.

    Raises:
        NotPublished, NotFound.
    """
    version = work.get(FormVersion, version_id)
    if version.state != VersionState.PUBLISHED:
        raise NotPublished
    layout = layout_of(version)
    begins = {place: item.initial for item in layout.items.values() for place in layout.places(item.link_id, {})
              if item.initial and item.is_question}  # fmt: skip
    answered = Answered(written(layout, begins))
    response = FormResponse(
        patient_id=patient.id, version_id=version.id, author_id=work.actor.person_id, hash=version.hash,
        started_at=work.now, saved_at=work.now,
    )  # fmt: skip
    response.answered = answered
    work.add(response)
    work.flush()
    work.add(FormRevision(
        response_id=response.id, patient_id=patient.id, number=response.version, saved_at=work.now,
        saved_by=work.actor.user_id, answered=answered,
    ))  # fmt: skip
    work.record(
        AuditEvent.FORM_STARTED, subject=response, patient_id=patient.id, label=version.label, hash=version.hash
    )
    return FormStarted(response.id)
