"""Reviews of access: each quarter's, how far it is and how late, its lines beside what was used, its certificate."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from workbench.accounts.review_rules import BECAUSE_WORDS, Because, Proposal, quarter_of
from workbench.accounts.review_tables import (
    AccessReview,
    AccessReviewClosing,
    AccessReviewDecision,
    AccessReviewLine,
    ReviewCertificate,
    RightUse,
)
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.policy import may_hold
from workbench.gate.policy_rows import POLICY
from workbench.gate.table import acts
from workbench.gate.view import Look, view
from workbench.kernel.digests import digest_of
from workbench.people.names import staff_named

__all__ = ["Proposal", "access_review", "access_reviews", "quarter_of", "review_lines_waiting", "uses_by_act"]


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

    @property
    def why_proposed(self) -> str:
        """The reason of the proposal, in words."""
        return BECAUSE_WORDS[Because(self.because)]


@dataclass(frozen=True)
class ActUse:
    """One row of the table of permissions that a role opens: how often it was used, and when last."""

    act: str
    label: str
    uses: int
    last_at: datetime | None


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
    found = digest_of(closing.certificate)
    return ReviewShown(row, ordered, closing.certificate, closing.digest, found == closing.digest)


def review_lines_waiting(gate: Gate, actor: Actor, *, now: datetime) -> int:  # noqa: ARG001 - as every page's question
    """How many lines of open reviews wait for this reviewer: a count for the rail, no names, not written down."""
    if not may_hold(Permission.ATTEST_ACCESS, actor):
        return 0
    query = select(func.count()).select_from(AccessReviewLine)
    query = query.where(
        AccessReviewLine.person_id != actor.person_id,
        AccessReviewLine.review_id.not_in(select(AccessReviewClosing.review_id)),
        AccessReviewLine.id.not_in(select(AccessReviewDecision.line_id)),
    )
    with gate.store.reading() as session:
        return int(session.scalar(query) or 0)


def uses_by_act(line: ReviewLine) -> tuple[ActUse, ...]:
    """The rights of a line by the row of the table that gives them, the most used first."""
    uses: dict[str, int] = defaultdict(int)
    last: dict[str, str] = defaultdict(str)
    for right in line.rights:
        for act in _acts_of(Role(line.role), right):
            uses[act] += right.count
            last[act] = max(last[act], right.last_at)
    table = acts()
    return tuple(
        ActUse(act, table[act].what, uses[act], datetime.fromisoformat(last[act]) if last[act] else None)
        for act in sorted(uses, key=lambda one: (-uses[one], one))
    )


def _acts_of(role: Role, right: RightUse) -> set[str]:
    known = right.permission in set(Permission)  # a line outlives the permissions of its day
    grants = POLICY.get(Permission(right.permission), ()) if known else ()
    return {grant.act for grant in grants if role in grant.roles and grant.cell == right.cell}


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
