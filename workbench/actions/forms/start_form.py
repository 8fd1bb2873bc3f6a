"""Begin to fill in a published form about a patient."""

from dataclasses import dataclass

from workbench.actions.forms._record_facts import last_signed, record_facts
from workbench.forms.documents import read_document
from workbench.forms.filling import Answers, Layout
from workbench.forms.library import Mark, templates
from workbench.forms.prefill import begins_with, wanted
from workbench.forms.responses import answers_of
from workbench.forms.signing import layout_of, written
from workbench.forms.tables import Answered, FormResponse, FormRevision, FormTemplate, FormVersion, VersionState
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


class AboutNobody(WorkbenchError):
    """The form belongs to the practice and into nobody's chart."""

    def __init__(self) -> None:
        super().__init__("This form is about no single person and is kept outside of charts.")
        self.fields = {"version_id": str(self)}


@dataclass(frozen=True)
class FormStarted:
    """The draft. filled_in: how many answers came from the record."""

    response_id: str
    filled_in: int


@action(Permission.START_FORM, on=Patient)
def start_form(work: Work, patient: Patient, *, version_id: str) -> FormStarted:
    """A draft of one's own. It begins with what the form says: its own answers, last time's, those of the record.

    Raises:
        NotPublished, AboutNobody, NotFound.
    """
    version = work.get(FormVersion, version_id)
    if version.state != VersionState.PUBLISHED:
        raise NotPublished
    template = templates().get(work.get(FormTemplate, version.template_id).library_key)
    if template is not None and Mark.PRACTICE in template.marks:
        raise AboutNobody
    layout = layout_of(version)
    facts = record_facts(work, patient, wanted(layout.items.values()))
    begun = begins_with(layout, facts, _last_time(work, patient, version, layout))
    answered = Answered(written(layout, begun))
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
    filled_in = sum(bool(layout.items[place[-1].link_id].prefilled_by) for place in begun)
    work.record(AuditEvent.FORM_STARTED, subject=response, patient_id=patient.id, label=version.label,
                hash=version.hash, filled_in=filled_in)  # fmt: skip
    return FormStarted(response.id, filled_in)


def _last_time(work: Work, patient: Patient, version: FormVersion, layout: Layout) -> Answers:
    """What was signed of the same form last, where something of it is carried forward."""
    if not any(item.is_carried for item in layout.items.values()):
        return {}
    found = last_signed(work, patient, FormTemplate.id == version.template_id)
    return answers_of(layout, read_document(found.answered.response.encode()))[0] if found else {}
