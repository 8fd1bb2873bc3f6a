"""Open the quarter's review of who holds which access."""

from dataclasses import dataclass

from workbench.accounts.review_opening import begin, review_of_quarter
from workbench.accounts.review_rules import ReviewThere, quarter_of
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class ReviewOpened:
    """The campaign, with one line for each role of each person."""

    review_id: str
    lines: int


@action(
    Permission.OPEN_ACCESS_REVIEW,
    refuses={"access_reviews_quarter": ReviewThere, "access_reviews.quarter": ReviewThere},
)
def open_access_review(work: Work) -> ReviewOpened:
    """Freeze everybody's roles beside what they used of them in the last 90 days, with a proposal for each.

    Raises:
        ReviewThere: this quarter has one.
    """
    if review_of_quarter(work, quarter_of(work.today)) is not None:
        raise ReviewThere
    review, lines = begin(work)
    work.record(AuditEvent.ACCESS_REVIEW_OPENED, subject=review, quarter=review.quarter, lines=lines)
    return ReviewOpened(review.id, lines)
