"""Take in a form of another system, or a new version of one the practice has. It is a draft until it is published."""

from dataclasses import dataclass

from workbench.forms.importing import import_form as read_form
from workbench.forms.tables import FormTemplate
from workbench.forms.versions import add_version
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError


class FormUntitled(WorkbenchError):
    """Nobody could find it again."""

    def __init__(self) -> None:
        super().__init__("The form has no title. Give it one of 120 letters at most.")
        self.fields = {"title": str(self)}


@dataclass(frozen=True)
class FormImported:
    """The draft. warnings: how many things it has that are kept and not done."""

    template_id: str
    version_id: str
    label: str
    warnings: int


@action(Permission.SET_FORMS, refuses={"uq_form_versions_nth": StalePage, "form_versions.template_id": StalePage})
def import_form(work: Work, *, content: bytes, title: str = "", template_id: str = "") -> FormImported:
    """content: a FHIR Questionnaire or a REDCap dictionary. template_id: whose next version it is; "" is a new form.

    Raises:
        Refused: it is no form; the place is named. SameForm. FormUntitled. NotFound.
    """
    imported = read_form(content)
    template = work.get(FormTemplate, template_id) if template_id else _begun(work, title or imported.form.title)
    version = add_version(work, template, imported.questionnaire)
    work.record(
        AuditEvent.FORM_IMPORTED, subject=version, template_id=template.id, label=version.label, hash=version.hash
    )
    return FormImported(template.id, version.id, version.label, len(imported.form.warnings))


def _begun(work: Work, title: str) -> FormTemplate:
    told = " ".join(title.split())
    if not 0 < len(told) <= 120:
        raise FormUntitled
    template = FormTemplate(title=told, made_at=work.now, made_by=work.actor.user_id)
    work.add(template)
    work.flush()
    return template
