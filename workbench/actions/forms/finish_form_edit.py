"""Make a version of a form that was edited. It is a draft until it is published."""

from dataclasses import dataclass

from workbench.forms.editing import edits_of
from workbench.forms.tables import FormTemplate, FormVersion
from workbench.forms.versions import add_version, newest_version
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError

_LONGEST = 400


class WhyMissing(WorkbenchError):
    """Whoever reads it in ten years has to know what it was made for."""

    def __init__(self) -> None:
        super().__init__(f"Say what is different and why, in at most {_LONGEST} letters.")
        self.fields = {"why": str(self)}


@dataclass(frozen=True)
class FormEditFinished:
    """The new draft."""

    version_id: str
    label: str


@action(
    Permission.SET_FORMS, on=FormVersion,
    refuses={"uq_form_versions_nth": StalePage, "form_versions.template_id": StalePage},
)  # fmt: skip
def finish_form_edit(work: Work, version: FormVersion, *, number: int, why: str) -> FormEditFinished:
    """number: of the last step that was seen.

    Raises:
        StalePage: somebody edited meanwhile, or made a version. SameForm: nothing is different. WhyMissing.
    """
    said = " ".join(why.split())
    if not 0 < len(said) <= _LONGEST:
        raise WhyMissing
    newest, edits = newest_version(work, version.template_id), edits_of(work, version)
    if newest is None or newest.id != version.id or edits.number != number:
        raise StalePage
    template = work.get(FormTemplate, version.template_id)
    made = add_version(work, template, edits.document, why=said)
    template.title = str(edits.document["title"])[:120] if edits.document.get("title") else template.title
    work.flush()
    work.record(AuditEvent.FORM_VERSION_MADE, subject=made, template_id=template.id, label=made.label, hash=made.hash)
    return FormEditFinished(made.id, made.label)
