"""Ask somebody else to read a version of a form before it is published."""

from dataclasses import dataclass
from datetime import datetime

from workbench.forms.tables import FormVersion, VersionState
from workbench.forms.versions import NotADraft
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class FormReviewAsked:
    """Since when it waits."""

    version_id: str
    asked_at: datetime


@action(Permission.SET_FORMS, on=FormVersion)
def ask_form_review(work: Work, version: FormVersion) -> FormReviewAsked:
    """While it waits nothing of it changes: its text never does, and edits make another version.

    Raises:
        NotADraft.
    """
    if version.state != VersionState.DRAFT:
        raise NotADraft
    version.state, version.review_said = VersionState.REVIEW, ""
    version.review_asked_at, version.review_asked_by = work.now, work.actor.user_id
    work.flush()
    work.record(AuditEvent.FORM_REVIEW_ASKED, label=version.label, hash=version.hash)
    return FormReviewAsked(version.id, work.now)
