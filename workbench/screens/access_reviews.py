"""Reviews of access: each quarter's, how far it is and how late, its lines beside what was used, its certificate."""

import hashlib
import json
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select

from workbench.accounts.review_tables import (
    AccessReview,
    AccessReviewClosing,
    AccessReviewDecision,
    AccessReviewLine,
    ReviewCertificate,
    RightUse,
)
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.names import staff_named


@dataclass(frozen=True)
class ReviewRow:
    """One review. days_overdue: practice days after the last one in time, 0 if in time or closed."""

    review_id: str
    quarter: str
    opened_at: datetime
    due_on: date
    lines: int
    decided: int
    closed_at: datetime | None
    days_overdue: int


@dataclass(frozen=True)
class ReviewLine:
    """One role of one person. decision: what counts now, or "". is_mine: about oneself, so somebody else decides."""

    line_id: str
    person_id: str
    name: str
    role: str
    since: datetime
    until: datetime | None
    rights: tuple[RightUse, ...]
    proposal: str
    because: str
    decision: str
    reason: str
    decided_by: str
    is_mine: bool


@dataclass(frozen=True)
class ReviewShown:
    """A review with its lines by name, and once closed its certificate and whether that is as it was written."""

    row: ReviewRow
    lines: tuple[ReviewLine, ...]
    certificate: ReviewCertificate | None
    digest: str
    is_unchanged: bool


@view(Permission.SEE_ACCESS_REVIEWS, shows=AuditEvent.ACCESS_REVIEWS_SEEN)
def access_reviews(look: Look) -> tuple[ReviewRow, ...]:
    """All of them, the newest first."""
    lines = Counter(look.scalars(select(AccessReviewLine.review_id)))
    decided = Counter(row for row, _ in look.execute(
        select(AccessReviewDecision.review_id, AccessReviewDecision.line_id).distinct()
    ))  # fmt: skip
    closed = dict(look.execute(select(AccessReviewClosing.review_id, AccessReviewClosing.closed_at)).all())
    reviews = look.scalars(select(AccessReview).order_by(AccessReview.opened_at.desc()))
    return tuple(_row(look, one, lines[one.id], decided[one.id], closed.get(one.id)) for one in reviews)


@view(Permission.SEE_ACCESS_REVIEWS, shows=AuditEvent.ACCESS_REVIEWS_SEEN, on=AccessReview)
def access_review(look: Look, review: AccessReview) -> ReviewShown:
    """One review, with every line as it was frozen and what counts about it now."""
    query = select(AccessReviewDecision).where(AccessReviewDecision.review_id == review.id)
    newest = {row.line_id: row for row in look.scalars(query.order_by(AccessReviewDecision.number))}
    rows = list(look.scalars(select(AccessReviewLine).where(AccessReviewLine.review_id == review.id)))
    wanted = {one.person_id for one in rows} | {one.decided_by for one in newest.values()}
    names = {one: found.shown_name for one, found in staff_named(look, wanted).items()}
    lines = [_line(look, one, newest.get(one.id), names) for one in rows]
    closing = look.scalar(select(AccessReviewClosing).where(AccessReviewClosing.review_id == review.id))
    row = _row(look, review, len(lines), len(newest), closing.closed_at if closing else None)
    ordered = tuple(sorted(lines, key=lambda one: (one.name, one.role)))
    if closing is None:
        return ReviewShown(row, ordered, None, "", is_unchanged=True)
    found = hashlib.sha256(json.dumps(asdict(closing.certificate), sort_keys=True).encode()).hexdigest()
    return ReviewShown(row, ordered, closing.certificate, closing.digest, found == closing.digest)


def _row(look: Look, review: AccessReview, lines: int, decided: int, closed_at: datetime | None) -> ReviewRow:
    late = 0 if closed_at is not None else max(0, (look.today - review.due_on).days)
    return ReviewRow(review.id, review.quarter, review.opened_at, review.due_on, lines, decided, closed_at, late)


def _line(
    look: Look, line: AccessReviewLine, decided: AccessReviewDecision | None, names: dict[str, str]
) -> ReviewLine:
    return ReviewLine(
        line_id=line.id,
        person_id=line.person_id,
        name=names.get(line.person_id, line.person_id),
        role=line.role,
        since=line.since,
        until=line.until,
        rights=line.held.rights,
        proposal=line.proposal,
        because=line.because,
        decision=decided.decision if decided is not None else "",
        reason=decided.words.why if decided is not None else "",
        decided_by=names.get(decided.decided_by, "") if decided is not None else "",
        is_mine=line.person_id == look.actor.person_id,
    )
