"""Sign a form that was filled in, and lock it for ever."""

from dataclasses import dataclass
from datetime import datetime

from workbench.forms.signing import FormIncomplete, FormLocked, NotYourForm, content_hash, filled, written
from workbench.forms.tables import Answered, FormResponse, FormVersion, ResponseState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Staff


@dataclass(frozen=True)
class FormSigned:
    """The locked form. left_out: how many answers stood in the draft to questions that were not asked in the end."""

    signed_at: datetime
    signed_as: str
    content_hash: str
    left_out: int


@action(Permission.SIGN_FORM, on=FormResponse)
def sign_form(work: Work, response: FormResponse) -> FormSigned:
    """What is signed is what was asked. What hangs on an answer that changed later stays in the revisions, not in it.

    Raises:
        FormLocked, NotYourForm. FormIncomplete: with a sentence by field.
    """
    if response.author_id != work.actor.person_id:
        raise NotYourForm
    if response.state == ResponseState.LOCKED:
        raise FormLocked
    draft = filled(work.get(FormVersion, response.version_id), response.answered.response, work.today)
    if problems := draft.problems:
        raise FormIncomplete({draft.layout.field(place): said for place, said in problems.items()})
    unasked = {place[-1].link_id for place in set(draft.answers) - set(draft.found.answers)}
    left_out = sorted(unasked | {one.link_id for one in draft.parked})
    told = written(draft.layout, draft.found.answers, is_signed=True)
    response.answered = Answered(told)
    response.signed_at, response.signed_as = work.now, work.get(Staff, response.author_id).details.shown_name
    response.saved_at = work.now
    response.content_hash = content_hash(response, told)
    response.state = ResponseState.LOCKED
    work.flush()
    work.record(AuditEvent.FORM_SIGNED, content_hash=response.content_hash, left_out=" ".join(left_out)[:500])
    return FormSigned(work.now, response.signed_as, response.content_hash, len(left_out))
