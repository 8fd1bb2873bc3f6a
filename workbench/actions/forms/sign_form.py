"""Sign a form that was filled in, and lock it for ever."""

from dataclasses import dataclass
from datetime import datetime

from workbench.accounts.holding import needs_cosign
from workbench.forms.library import Signer, templates
from workbench.forms.signing import FormIncomplete, check_writes, content_hash, filled, written
from workbench.forms.tables import Answered, FormResponse, FormTemplate, FormVersion, ResponseState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Staff


@dataclass(frozen=True)
class FormSigned:
    """The signed form. is_locked: else it waits for the supervisor's signature, which locks it.

    left_out: how many answers stood in the draft to questions that were not asked in the end.
    """

    signed_at: datetime
    signed_as: str
    content_hash: str
    is_locked: bool
    left_out: int


@action(Permission.SIGN_FORM, on=FormResponse)
def sign_form(work: Work, response: FormResponse) -> FormSigned:
    """What is signed is what was asked. What hangs on an answer that changed later stays in the revisions, not in it.

    Raises:
        FormLocked, NotYourForm. FormInReview: it waits. FormIncomplete: with a sentence by field.
    """
    check_writes(response, work.actor.person_id)
    draft = filled(work.get(FormVersion, response.version_id), response.answered.response, work.today)
    if problems := draft.problems:
        raise FormIncomplete({draft.layout.field(place): said for place, said in problems.items()})
    unasked = {place[-1].link_id for place in set(draft.answers) - set(draft.found.answers)}
    left_out = sorted(unasked | {one.link_id for one in draft.parked})
    is_locked = not (_asks_supervisor(work, response) and needs_cosign(work, response.author_id, work.now))
    told = written(draft.layout, draft.found.answers, is_signed=True)
    response.answered = Answered(told)
    response.signed_at, response.signed_as = work.now, work.get(Staff, response.author_id).details.shown_name
    response.saved_at = work.now
    response.content_hash = content_hash(response, told)
    response.state = ResponseState.LOCKED if is_locked else ResponseState.REVIEW
    work.flush()
    work.record(AuditEvent.FORM_SIGNED, content_hash=response.content_hash, left_out=" ".join(left_out)[:500],
                is_locked=is_locked)  # fmt: skip
    return FormSigned(work.now, response.signed_as, response.content_hash, is_locked, len(left_out))


def _asks_supervisor(work: Work, response: FormResponse) -> bool:
    """Whether the form is one a supervisor signs; of a form that is not of the library nobody said so, and it is."""
    version = work.get(FormVersion, response.version_id)
    template = templates().get(work.get(FormTemplate, version.template_id).library_key)
    return template is None or Signer.SUPERVISOR in template.signers
