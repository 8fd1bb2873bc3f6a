"""Answer an alert that a measure raised: say what was done."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.measures.alerts import AlertAnswered, checked_answer
from workbench.measures.tables import AlertDone, MeasureAlert, MeasureAlertAnswer


@dataclass(frozen=True)
class AlertClosed:
    """Since when nobody waits for it."""

    answered_at: datetime


@action(
    Permission.ANSWER_ALERT,
    on=MeasureAlert,
    refuses={"uq_measure_alert_answers": AlertAnswered, "measure_alert_answers.alert_id": AlertAnswered},
)
def answer_alert(work: Work, alert: MeasureAlert, *, done: str) -> AlertClosed:
    """Whoever may write in the chart may answer, not its owner alone: somebody may be quicker. Once, in their words.

    Raises:
        AnswerUnclear: nothing is said. AlertAnswered: somebody did before.
    """
    told = checked_answer(done)
    if work.scalar(select(MeasureAlertAnswer.id).where(MeasureAlertAnswer.alert_id == alert.id)) is not None:
        raise AlertAnswered
    answer = MeasureAlertAnswer(
        alert_id=alert.id, patient_id=alert.patient_id, answered_at=work.now, answered_by=work.actor.person_id,
        done=AlertDone(told),
    )  # fmt: skip
    work.add(answer)
    work.flush()
    late = (work.now - alert.raised_at).total_seconds() // 60
    work.record(AuditEvent.ALERT_ANSWERED, subject=alert, patient_id=alert.patient_id, after_minutes=int(late))
    return AlertClosed(work.now)
