"""Open the quarter's review of who holds which access."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.accounts.review_opening import freeze_lines
from workbench.accounts.review_rules import DUE_WITHIN, WINDOW, ReviewThere, quarter_of
from workbench.accounts.review_tables import AccessReview
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
    quarter = quarter_of(work.today)
    if work.scalar(select(AccessReview.id).where(AccessReview.quarter == quarter)) is not None:
        raise ReviewThere
    review = AccessReview(
        quarter=quarter, opened_at=work.now, opened_by=work.actor.user_id, window_from=work.now - WINDOW,
        due_on=work.today + DUE_WITHIN,
    )  # fmt: skip
    work.add(review)
    work.flush()
    lines = freeze_lines(work, review)
    work.record(AuditEvent.ACCESS_REVIEW_OPENED, subject=review, quarter=quarter, lines=lines)
    return ReviewOpened(review.id, lines)
