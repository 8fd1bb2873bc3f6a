"""Roles that nobody has reviewed for a hundred days end by themselves, and whoever approves hears of it before."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, or_, select

from workbench.accounts.access_rules import GUARDED_ROLES, approvers
from workbench.accounts.holding import holding
from workbench.accounts.notices import NoticeKind, tell
from workbench.accounts.review_rules import Proposal
from workbench.accounts.review_tables import AccessReviewDecision, AccessReviewLine
from workbench.accounts.rules import AccountState
from workbench.accounts.tables import AccountNotice, RoleGrant, User
from workbench.gate.actor import STAFF_ROLES, Role
from workbench.gate.audit_events import AuditEvent
from workbench.gate.work import Work

UNREVIEWED_FOR: Final = timedelta(days=100)
"""A quarter and ten days: then access that was not certified again is suspended (45 CFR 164.308(a)(4)(ii)(C))."""
TOLD_BEFORE: Final = timedelta(days=14)


def end_unreviewed(work: Work) -> int:
    """End every role whose last review, or its beginning, is a hundred days back. How many."""
    late = _due(work, work.now - UNREVIEWED_FOR)
    for grant in late:
        before, grant.ended_at = grant.ended_at, work.now
        tell(work, grant.user_id, NoticeKind.ROLE_UNREVIEWED)
        work.flush()
        work.record(
            AuditEvent.GRANT_SUSPENDED, subject=grant, role=grant.role, user_id=grant.user_id,
            before=before.isoformat() if before else "open",
        )  # fmt: skip
    return len(late)


def warn_of_unreviewed(work: Work) -> None:
    """Tell whoever approves, once, that roles will end within 14 days unless they are reviewed."""
    if not _due(work, work.now - UNREVIEWED_FOR + TOLD_BEFORE):
        return
    heard = select(AccountNotice.user_id).where(
        AccountNotice.kind == NoticeKind.REVIEW_WANTED, AccountNotice.at > work.now - TOLD_BEFORE
    )
    held, told = holding(work, work.now), set(work.scalars(heard))
    for user_id in sorted({held.user_of[person_id] for person_id in approvers(held.by_role)} - told):
        tell(work, user_id, NoticeKind.REVIEW_WANTED)


def _due(work: Work, since: datetime) -> list[RoleGrant]:
    """What is to end for want of a review after `since`.

    The last owner and the last compliance officer stay: without them nobody could review or approve anything. So does
    whatever the only reviewer holds, since nobody else could review it (decision 13).
    """
    held = {role: set(people) for role, people in holding(work, work.now).by_role.items()}
    reviewers, due = approvers(held), []
    for grant, person_id in _unreviewed(work, since):
        holders = held.get(Role(grant.role), set())
        if reviewers <= {person_id} or (grant.role in GUARDED_ROLES and holders <= {person_id}):
            continue
        holders.discard(person_id)
        due.append(grant)
    return due


def _unreviewed(work: Work, since: datetime) -> list[tuple[RoleGrant, str]]:
    """Running grants that neither began nor were kept by a review after `since`, with their person; oldest first."""
    kept = (
        select(AccessReviewLine.person_id, AccessReviewLine.role, func.max(AccessReviewDecision.decided_at).label("at"))
        .join(AccessReviewDecision, AccessReviewDecision.line_id == AccessReviewLine.id)
        .where(AccessReviewDecision.decision == Proposal.KEEP)
        .group_by(AccessReviewLine.person_id, AccessReviewLine.role)
        .subquery()
    )
    query = (
        select(RoleGrant, User.person_id)
        .join(User, User.id == RoleGrant.user_id)
        .outerjoin(kept, (kept.c.person_id == User.person_id) & (kept.c.role == RoleGrant.role))
        .where(
            User.state == AccountState.ACTIVE,
            # A patient's or proxy's account opens their own record alone: no review decides whether they may.
            RoleGrant.role.in_(STAFF_ROLES),
            RoleGrant.granted_at <= since,
            or_(RoleGrant.ended_at.is_(None), RoleGrant.ended_at > work.now),
            or_(kept.c.at.is_(None), kept.c.at <= since),
        )
        .order_by(RoleGrant.granted_at, RoleGrant.id)
    )
    return [(grant, person_id) for grant, person_id in work.execute(query)]
