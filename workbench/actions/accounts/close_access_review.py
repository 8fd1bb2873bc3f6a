"""Close an access review once every line is decided, and write its certificate."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from workbench.accounts.access_tables import AccessRequest
from workbench.accounts.holding import holding
from workbench.accounts.review_rules import REVIEWING_ROLES, Proposal, ReviewClosed, ReviewUndecided
from workbench.accounts.review_tables import (
    AccessReview,
    AccessReviewClosing,
    AccessReviewDecision,
    AccessReviewLine,
    ReviewCertificate,
    ReviewedLine,
)
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.digests import digest_of
from workbench.people.tables import Staff


@dataclass(frozen=True)
class ReviewFinished:
    """digest: of the certificate, which the audit log holds too."""

    digest: str


@action(
    Permission.CLOSE_ACCESS_REVIEW,
    on=AccessReview,
    refuses={"access_review_closings": ReviewClosed, "access_review_undecided": lambda: ReviewUndecided(1)},
)
def close_access_review(work: Work, review: AccessReview) -> ReviewFinished:
    """Write the certificate. One's own lines may stay open only where nobody else could decide about them.

    Raises:
        ReviewClosed: before. ReviewUndecided: lines wait.
    """
    if work.scalar(select(AccessReviewClosing.id).where(AccessReviewClosing.review_id == review.id)):
        raise ReviewClosed
    lines = list(work.scalars(select(AccessReviewLine).where(AccessReviewLine.review_id == review.id)))
    query = select(AccessReviewDecision).where(AccessReviewDecision.review_id == review.id)
    newest = {row.line_id: row for row in work.scalars(query.order_by(AccessReviewDecision.number))}
    held = holding(work, work.now)
    is_alone = held.anyone_of(*REVIEWING_ROLES) <= {work.actor.person_id}
    waiting = [
        one for one in lines if one.id not in newest and not (is_alone and one.person_id == work.actor.person_id)
    ]
    if waiting:
        raise ReviewUndecided(len(waiting))
    certificate = _certificate(work, review, lines, newest)
    digest = digest_of(certificate)
    kept = AccessReviewClosing(review_id=review.id, closed_by=work.actor.person_id, closed_at=work.now, digest=digest)
    kept.certificate = certificate
    work.add(kept)
    work.flush()
    work.record(AuditEvent.ACCESS_REVIEW_CLOSED, lines=len(lines), certificate=digest)
    return ReviewFinished(digest)


def _certificate(
    work: Work, review: AccessReview, lines: list[AccessReviewLine], newest: Mapping[str, AccessReviewDecision]
) -> ReviewCertificate:
    names = {row.id: row.details.shown_name for row in work.scalars(select(Staff))}
    said = [row.decision for row in newest.values()]
    rows = [_line(work, one, newest.get(one.id), names) for one in lines]
    return ReviewCertificate(
        quarter=review.quarter,
        opened_at=review.opened_at.isoformat(),
        window_from=review.window_from.isoformat(),
        due_on=review.due_on.isoformat(),
        closed_by=names.get(work.actor.person_id, work.actor.person_id),
        closed_at=work.now.isoformat(),
        people=len({one.person_id for one in lines}),
        kept=said.count(Proposal.KEEP),
        taken_away=said.count(Proposal.TAKE_AWAY),
        against_proposal=sum(one.id in newest and newest[one.id].decision != one.proposal for one in lines),
        undecided=len(lines) - len(said),
        lines=tuple(sorted(rows, key=lambda row: (row.person, row.role))),
    )


def _line(
    work: Work, line: AccessReviewLine, decided: AccessReviewDecision | None, names: Mapping[str, str]
) -> ReviewedLine:
    rights = line.held.rights
    asked = work.get(AccessRequest, decided.request_id) if decided is not None and decided.request_id else None
    return ReviewedLine(
        person=names.get(line.person_id, line.person_id),
        role=line.role,
        held_since=line.since.isoformat(),
        rights=len(rights),
        used=sum(one.count > 0 for one in rights),
        uses=sum(one.count for one in rights),
        proposal=line.proposal,
        because=line.because,
        decision=decided.decision if decided is not None else "",
        reason=decided.words.why if decided is not None else "",
        decided_by=names.get(decided.decided_by, decided.decided_by) if decided is not None else "",
        decided_at=decided.decided_at.isoformat() if decided is not None else "",
        became=asked.state if asked is not None else "",
    )
