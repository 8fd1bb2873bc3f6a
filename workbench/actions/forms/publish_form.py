"""Publish a version of a form: from now on it is what is filled in."""

from dataclasses import dataclass
from datetime import datetime

from workbench.forms.comparing import changes_scoring
from workbench.forms.questionnaire import MOST_ON_A_PAGE
from workbench.forms.signing import layout_of
from workbench.forms.tables import FormVersion, VersionState
from workbench.forms.versions import NotADraft, published_version, put_in_use
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError


class FormTooLong(WorkbenchError):
    """Nobody could fill it in on one page."""

    def __init__(self, questions: int) -> None:
        super().__init__(
            f"This form has {questions:,} questions; one that is filled in has at most {MOST_ON_A_PAGE}. "
            "Take its parts in as forms of their own."
        )


class NeedsSecondReader(WorkbenchError):
    """What is worked out changes, and who made it alone answers for it."""

    def __init__(self) -> None:
        super().__init__("This version works something out otherwise than before. Ask somebody else to publish it.")


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

    A change of what is worked out is published by somebody else than who made it.

    Raises:
        NotADraft: it is none, nor one that waits for its reader. FormTooLong. NeedsSecondReader. StalePage: somebody
        published another one at the same time.
    """
    if version.state not in (VersionState.DRAFT, VersionState.REVIEW):
        raise NotADraft
    form = layout_of(version).form
    questions = sum(item.is_question for item in form.walk())
    if questions > MOST_ON_A_PAGE:
        raise FormTooLong(questions)
    before = published_version(work, version.template_id)
    is_own = version.made_by == work.actor.user_id
    if is_own and before is not None and changes_scoring(layout_of(before).form, form):
        raise NeedsSecondReader
    put_in_use(work, version)
    work.record(AuditEvent.FORM_PUBLISHED, label=version.label, hash=version.hash)
    return FormPublished(version.id, work.now)
