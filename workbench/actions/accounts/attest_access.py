"""Decide about one line of an access review: keep the role, or ask for its end."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.accounts.review_rules import OwnAccess, ReviewClosed, checked
from workbench.accounts.review_tables import AccessReviewClosing, AccessReviewDecision, AccessReviewLine, ReviewWords
from workbench.accounts.taking_away import settle_request
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class AccessAttested:
    """The decision's number on its line; request_id: the request to end the role, or ""."""

    number: int
    request_id: str


@action(
    Permission.ATTEST_ACCESS,
    on=AccessReviewLine,
    refuses={"not_about_oneself": OwnAccess, "access_review_closed": ReviewClosed, "line_id": StalePage,
             "decisions_number": StalePage},
)  # fmt: skip
def attest_access(work: Work, line: AccessReviewLine, *, decision: str, reason: str = "") -> AccessAttested:
    """Keep it on; a role to be taken away is asked for, and somebody else approves that. A later decision corrects.

    Raises:
        OwnAccess, ReviewClosed, DecisionUnclear, TakenAwayAlready, LastHolder: see there.
    """
    if line.person_id == work.actor.person_id:
        raise OwnAccess
    if work.scalar(select(AccessReviewClosing.id).where(AccessReviewClosing.review_id == line.review_id)):
        raise ReviewClosed
    wanted, words = checked(decision, reason, line.proposal)
    query = select(AccessReviewDecision).where(AccessReviewDecision.line_id == line.id)
    before = work.scalars(query.order_by(AccessReviewDecision.number.desc())).first()
    request_id = settle_request(work, line, wanted, words, before)
    number = before.number + 1 if before is not None else 1
    row = AccessReviewDecision(
        line_id=line.id, review_id=line.review_id, person_id=line.person_id, number=number, decision=wanted,
        decided_by=work.actor.person_id, decided_at=work.now, request_id=request_id,
    )  # fmt: skip
    row.words = ReviewWords(words)
    work.add(row)
    work.flush()
    work.record(AuditEvent.ACCESS_REVIEW_DECIDED, decision=wanted, number=number, proposed=line.proposal)
    return AccessAttested(number, request_id)
