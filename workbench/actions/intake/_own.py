"""A form or measure that somebody fills in themselves, as it stands. Shared by the verbs of this area."""

from workbench.forms.signing import Filled, document_of, filled_as
from workbench.forms.tables import FormTemplate, FormVersion
from workbench.gate.errors import NotFound
from workbench.gate.work import Work
from workbench.intake.signing import PacketWithdrawn, check_draft
from workbench.intake.tables import OwnResponse, PacketAssignment
from workbench.measures.catalogue import measures
from workbench.measures.wording import questionnaire_of


def check_own(work: Work, row: OwnResponse) -> None:
    """Whether the actor may go on with it.

    Raises:
        NotFound: another person began it. OwnLocked. PacketWithdrawn.
    """
    if row.person_id != work.actor.person_id:
        raise NotFound
    check_draft(row)
    if work.get(PacketAssignment, row.assignment_id).withdrawn_at is not None:
        raise PacketWithdrawn


def as_filled(work: Work, row: OwnResponse) -> Filled:
    """Its questions with the answers so far."""
    measure = measures().get(row.rule)
    document = questionnaire_of(measure) if measure else document_of(work.get(FormVersion, row.version_id or ""))
    return filled_as(document, row.answered.response, work.today)


def library_key(work: Work, row: OwnResponse) -> str:
    """Of which template of the library it is; "" for the practice's own and for measures."""
    if row.version_id is None:
        return ""
    return work.get(FormTemplate, work.get(FormVersion, row.version_id).template_id).library_key
