"""Everybody who works here and what they may: roles with since and until, factors, last sign-in, clearance."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select

from workbench.accounts.access_rules import ClearanceItem, clearance_needed
from workbench.accounts.access_tables import ClearanceTick, RoleGrantTerms
from workbench.accounts.rules import AccountState
from workbench.accounts.tables import Authenticator, Passkey, RoleGrant, User, UserSession
from workbench.gate.actor import Role
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.tables import Staff

SOON = timedelta(days=14)


@dataclass(frozen=True)
class HeldRole:
    """A role somebody holds. supervisor: of a trainee, else "". is_asked: it rests on an approved request."""

    role: Role
    since: datetime
    until: datetime | None
    ends_soon: bool
    supervisor: str
    is_asked: bool


@dataclass(frozen=True)
class ClearanceShown:
    """One item of the checklist. done_on: None while it is open. is_needed: the person's roles ask for it."""

    item: ClearanceItem
    done_on: date | None
    is_needed: bool


@dataclass(frozen=True)
class PersonAccess:
    """One person. state: of the account, "none" without one; user_id: its id, or "". has_left: works here no more."""

    staff_id: str
    name: str
    has_left: bool
    state: str
    user_id: str
    roles: tuple[HeldRole, ...]
    has_passkey: bool
    has_app: bool
    signed_in_at: datetime | None
    clearance: tuple[ClearanceShown, ...]

    @property
    def is_cleared(self) -> bool:
        """Whether everything that the person's roles ask for is settled."""
        return all(one.done_on is not None for one in self.clearance if one.is_needed)


@view(Permission.SEE_ACCESS, shows=AuditEvent.ACCESS_SEEN)
def access_people(look: Look) -> tuple[PersonAccess, ...]:
    """Everybody by family name; who has left only while an account of theirs can still sign in."""
    staff = {row.id: row for row in look.scalars(select(Staff))}
    users = {row.person_id: row for row in look.scalars(select(User).where(User.person_id.in_(staff)))}
    roles = _roles(look, {one: row.details.shown_name for one, row in staff.items()})
    passkeys = set(look.scalars(select(Passkey.user_id).where(Passkey.ended_at.is_(None))))
    apps = set(look.scalars(select(Authenticator.user_id).where(Authenticator.ended_at.is_(None))))
    last = dict(
        look.execute(select(UserSession.user_id, func.max(UserSession.opened_at)).group_by(UserSession.user_id)).all()
    )
    ticks = _ticks(look)
    found = []
    for row in sorted(staff.values(), key=lambda one: (one.details.family_name, one.details.given_name)):
        user = users.get(row.id)
        has_left = row.ended_on is not None and row.ended_on <= look.today
        if has_left and (user is None or user.state == AccountState.DISABLED):
            continue
        user_id = user.id if user else ""
        held = roles.get(user_id, ())
        found.append(
            PersonAccess(
                row.id, row.details.shown_name, has_left, user.state if user else "none", user_id, held,
                user_id in passkeys, user_id in apps, last.get(user_id), _clearance(ticks.get(row.id, {}), held),
            )
        )  # fmt: skip
    return tuple(found)


def _roles(look: Look, names: Mapping[str, str]) -> dict[str, tuple[HeldRole, ...]]:
    query = select(RoleGrant, RoleGrantTerms).outerjoin(RoleGrantTerms, RoleGrantTerms.grant_id == RoleGrant.id)
    query = query.where(or_(RoleGrant.ended_at.is_(None), RoleGrant.ended_at > look.now))
    found: dict[str, list[HeldRole]] = defaultdict(list)
    for grant, terms in look.execute(query.order_by(RoleGrant.role, RoleGrant.granted_at)):
        supervisor = names.get(terms.supervisor_id or "", "") if terms is not None else ""
        soon = grant.ended_at is not None and grant.ended_at <= look.now + SOON
        held = HeldRole(Role(grant.role), grant.granted_at, grant.ended_at, soon, supervisor, terms is not None)
        found[grant.user_id].append(held)
    return {user_id: tuple(held) for user_id, held in found.items()}


def _ticks(look: Look) -> dict[str, dict[str, date | None]]:
    found: dict[str, dict[str, date | None]] = defaultdict(dict)
    for tick in look.scalars(select(ClearanceTick).order_by(ClearanceTick.ticked_at, ClearanceTick.id)):
        found[tick.staff_id][tick.item] = tick.done_on if tick.is_done else None
    return found


def _clearance(ticked: Mapping[str, date | None], held: tuple[HeldRole, ...]) -> tuple[ClearanceShown, ...]:
    needed = clearance_needed([one.role for one in held])
    return tuple(ClearanceShown(item, ticked.get(item), item in needed) for item in ClearanceItem)
