"""Publish a version of a form: from now on it is what is filled in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from workbench.forms.questionnaire import MOST_ON_A_PAGE
from workbench.forms.signing import layout_of
from workbench.forms.tables import FormVersion, VersionState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError


class NotADraft(WorkbenchError):
    """It was published before, or is used no more."""

    def __init__(self) -> None:
        super().__init__("This version is no draft any more. A new version is imported and published instead.")


class FormTooLong(WorkbenchError):
    """Nobody could fill it in on one page."""

    def __init__(self, questions: int) -> None:
        super().__init__(
            f"This form has {questions:,} questions; one that is filled in has at most {MOST_ON_A_PAGE}. "
            "Take its parts in as forms of their own."
        )


@dataclass(frozen=True)
class FormPublished:
    """Since when it is filled in."""

    version_id: str
    published_at: datetime


@action(
    Permission.SET_FORMS,
    on=FormVersion,
    refuses={"uq_form_versions_published": StalePage, "form_versions.template_id": StalePage},
)
def publish_form(work: Work, version: FormVersion) -> FormPublished:
    """The one that was published before is retired with it. What was filled in stays with the version it was of.

    Raises:
        NotADraft: it is none. FormTooLong. StalePage: somebody published another one at the same time.
    """
    if version.state != VersionState.DRAFT:
        raise NotADraft
    questions = sum(item.is_question for item in layout_of(version).items.values())
    if questions > MOST_ON_A_PAGE:
        raise FormTooLong(questions)
    before: FormVersion | None = work.scalar(
        select(FormVersion).where(
            FormVersion.template_id == version.template_id, FormVersion.state == VersionState.PUBLISHED
        )
    )
    if before is not None:
        before.state, before.retired_at, before.retired_by = VersionState.RETIRED, work.now, work.actor.user_id
        work.flush()
    version.state, version.published_at, version.published_by = VersionState.PUBLISHED, work.now, work.actor.user_id
    work.flush()
    work.record(AuditEvent.FORM_PUBLISHED, label=version.label, hash=version.hash)
    return FormPublished(version.id, work.now)
