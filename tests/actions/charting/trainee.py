"""Ada as a trainee: what she signs waits for her supervisor."""

from datetime import datetime

from tests.factories.small_practice import ADA, put
from workbench.accounts.access_tables import AccessRequest, RoleGrantTerms
from workbench.accounts.tables import RoleGrant, User, UserSecrets
from workbench.gate.actor import Role
from workbench.store.engine import Store


def ada_is_a_trainee(store: Store, now: datetime, *, until: datetime | None = None) -> None:
    """From now on, and until then."""
    put(store, [
        User(id="usr_ada", person_id=ADA, key_owner="practice", name_token=b"ada", created_at=now,
             secrets=UserSecrets("ada@example.test", "")),
    ])  # fmt: skip
    put(store, [
        RoleGrant(id="rol_ada", user_id="usr_ada", role=Role.CLINICIAN, granted_at=now, granted_by="usr_manager",
                  ended_at=until),
        AccessRequest(id="acr_ada", kind="account", person_id=ADA, requested_by="usr_manager",
                      requester_id="stf_manager", requested_at=now),
    ])  # fmt: skip
    put(store, [RoleGrantTerms(grant_id="rol_ada", request_id="acr_ada", role=Role.CLINICIAN, person_id=ADA,
                               needs_cosign=True, supervisor_id="stf_supervisor")])  # fmt: skip
