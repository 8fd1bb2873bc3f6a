"""Save what somebody answers themselves. Each save keeps a revision, so that nothing typed is lost to a later one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workbench.actions.intake._own import as_filled, check_own
from workbench.forms.pages import pages_of
from workbench.forms.reading_fields import read_fields
from workbench.forms.saving import together
from workbench.forms.signing import written
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.intake.tables import OwnAnswers, OwnResponse, OwnRevision


@dataclass(frozen=True)
class OwnFormSaved:
    """The draft as it stands. version: what the next save has to name. problems: what was typed and is no answer."""

    version: int
    saved_at: datetime
    problems: dict[str, str]


@action(Permission.FILL_OWN_FORM, on=OwnResponse)
def save_own_form(
    work: Work, row: OwnResponse, *, version: int, page: int, values: Mapping[str, tuple[str, ...]]
) -> OwnFormSaved:
    """page: which part of the form was shown, from 0. values: its fields by name.

    What is no answer is told and keeps what was there before. With nothing different there is no revision.

    Raises:
        StalePage: another tab or device saved meanwhile. NotFound, OwnLocked, PacketWithdrawn, NoSuchQuestion.
    """
    check_own(work, row)
    if version != row.version:
        raise StalePage
    before = as_filled(work, row)
    pages = pages_of(before.layout, before.found)
    read = read_fields(before.layout, values)
    shown = pages[min(max(page, 0), len(pages) - 1)].link_ids
    told = together(before, read, values, shown)
    answers = OwnAnswers(written(before.layout, told, parked=before.parked))
    if answers != row.answered:
        row.answered, row.saved_at = answers, work.now
        work.flush()
        work.add(OwnRevision(
            response_id=row.id, patient_id=row.patient_id, number=row.version, saved_at=work.now,
            saved_by=work.actor.user_id, answered=answers,
        ))  # fmt: skip
    work.record(AuditEvent.OWN_FORM_SAVED, revision=row.version)
    return OwnFormSaved(row.version, row.saved_at, dict(read.problems))
