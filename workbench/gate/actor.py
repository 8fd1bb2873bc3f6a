"""Who is acting: a person signed in, a named job of the system, or nobody yet."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from workbench.gate.permissions import Permission


class Role(StrEnum):
    """What a person is to the practice. One person may hold several. Stored values."""

    OWNER = "owner"
    MANAGER = "manager"
    CLINICIAN = "clinician"
    SUPERVISOR = "supervisor"
    BILLER = "biller"
    FRONT_DESK = "front_desk"
    COMPLIANCE = "compliance"
    AUDITOR = "auditor"
    IT = "it"
    PATIENT = "patient"
    PROXY = "proxy"


IN_CARE: Final = frozenset({Role.PATIENT, Role.PROXY})
"""Roles of the portal: the person in care and who stands in for them."""


STAFF_ROLES: Final = tuple(role for role in Role if role not in (Role.PATIENT, Role.PROXY))
"""The roles of people who work at the practice."""


@dataclass(frozen=True)
class Actor:
    """A person signed in.

    person_id: the staff or patient id the account belongs to; what "own" and "care team" are judged by.
    session_hash: SHA-256 (hex) of the session token, so that the log can tell sessions apart and name none.
    fresh_until: until before this instant the person counts as having just shown a factor.
    own_patient_id: the patient record of a member of staff who is in care here too, else "".
    """

    user_id: str
    person_id: str
    roles: frozenset[Role]
    session_hash: str = ""
    fresh_until: datetime | None = None
    own_patient_id: str = ""

    def is_fresh(self, now: datetime) -> bool:
        """Whether they have shown a factor within the last minutes."""
        return self.fresh_until is not None and now < self.fresh_until

    def has(self, *roles: Role) -> bool:
        """Whether the person holds one of these roles."""
        return not self.roles.isdisjoint(roles)


JOB_PREFIX: Final = "system:"
"""How the log's name of a job begins."""


@dataclass(frozen=True)
class SystemActor:
    """A job of the system, with the permissions it was given by name and no others."""

    name: str
    permissions: frozenset[Permission] = field(default_factory=frozenset)

    @property
    def user_id(self) -> str:
        """How the log names it."""
        return f"{JOB_PREFIX}{self.name}"

    @property
    def person_id(self) -> str:
        """A job is nobody's clinician and nobody's patient."""
        return ""

    @property
    def roles(self) -> frozenset[Role]:
        """A job holds no role."""
        return frozenset()

    @property
    def session_hash(self) -> str:
        """A job has no session."""
        return ""

    @property
    def own_patient_id(self) -> str:
        """A job is in nobody's care."""
        return ""


Anyone = Actor | SystemActor

NOBODY = SystemActor("nobody", frozenset({Permission.SIGN_IN, Permission.ANSWER_REMINDER}))
"""Somebody who has not signed in: may try to, and may answer by a link they were sent."""
