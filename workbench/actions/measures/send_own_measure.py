"""Send what one answered to a measure. It is scored at once, and a critical answer raises an alert, as in a session."""

from dataclasses import dataclass

from workbench.actions.measures._recording import keep_result
from workbench.actions.measures._treating import who_answers
from workbench.forms.asking import as_value
from workbench.forms.signing import FormIncomplete, filled_as, written
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.intake.signing import TextChanged, check_draft, content_hash, shown_hash
from workbench.intake.tables import OwnAnswers, OwnResponse, OwnState
from workbench.kernel.errors import WorkbenchError
from workbench.measures.catalogue import measures
from workbench.measures.scoring import score
from workbench.measures.tables import MeasureResult
from workbench.measures.wording import questionnaire_of
from workbench.people.rules import scoring_facts
from workbench.people.tables import Patient


class NothingAnswered(WorkbenchError):
    """A measure without an answer says nothing."""

    def __init__(self) -> None:
        super().__init__("Nothing is answered yet. Answer what you can, then send it.")


@dataclass(frozen=True)
class OwnMeasureSent:
    """is_critical: somebody is told at once, and the page shows where help is now. No score: it is talked about."""

    is_critical: bool


@action(Permission.FILL_OWN_FORM, on=OwnResponse)
def send_own_measure(work: Work, row: OwnResponse, *, shown: str) -> OwnMeasureSent:
    """shown: the hash of the answers that stood on the page. What was left out is left out, and then there is no total.

    Raises:
        NothingAnswered. FormIncomplete: some answers are out of their bounds. TextChanged. OwnLocked.
        NotFound: another person's, or a form, which is signed.
    """
    measure = measures().get(row.rule)
    if measure is None or row.person_id != work.actor.person_id:
        raise NotFound
    check_draft(row)
    if shown != shown_hash(row):
        raise TextChanged
    draft = filled_as(questionnaire_of(measure), row.answered.response, work.today, has_spare=False)
    if not draft.found.answers:
        raise NothingAnswered
    if problems := draft.problems:
        raise FormIncomplete({draft.layout.field(place): said for place, said in problems.items()})
    patient = work.get(Patient, row.patient_id)
    given = {place[-1].link_id: as_value(told[0]) for place, told in draft.found.answers.items()}
    came_to = score(measure, given, scoring_facts(patient.details, work.today))
    row.answered = OwnAnswers(written(draft.layout, draft.found.answers, is_signed=True))
    row.signed_at = row.saved_at = work.now
    row.state = OwnState.SENT
    row.content_hash = content_hash(row)
    work.flush()
    done = keep_result(work, patient.id, measure, given, came_to, owner_id=who_answers(work, patient.id))
    work.record(AuditEvent.OWN_MEASURE_SENT, content_hash=row.content_hash)
    result = work.get(MeasureResult, done.result_id)
    work.record(AuditEvent.MEASURE_RECORDED, subject=result, rule=measure.key, alerts=len(done.alerts))
    return OwnMeasureSent(bool(done.alerts))
