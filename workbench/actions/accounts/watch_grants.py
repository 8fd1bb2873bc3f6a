"""Look every night for roles that end soon: tell their people, and never let the last owner end unnoticed."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select

from workbench.accounts.access_rules import GUARDED_ROLES, approvers, may_work_alone
from workbench.accounts.access_tables import SoloMode
from workbench.accounts.holding import holding
from workbench.accounts.notices import NoticeKind, tell
from workbench.accounts.rules import AccountState
from workbench.accounts.tables import AccountNotice, RoleGrant, User
from workbench.accounts.unreviewed import end_unreviewed, warn_of_unreviewed
from workbench.gate.action import action
from workbench.gate.actor import Role
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.time import day_of

SOON = timedelta(days=14)
KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True)
class GrantsWatched:
    """How many people were told, which roles' last holders were kept, how many roles ended for want of a review."""

    told: int
    kept: tuple[str, ...]
    unreviewed: int = 0


@action(Permission.WATCH_GRANTS)
def watch_grants(work: Work) -> GrantsWatched:
    """Tell whose role ends within 14 days, once; keep a last owner or compliance officer 30 days longer, with a notice.

    Without an owner or a compliance officer nobody could approve another one, so their end is put off in the open: it
    is written down with before and after, and every approver hears of it. Working alone ends when two could approve.
    A role that nobody reviewed for 100 days ends, but the last owner's and the last compliance officer's.
    """
    told = _tell_soon(work)
    kept = tuple(role for role in sorted(GUARDED_ROLES) if _keep_last(work, role))
    warn_of_unreviewed(work)
    unreviewed = end_unreviewed(work)
    held = holding(work, work.now)
    if not may_work_alone(held.by_role):
        for mode in work.scalars(select(SoloMode).where(SoloMode.ended_at.is_(None))):
            mode.ended_at, mode.ended_by = work.now, work.actor.user_id
            work.record(AuditEvent.SOLO_MODE_ENDED, subject=mode, why="two people can approve")
    work.record(AuditEvent.GRANTS_WATCHED, told=told, kept=len(kept), unreviewed=unreviewed)
    return GrantsWatched(told, kept, unreviewed)


def _tell_soon(work: Work) -> int:
    ending = (
        select(RoleGrant.user_id)
        .join(User, User.id == RoleGrant.user_id)
        .where(RoleGrant.ended_at > work.now, RoleGrant.ended_at <= work.now + SOON, User.state == AccountState.ACTIVE)
    )
    heard = select(AccountNotice.user_id).where(
        AccountNotice.kind == NoticeKind.ROLE_ENDS_SOON, AccountNotice.at > work.now - SOON
    )
    people = sorted(set(work.scalars(ending)) - set(work.scalars(heard)))
    for user_id in people:
        tell(work, user_id, NoticeKind.ROLE_ENDS_SOON)
    return len(people)


def _keep_last(work: Work, role: Role) -> bool:
    query = (
        select(RoleGrant)
        .join(User, User.id == RoleGrant.user_id)
        .where(
            RoleGrant.role == role,
            User.state == AccountState.ACTIVE,
            or_(RoleGrant.ended_at.is_(None), RoleGrant.ended_at > work.now),
        )
    )
    grants = list(work.scalars(query.order_by(RoleGrant.ended_at.desc(), RoleGrant.id)))
    if not grants or any(grant.ended_at is None or grant.ended_at > work.now + SOON for grant in grants):
        return False
    last = grants[0]
    assert last.ended_at is not None
    before, last.ended_at = last.ended_at, last.ended_at + KEPT_FOR
    held = holding(work, work.now)
    for person_id in sorted(approvers(held.by_role)):
        tell(work, held.user_of[person_id], NoticeKind.LAST_HOLDER_KEPT)
    work.record(
        AuditEvent.LAST_HOLDER_KEPT, subject=last, role=role,
        before=str(day_of(before, work.zone)), after=str(day_of(last.ended_at, work.zone)),
    )  # fmt: skip
    return True
