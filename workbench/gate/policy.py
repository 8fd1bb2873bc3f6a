"""Who holds which permission, by the letters of the table; any grant is enough, and what is not listed is denied."""

from datetime import datetime

from sqlalchemy import Select, false, select, union

from workbench.gate.actor import Actor, Anyone, SystemActor
from workbench.gate.grants import Asked
from workbench.gate.permissions import Permission
from workbench.gate.policy_rows import POLICY
from workbench.gate.relations import CareTeamMember, Moment

NEEDS_FRESH_FACTOR: frozenset[Permission] = frozenset({
    # A signature says who signs, not who left a session open (CMS Program Integrity Manual 3.3.2.4).
    Permission.ADD_ADDENDUM,
    Permission.ANSWER_AMENDMENT,
    Permission.COSIGN,
    Permission.SIGN_FORM,
    Permission.SIGN_NOTE,
    Permission.SIGN_TREATMENT_PLAN,
    Permission.APPROVE_ACCESS,
    Permission.ATTEST_ACCESS,
    Permission.CHANGE_OWN_SIGN_IN,
    Permission.CLOSE_ACCESS_REVIEW,
    Permission.DECIDE_RELEASE,
    Permission.END_EMPLOYMENT,
    Permission.EXPORT_AUDIT,
    Permission.ISSUE_SIGN_IN_LINK,
    Permission.MAKE_FEED,
    Permission.OPEN_EMERGENCY,
    Permission.READ_PSYCHOTHERAPY,
    Permission.TAKE_BACKUP,
    Permission.WORK_ALONE,
})  # fmt: skip
"""What asks for a code or a passkey shown within the last minutes (`accounts.proofs.FRESH`), whoever does it."""


def must_step_up(permission: Permission, actor: Anyone, now: datetime) -> bool:
    """Whether the person must show a factor again first. Jobs have none and hold only what they were given by name."""
    return permission in NEEDS_FRESH_FACTOR and isinstance(actor, Actor) and not actor.is_fresh(now)


def held_as(permission: Permission, asked: Asked) -> str:
    """By which letter of the table the actor holds this for this row: the first that fits, "" if none does.

    Jobs hold what they were given by name, written `job`. The log keeps the answer, so that whoever reads it later sees
    whether a chart was opened from the care team, by supervision or in an emergency.
    """
    if isinstance(asked.actor, SystemActor):
        return "job" if permission in asked.actor.permissions else ""
    grants = POLICY.get(permission, ())
    if _is_own_record(asked):
        # Whoever works here and is in care here opens their record in the portal: the staff site has none of it.
        grants = tuple(grant for grant in grants if grant.own)
    return next((grant.cell.value for grant in grants if grant.holds(asked)), "")


def _is_own_record(asked: Asked) -> bool:
    own = asked.actor.own_patient_id
    return bool(own) and asked.row is not None and own in asked.row.patients_concerned(asked.session)


def allowed(permission: Permission, asked: Asked) -> bool:
    """Whether the actor may."""
    return bool(held_as(permission, asked))


def may_hold(permission: Permission, actor: Anyone, *, everywhere: bool = False) -> bool:
    """Whether the actor's roles hold the permission for some row; with `everywhere`, for every row of the practice.

    For what a page offers. What is done is decided by `allowed`, with the row.
    """
    if isinstance(actor, SystemActor):
        return permission in actor.permissions
    held = [grant for grant in POLICY.get(permission, ()) if grant.roles & actor.roles]
    return any(grant.reach is None and not grant.own for grant in held) if everywhere else bool(held)


def patients_within_reach(permission: Permission, actor: Anyone, when: Moment) -> "Select[str] | None":
    """The patients whose rows the actor may see under this permission: None for all, else a SELECT of ids.

    Lists use it as a subquery, so that what is out of reach never leaves the database.
    """
    if isinstance(actor, SystemActor):
        return None
    held = [grant for grant in POLICY.get(permission, ()) if grant.roles & actor.roles]
    if any(grant.reach is None and not grant.own for grant in held):
        return None
    reaches = [grant.reach(actor.person_id, when) for grant in held if grant.reach is not None]
    if not reaches:
        return select(CareTeamMember.patient_id).where(false())
    united = union(*reaches).subquery()
    return select(united.c[0])
