"""Every night: if this quarter has no review of access yet, open it."""

from dataclasses import dataclass

from workbench.accounts.review_opening import begin, review_of_quarter
from workbench.accounts.review_rules import quarter_of
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class QuarterLooked:
    """review_id: the review that was opened; "" where the quarter had one."""

    review_id: str


@action(Permission.OPEN_QUARTERLY_REVIEW)
def open_quarterly_review(work: Work) -> QuarterLooked:
    """Open it once a quarter, whoever opened it: a person or an earlier night."""
    quarter = quarter_of(work.today)
    there = review_of_quarter(work, quarter)
    if there is not None:
        work.record(AuditEvent.ACCESS_REVIEW_LOOKED_FOR, subject=there, quarter=quarter)
        return QuarterLooked("")
    review, lines = begin(work)
    work.record(AuditEvent.ACCESS_REVIEW_OPENED, subject=review, quarter=quarter, lines=lines)
    return QuarterLooked(review.id)
