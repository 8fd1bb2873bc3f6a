"""Who holds which permission: any of these grants is enough, and what is not listed is denied. One screen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, false, select, union
from sqlalchemy.orm import Session

from workbench.gate.actor import Actor, Anyone, Role, SystemActor
from workbench.gate.permissions import Permission
from workbench.gate.relations import CareTeamMember, patients_cared_for, patients_supervised
from workbench.store.base import Base


@dataclass(frozen=True)
class Asked:
    """One question to the policy: may this actor do this to this row (or to any, if None) on this practice day."""

    actor: Anyone
    row: Base | None
    on: date
    session: Session


Scope = Callable[[str, date], "Select[str]"]


@dataclass(frozen=True)
class Grant:
    """A way to hold a permission: one of `roles`, and the row within reach.

    reach: None for the whole practice; otherwise the patients (by actor and day) whose rows are within reach.
    own: only rows that are the person's own (their note, their account, their record).
    """

    roles: frozenset[Role]
    reach: Scope | None = None
    own: bool = False

    def holds(self, asked: Asked) -> bool:
        """Whether this grant answers yes. Without a row: whether the role could; the reader scopes its rows."""
        if not self.roles & asked.actor.roles:
            return False
        if asked.row is None or (self.reach is None and not self.own):
            return True
        if self.own:
            theirs = asked.row.staff_concerned() | asked.row.patients_concerned(asked.session)
            return asked.actor.person_id in theirs
        return self._reaches(asked)

    def _reaches(self, asked: Asked) -> bool:
        assert self.reach is not None
        assert asked.row is not None
        concerned = asked.row.patients_concerned(asked.session)
        if not concerned:
            return False
        reached = self.reach(asked.actor.person_id, asked.on).subquery()
        column = reached.c[0]
        found = asked.session.scalars(select(column).where(column.in_(concerned)).distinct()).all()
        return set(found) == concerned


def practice_wide(*roles: Role) -> Grant:
    """Y: every row of the practice."""
    return Grant(frozenset(roles))


def care_team(*roles: Role) -> Grant:
    """P: patients on whose care team the person is that day."""
    return Grant(frozenset(roles), reach=patients_cared_for)


def supervisees(*roles: Role) -> Grant:
    """S: patients of the people they supervise that day."""
    return Grant(frozenset(roles), reach=patients_supervised)


def own(*roles: Role) -> Grant:
    """U: rows that are theirs."""
    return Grant(frozenset(roles), own=True)


OWN, MGR, CLN, SUP, BIL, FD = Role.OWNER, Role.MANAGER, Role.CLINICIAN, Role.SUPERVISOR, Role.BILLER, Role.FRONT_DESK
CO, AUD, IT = Role.COMPLIANCE, Role.AUDITOR, Role.IT
STAFF = (OWN, MGR, CLN, SUP, BIL, FD, CO, AUD, IT)
_SCHEDULING = (practice_wide(MGR, FD), care_team(CLN), supervisees(SUP))
_CHART = (care_team(CLN), supervisees(SUP))

POLICY: dict[Permission, tuple[Grant, ...]] = {
    Permission.APPROVE_CLAIMS: (practice_wide(BIL),),
    Permission.APPROVE_REMITTANCE: (practice_wide(BIL),),
    Permission.ASSIGN_CARE_TEAM: (practice_wide(MGR, FD), supervisees(SUP)),
    Permission.BOOK_APPOINTMENT: _SCHEDULING,
    Permission.CANCEL_APPOINTMENT: _SCHEDULING,
    Permission.CHANGE_OWN_SIGN_IN: (own(*Role),),
    Permission.CHECK_IN: _SCHEDULING,
    Permission.COMPLETE_SESSION: _SCHEDULING,
    Permission.END_SESSION: (own(*Role),),
    Permission.EXPIRE_KEPT_ANSWERS: (),
    Permission.EXPORT_AUDIT: (practice_wide(CO, AUD),),
    Permission.LOAD_SYNTHETIC_PRACTICE: (),
    Permission.MARK_NO_SHOW: _SCHEDULING,
    Permission.MOVE_APPOINTMENT: _SCHEDULING,
    Permission.POST_REMITTANCE: (practice_wide(BIL),),
    Permission.PROVISION_USER: (),
    Permission.PROVE_AGAIN: (own(*Role),),
    Permission.READ_AUDIT: (practice_wide(CO, AUD),),
    Permission.READ_CHART: _CHART,
    Permission.REGISTER_PATIENT: (practice_wide(MGR, FD),),
    Permission.RETRY_JOB: (practice_wide(OWN, MGR, IT),),
    Permission.SEAL_AUDIT: (),
    Permission.SEARCH_PATIENTS: (practice_wide(MGR, FD, BIL), care_team(CLN), supervisees(SUP)),
    Permission.SEE_BALANCES: (practice_wide(OWN, MGR, BIL, FD), care_team(CLN), supervisees(SUP)),
    Permission.SEE_CLAIMS: (practice_wide(OWN, MGR, BIL), care_team(CLN), supervisees(SUP)),
    Permission.SEE_CONTACT: (practice_wide(MGR, BIL, FD), care_team(CLN), supervisees(SUP)),
    Permission.SEE_JOBS: (practice_wide(OWN, MGR, IT),),
    Permission.SEE_NUMBERS: (practice_wide(OWN, MGR, BIL, CO),),
    Permission.SEE_OWN_SIGN_IN: (own(*Role),),
    Permission.SEE_SCHEDULE: _SCHEDULING,
    Permission.SEE_STAFF: (practice_wide(*STAFF),),
    Permission.SIGN_IN: (),
    Permission.SIGN_NOTE: (own(CLN, SUP),),
    Permission.START_SESSION: _SCHEDULING,
    Permission.TAKE_PAYMENT: (practice_wide(BIL, FD),),
    Permission.UPLOAD_REMITTANCE: (practice_wide(BIL),),
    Permission.VERIFY_AUDIT: (practice_wide(OWN, CO, AUD, IT),),
    Permission.WRITE_NOTE: _CHART,
}

NEEDS_FRESH_FACTOR: frozenset[Permission] = frozenset({
    Permission.CHANGE_OWN_SIGN_IN,
    Permission.EXPORT_AUDIT,
})  # fmt: skip
"""What asks for a code or a passkey shown within the last minutes (`accounts.proofs.FRESH`), whoever does it."""


def must_step_up(permission: Permission, actor: Anyone, now: datetime) -> bool:
    """Whether the person must show a factor again first. Jobs have none and hold only what they were given by name."""
    return permission in NEEDS_FRESH_FACTOR and isinstance(actor, Actor) and not actor.is_fresh(now)


def allowed(permission: Permission, asked: Asked) -> bool:
    """Whether the actor may. Jobs hold what they were given by name; people hold what the policy says."""
    if isinstance(asked.actor, SystemActor):
        return permission in asked.actor.permissions
    return any(grant.holds(asked) for grant in POLICY.get(permission, ()))


def may_hold(permission: Permission, actor: Anyone, *, everywhere: bool = False) -> bool:
    """Whether the actor's roles hold the permission for some row; with `everywhere`, for every row of the practice.

    For what a page offers. What is done is decided by `allowed`, with the row.
    """
    if isinstance(actor, SystemActor):
        return permission in actor.permissions
    held = [grant for grant in POLICY.get(permission, ()) if grant.roles & actor.roles]
    return any(grant.reach is None and not grant.own for grant in held) if everywhere else bool(held)


def patients_within_reach(permission: Permission, actor: Anyone, on: date) -> "Select[str] | None":
    """The patients whose rows the actor may see under this permission: None for all, else a SELECT of ids.

    Lists use it as a subquery, so that what is out of reach never leaves the database.
    """
    if isinstance(actor, SystemActor):
        return None
    held = [grant for grant in POLICY.get(permission, ()) if grant.roles & actor.roles]
    if any(grant.reach is None and not grant.own for grant in held):
        return None
    reaches = [grant.reach(actor.person_id, on) for grant in held if grant.reach is not None]
    if not reaches:
        return select(CareTeamMember.patient_id).where(false())
    united = union(*reaches).subquery()
    return select(united.c[0])
