"""A practice whose first clinician is a trainee: what they sign waits for their supervisor."""

from pathlib import Path

from sqlalchemy import select

from workbench.accounts.access_tables import AccessRequest, RoleGrantTerms
from workbench.accounts.tables import RoleGrant, User
from workbench.cli.opening import opened
from workbench.gate.actor import Role
from workbench.gate.relations import Supervision
from workbench.kernel.settings import Settings


def with_a_trainee(home: Path) -> None:
    """As if the first clinician had been let in as one."""
    with opened(Settings(home=home)) as practice, practice.gate.store.writing() as session:
        supervision = session.scalars(select(Supervision)).one()
        person_id = supervision.supervisee_id
        grant_id = session.scalars(
            select(RoleGrant.id)
            .join(User, User.id == RoleGrant.user_id)
            .where(User.person_id == person_id, RoleGrant.role == Role.CLINICIAN)
        ).one()
        request_id = session.scalars(select(AccessRequest.id).order_by(AccessRequest.id).limit(1)).one()
        session.add(RoleGrantTerms(
            grant_id=grant_id, request_id=request_id, role=Role.CLINICIAN, person_id=person_id, needs_cosign=True,
            supervisor_id=supervision.supervisor_id,
        ))  # fmt: skip
        session.commit()
