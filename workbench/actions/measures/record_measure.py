"""Record what a patient answered to a measure. It is scored at once, and a critical answer raises an alert."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from workbench.actions.measures._recording import MeasureRecorded, keep_result
from workbench.forms.answering import missing_and_wrong
from workbench.forms.asking import as_value, asked
from workbench.forms.fhir import read_questionnaire
from workbench.forms.filling import Layout, Step
from workbench.forms.reading_fields import read_fields
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.measures.catalogue import NoSuchMeasure, measures
from workbench.measures.scoring import Answer as Response
from workbench.measures.scoring import score, score_of_total
from workbench.measures.tables import MeasureResult
from workbench.measures.wording import TOTAL, questionnaire_of
from workbench.people.rules import scoring_facts
from workbench.people.tables import Patient

__all__ = ["AnswersMissing", "AnswersUnclear", "MeasureRecorded", "record_measure"]


class AnswersUnclear(WorkbenchError):
    """Some answers are none, or nothing was answered. `fields`: a sentence by the name of the field."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("Please look at the marked answers." if fields else "Nothing is answered yet.")
        self.fields = dict(fields)


class AnswersMissing(WorkbenchError):
    """Without these answers there is no total. `fields`: those that are missing."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("Without the marked answers there is no total. Answer them, or keep it as it is.")
        self.fields = dict(fields)


@action(Permission.RECORD_MEASURE, on=Patient)
def record_measure(
    work: Work, patient: Patient, *, rule: str, values: Mapping[str, tuple[str, ...]], is_partial: bool = False
) -> MeasureRecorded:
    """One administration, as it was answered. values: the fields of the measure's form, by name.

    is_partial: it is kept although answers are missing, and then has no total. Whoever records it owns its alerts.

    Raises:
        NoSuchMeasure. AnswersUnclear, AnswersMissing: with a sentence by field. NoSuchQuestion, NotAnAnswer.
    """
    measure = measures().get(rule)
    if measure is None:
        raise NoSuchMeasure
    layout = Layout(read_questionnaire(questionnaire_of(measure)))
    given = _answered(layout, values, work.today)
    facts = scoring_facts(patient.details, work.today)
    by_total = measure.by_total_only
    came_to = score_of_total(measure, _number(given[TOTAL])) if by_total else score(measure, given, facts)
    if not came_to.is_complete and not is_partial:
        raise AnswersMissing({layout.field((Step(key),)): "Not answered." for key in came_to.missing})
    done = keep_result(work, patient.id, measure, given, came_to, owner_id=work.actor.person_id)
    work.record(AuditEvent.MEASURE_RECORDED, subject=work.get(MeasureResult, done.result_id), patient_id=patient.id,
                rule=measure.key, alerts=len(done.alerts))  # fmt: skip
    return done


def _answered(layout: Layout, values: Mapping[str, tuple[str, ...]], today: date) -> dict[str, Response]:
    """The responses by item. What the form would not have asked is left aside."""
    read = read_fields(layout, values)
    found = asked(layout, read.answers, today=today)
    wrong = {layout.field(place): said for place, said in missing_and_wrong(layout, found).items()}
    if read.problems or wrong or not found.answers:
        raise AnswersUnclear({**wrong, **read.problems})
    return {place[-1].link_id: as_value(answers[0]) for place, answers in found.answers.items()}


def _number(response: Response) -> int | Decimal:
    assert isinstance(response, int | Decimal)
    return response
