"""Use a version of a form no more."""

from dataclasses import dataclass

from workbench.forms.tables import FormVersion, VersionState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class FormRetired:
    """Nothing new is filled in with it; what was stays readable."""

    version_id: str


@action(Permission.SET_FORMS, on=FormVersion)
def retire_form(work: Work, version: FormVersion) -> FormRetired:
    """A draft that nobody wants, or the published one. Retired twice it stays as it is."""
    if version.state != VersionState.RETIRED:
        version.state, version.retired_at, version.retired_by = VersionState.RETIRED, work.now, work.actor.user_id
    work.flush()
    work.record(AuditEvent.FORM_RETIRED, label=version.label)
    return FormRetired(version.id)
