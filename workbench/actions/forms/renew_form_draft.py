"""Take a draft over to the version of its form that is in use now."""

from dataclasses import dataclass

from workbench.forms.signing import check_writes, filled
from workbench.forms.tables import FormResponse, FormRevision, FormVersion
from workbench.forms.versions import published_version
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError


class AlreadyNewest(WorkbenchError):
    """The draft is of the version in use, or none is in use."""

    def __init__(self) -> None:
        super().__init__("There is no other version in use for this draft.")


@dataclass(frozen=True)
class FormDraftRenewed:
    """parked: how many answers the new version has no place for; they are shown beside it until it is signed."""

    version: int
    label: str
    parked: int


@action(Permission.SAVE_FORM, on=FormResponse)
def renew_form_draft(work: Work, response: FormResponse) -> FormDraftRenewed:
    """Answers find their questions by linkId. The draft as it was stays among its revisions.

    Raises:
        FormLocked, FormInReview, NotYourForm. AlreadyNewest: there is nothing to take it over to.
    """
    check_writes(response, work.actor.person_id)
    before = work.get(FormVersion, response.version_id)
    after = published_version(work, before.template_id)
    if after is None or after.id == before.id:
        raise AlreadyNewest
    parked = filled(after, response.answered.response, work.today).parked
    response.version_id, response.hash, response.saved_at = after.id, after.hash, work.now
    work.flush()
    work.add(FormRevision(
        response_id=response.id, patient_id=response.patient_id, number=response.version, saved_at=work.now,
        saved_by=work.actor.user_id, answered=response.answered,
    ))  # fmt: skip
    work.record(AuditEvent.FORM_DRAFT_RENEWED, before=before.label, label=after.label, hash=after.hash,
                parked=" ".join(sorted(one.link_id for one in parked))[:500])  # fmt: skip
    return FormDraftRenewed(response.version, after.label, len(parked))
