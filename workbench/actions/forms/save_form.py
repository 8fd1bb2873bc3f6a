"""Save the draft of a form. Each save keeps a revision, so that nothing typed is lost to a later one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workbench.forms.reading_fields import read_fields
from workbench.forms.saving import together
from workbench.forms.signing import check_writes, filled, written
from workbench.forms.tables import Answered, FormResponse, FormRevision, FormVersion
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class FormSaved:
    """The draft as it stands. version: what the next save has to name. problems: what was typed and is no answer."""

    version: int
    saved_at: datetime
    problems: dict[str, str]


@action(Permission.SAVE_FORM, on=FormResponse)
def save_form(work: Work, response: FormResponse, *, version: int, values: Mapping[str, tuple[str, ...]]) -> FormSaved:
    """values: the fields of the page, by name. What is no answer is told and keeps what was there before.

    What the page did not show stays in the draft: it may be asked again. With nothing different there is no revision.

    Raises:
        StalePage: another tab or device saved meanwhile. FormLocked, FormInReview, NotYourForm, NoSuchQuestion.
    """
    check_writes(response, work.actor.person_id)
    if version != response.version:
        raise StalePage
    before = filled(work.get(FormVersion, response.version_id), response.answered.response, work.today)
    read = read_fields(before.layout, values)
    answers = Answered(written(before.layout, together(before, read, values), parked=before.parked))
    if answers != response.answered:
        response.answered, response.saved_at = answers, work.now
        work.flush()
        work.add(FormRevision(
            response_id=response.id, patient_id=response.patient_id, number=response.version, saved_at=work.now,
            saved_by=work.actor.user_id, answered=answers,
        ))  # fmt: skip
    work.record(AuditEvent.FORM_SAVED, revision=response.version)
    return FormSaved(response.version, response.saved_at, dict(read.problems))
