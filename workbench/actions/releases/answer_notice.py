"""Say that the notice of privacy practices was received, or that its confirmation was declined."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Patient
from workbench.releases.notice_tables import NoticeAnswer, NoticeEffort
from workbench.releases.notices import NoticeAnswered, NoticeReplaced, checked_answer, notice_in_force


@dataclass(frozen=True)
class NoticeAnswerKept:
    """answer: stored."""

    notice_id: str
    answer: str


@action(
    Permission.ANSWER_NOTICE, on=Patient,
    refuses={"notice_answers.patient_id": NoticeAnswered, "uq_notice_answers": NoticeAnswered},
)  # fmt: skip
def answer_notice(work: Work, patient: Patient, *, notice_id: str, answer: str, effort: str = "") -> NoticeAnswerKept:
    """By the person, who stands in for them, or staff who have it on paper. Whoever declined may confirm later.

    effort: of who declined, what was done to get it confirmed and why it was not.

    Raises:
        NoticeUnclear: by field. NoticeReplaced. NoticeAnswered.
    """
    kind, said = checked_answer(answer, effort)
    held = notice_in_force(work, work.today)
    if held is None or held.id != notice_id:
        raise NoticeReplaced
    row = NoticeAnswer(patient_id=patient.id, notice_id=notice_id, answer=kind, at=work.now,
                       said_by=work.actor.user_id, told=NoticeEffort(said))  # fmt: skip
    work.add(row)
    work.flush()
    work.record(AuditEvent.NOTICE_ANSWERED, subject=row, answer=kind.value, number=held.number)
    return NoticeAnswerKept(notice_id, kind.value)
