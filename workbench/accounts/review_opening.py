"""Freezes who holds what, and how much of it they used by the log, into the lines of a new review."""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import or_, select

from workbench.accounts.access_rules import GUARDED_ROLES
from workbench.accounts.holding import holding
from workbench.accounts.notices import NoticeKind, tell
from workbench.accounts.review_rules import (
    DUE_WITHIN,
    REVIEWING_ROLES,
    WINDOW,
    HeldRole,
    Right,
    Use,
    propose,
    quarter_of,
    rights_of,
)
from workbench.accounts.review_tables import AccessReview, AccessReviewLine, LineRights, RightUse
from workbench.accounts.rules import AccountState
from workbench.accounts.tables import RoleGrant, User
from workbench.gate.actor import STAFF_ROLES, Role
from workbench.gate.audit import AuditRow
from workbench.gate.permissions import Permission
from workbench.gate.table import Cell
from workbench.gate.work import Work

_COUNTED = ("done", "shown")


def review_of_quarter(work: Work, quarter: str) -> AccessReview | None:
    """The review of this quarter, if it was opened."""
    found: AccessReview | None = work.scalar(select(AccessReview).where(AccessReview.quarter == quarter))
    return found


def begin(work: Work) -> tuple[AccessReview, int]:
    """This quarter's review with its lines, and how many; whoever decides hears of it."""
    review = AccessReview(
        quarter=quarter_of(work.today), opened_at=work.now, opened_by=work.actor.user_id,
        window_from=work.now - WINDOW, due_on=work.today + DUE_WITHIN,
    )  # fmt: skip
    work.add(review)
    work.flush()
    lines, held = freeze_lines(work, review), holding(work, work.now)
    for person_id in sorted(held.anyone_of(*REVIEWING_ROLES)):
        tell(work, held.user_of[person_id], NoticeKind.ACCESS_REVIEW_OPENED)
    return review, lines


def freeze_lines(work: Work, review: AccessReview) -> int:
    """One line for each role of each account that is not disabled; how many there are."""
    held, used = _held(work), uses_by_account(work, review.window_from)
    for (user_id, person_id), roles in sorted(held.items()):
        theirs = used.get(user_id, {})
        proposed = propose(roles, frozenset(theirs), work.now)
        for one in roles:
            line = AccessReviewLine(
                review_id=review.id, person_id=person_id, user_id=user_id, role=one.role, since=one.since,
                until=one.until, proposal=proposed[one.role].proposal, because=proposed[one.role].because,
            )  # fmt: skip
            line.held = _rights(one.role, theirs)
            work.add(line)
    work.flush()
    return sum(map(len, held.values()))


def uses_by_account(work: Work, since: datetime) -> Mapping[str, Mapping[Right, Use]]:
    """What each account did and was shown since then, by right. Refusals are no use."""
    found: dict[str, dict[Right, Use]] = defaultdict(dict)
    query = select(AuditRow.actor_id, AuditRow.at, AuditRow.body).where(
        AuditRow.at >= since, AuditRow.at <= work.now, AuditRow.outcome.in_(_COUNTED),
        AuditRow.actor_id.in_(select(User.id)),
    )  # fmt: skip
    letters, permissions = set(Cell), set(Permission)  # of today: a job's word is no letter, and rights come and go
    for user_id, at, body in work.execute(query.order_by(AuditRow.seq)):
        said = json.loads(bytes(body))
        if (letter := said["facts"].get("held", "")) in letters and said["permission"] in permissions:
            right = Right(Permission(said["permission"]), Cell(letter))
            found[user_id][right] = Use(found[user_id].get(right, Use()).count + 1, at)
    return found


def _held(work: Work) -> dict[tuple[str, str], list[HeldRole]]:
    query = select(User.id, User.person_id, RoleGrant).join(RoleGrant, RoleGrant.user_id == User.id)
    query = query.where(
        User.state != AccountState.DISABLED, or_(User.ends_at.is_(None), User.ends_at > work.now),
        RoleGrant.role.in_(STAFF_ROLES), RoleGrant.granted_at <= work.now,
        or_(RoleGrant.ended_at.is_(None), RoleGrant.ended_at > work.now),
    )  # fmt: skip
    grants: dict[tuple[str, str], dict[str, list[RoleGrant]]] = defaultdict(lambda: defaultdict(list))
    for user_id, person_id, grant in work.execute(query):
        grants[user_id, person_id][grant.role].append(grant)
    holders = holding(work, work.now).by_role
    return {
        key: [_as_held(Role(role), some, len(holders.get(Role(role), ())) <= 1) for role, some in sorted(roles.items())]
        for key, roles in grants.items()
    }


def _as_held(role: Role, grants: list[RoleGrant], is_only: bool) -> HeldRole:
    ends = [grant.ended_at for grant in grants if grant.ended_at is not None]
    until = max(ends) if len(ends) == len(grants) else None
    return HeldRole(role, min(grant.granted_at for grant in grants), until, is_only and role in GUARDED_ROLES)


def _rights(role: Role, used: Mapping[Right, Use]) -> LineRights:
    rows = [(right, used.get(right, Use())) for right in rights_of(role)]
    rows.sort(key=lambda row: (-row[1].count, row[0]))
    return LineRights(tuple(
        RightUse(right.permission, right.cell, use.count, use.last_at.isoformat() if use.last_at else "")
        for right, use in rows
    ))  # fmt: skip
