"""Who holds which role now: the grants that run, of accounts that may sign in, and whether somebody works alone."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from sqlalchemy import Result, ScalarResult, Select, or_, select

from workbench.accounts.access_rules import may_work_alone
from workbench.accounts.access_tables import RoleGrantTerms, SoloMode
from workbench.accounts.rules import AccountState
from workbench.accounts.tables import RoleGrant, User
from workbench.gate.actor import STAFF_ROLES, Role


class Rows(Protocol):
    """What can be asked for rows: a verb's work, a read's look."""

    def scalars(self, query: Select[Any], /) -> ScalarResult[Any]:
        """The first column of every row."""

    def execute(self, query: Select[*tuple[Any, ...]], /) -> Result[*tuple[Any, ...]]:
        """Every column of every row."""


@dataclass(frozen=True)
class Holding:
    """Everybody's roles at one instant. user_of: the account of each person, whatever its state."""

    by_person: Mapping[str, frozenset[Role]]
    user_of: Mapping[str, str]

    def roles(self, person_id: str) -> frozenset[Role]:
        """What this person holds."""
        return self.by_person.get(person_id, frozenset())

    @cached_property
    def by_role(self) -> Mapping[Role, Collection[str]]:
        """The persons who hold each role."""
        found: dict[Role, set[str]] = defaultdict(set)
        for person_id, roles in self.by_person.items():
            for role in roles:
                found[role].add(person_id)
        return found

    def anyone_of(self, *roles: Role) -> set[str]:
        """Whoever holds one of these roles."""
        return {person_id for person_id, held in self.by_person.items() if not held.isdisjoint(roles)}


def holding(rows: Rows, now: datetime) -> Holding:
    """Who holds which role at `now`. Only accounts that may sign in hold anything."""
    query = select(User.person_id, User.id, RoleGrant.role).join(RoleGrant, RoleGrant.user_id == User.id)
    query = query.where(
        RoleGrant.role.in_(STAFF_ROLES),
        RoleGrant.granted_at <= now,
        or_(RoleGrant.ended_at.is_(None), RoleGrant.ended_at > now),
        User.state == AccountState.ACTIVE,
        or_(User.ends_at.is_(None), User.ends_at > now),
    )
    held: dict[str, set[Role]] = defaultdict(set)
    users: dict[str, str] = {}
    for person_id, user_id, role in rows.execute(query):
        held[person_id].add(Role(role))
        users[person_id] = user_id
    return Holding({person: frozenset(roles) for person, roles in held.items()}, users)


def live_grants(rows: Rows, user_id: str, now: datetime) -> list[RoleGrant]:
    """The account's grants that run at `now`, the latest end first."""
    query = select(RoleGrant).where(
        RoleGrant.user_id == user_id, or_(RoleGrant.ended_at.is_(None), RoleGrant.ended_at > now)
    )
    return list(rows.scalars(query.order_by(RoleGrant.role, RoleGrant.ended_at.desc())))


def stays_held(rows: Rows, role: Role, besides: str, at: datetime) -> bool:
    """Whether somebody else than the account `besides` holds the role at `now` and still at `at`.

    The grants and their accounts are locked until the transaction ends, so that two who end at the same time cannot
    both be the last.
    """
    query = (
        select(RoleGrant)
        .join(User, User.id == RoleGrant.user_id)
        .where(
            RoleGrant.role == role,
            or_(RoleGrant.ended_at.is_(None), RoleGrant.ended_at > at),
            User.state == AccountState.ACTIVE,
            or_(User.ends_at.is_(None), User.ends_at > at),
        )
    )
    grants = list(rows.scalars(query.order_by(RoleGrant.id).with_for_update(of=(RoleGrant, User))))
    return any(grant.user_id != besides for grant in grants)


def alone_now(rows: Rows, held: Holding, now: datetime) -> SoloMode | None:
    """The record under which one person's own approval counts at `now`; None while two could approve."""
    if not may_work_alone(held.by_role):
        return None
    query = select(SoloMode).where(
        SoloMode.effective_at <= now, or_(SoloMode.ended_at.is_(None), SoloMode.ended_at > now)
    )
    return next((mode for mode in rows.scalars(query) if held.roles(mode.person_id)), None)


def needs_cosign(rows: Rows, person_id: str, now: datetime) -> bool:
    """Whether this person is a clinician as a trainee, whose records a supervisor co-signs."""
    query = (
        select(RoleGrantTerms.grant_id)
        .join(RoleGrant, RoleGrant.id == RoleGrantTerms.grant_id)
        .where(
            RoleGrantTerms.person_id == person_id, RoleGrantTerms.needs_cosign, RoleGrant.granted_at <= now,
            or_(RoleGrant.ended_at.is_(None), RoleGrant.ended_at > now),
        )
        .limit(1)
    )  # fmt: skip
    return rows.scalars(query).first() is not None
