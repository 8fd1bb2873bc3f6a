"""Who may get which role, who must have approved it, and for how long. Pure: no clock, no store.

Rules bind to persons, not to roles: whoever asked does not approve, and nobody approves for themself.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import permutations
from typing import Final

from workbench.gate.actor import STAFF_ROLES, Role
from workbench.gate.table import Cell, acts
from workbench.kernel.errors import WorkbenchError

ASKING_ROLES: Final = acts()["a01"].roles(Cell.ASK)
APPROVING_ROLES: Final = acts()["a02"].roles(Cell.APPROVE)
ENDING_ROLES: Final = ASKING_ROLES | acts()["a07"].roles(Cell.APPROVE)
"""Who may have asked for the end of a role: whoever asks for access, and whoever reviews who holds it."""
GUARDED_ROLES: Final = frozenset({Role.OWNER, Role.COMPLIANCE})
"""Whoever gets or loses one of these was approved by an owner and by a compliance officer, two persons."""
HEALTH_ROLES: Final = frozenset(
    role
    for role in STAFF_ROLES
    if any(act.cells[role] is not Cell.DENIED for act in acts().values() if act.code[0] in "bcd")
)
"""The roles that reach health data: none of them starts before its person's clearance is complete."""
ALONE_WAITS: Final = timedelta(hours=24)
"""How long an approval by one person alone waits before it counts."""
USUAL_DAYS: Final = 365
AUDITOR_DAYS: Final = 30
COVERING_DAYS: Final = 14
LONGEST_WHY: Final = 1_000
LONGEST_ADDRESS: Final = 254


class RequestKind(StrEnum):
    """What is asked for. Stored values."""

    ACCOUNT = "account"
    ADD_ROLE = "add_role"
    END_ROLE = "end_role"
    ENABLE = "enable"
    NEW_FACTOR = "new_factor"


WITHOUT_ROLES: Final = frozenset({RequestKind.ENABLE, RequestKind.NEW_FACTOR})
"""Kinds that name no roles: they concern whatever the account holds."""
WITHOUT_CLEARANCE: Final = frozenset({RequestKind.END_ROLE, RequestKind.NEW_FACTOR})
"""Kinds by which nobody reaches health data who did not before."""


class IdentityCheck(StrEnum):
    """How the person was seen before somebody let them in anew. Stored values."""

    IN_PERSON = "in_person"
    VIDEO = "video"


class RequestState(StrEnum):
    """Where a request stands; all but `open` are final. Stored values."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ClearanceItem(StrEnum):
    """What must be settled before somebody reaches health data (45 CFR 164.308(a)(3)(ii)(B)). Stored values."""

    LICENCE = "licence"
    EXCLUSION_CHECK = "exclusion_check"
    CONFIDENTIALITY = "confidentiality"
    TRAINING = "training"


class AccessUnclear(WorkbenchError):
    """Some of what was asked cannot be. `fields`: a kind sentence for each field, by its name."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("Some of this cannot be asked for yet. Please look at the marked fields.")
        self.fields = dict(fields)


class RequestClosed(WorkbenchError):
    """It was carried out, refused or withdrawn before."""

    def __init__(self) -> None:
        super().__init__("This request is closed already. Look at it again; a new one can be made.")


class SamePerson(WorkbenchError):
    """Whoever asked, or whom it concerns, cannot approve it."""

    def __init__(self) -> None:
        super().__init__("Somebody else has to decide this: not who asked for it, and not whom it concerns.")


class AskerGone(WorkbenchError):
    """Whoever asked may not ask any more, so there is nothing to approve."""

    def __init__(self) -> None:
        super().__init__("Whoever asked for this may not ask any more. Refuse it, and let it be asked anew.")


class ClearanceMissing(WorkbenchError):
    """The role reaches health data and the person's checklist is not complete."""

    def __init__(self, missing: Collection[ClearanceItem]) -> None:
        words = ", ".join(CLEARANCE_WORDS[item] for item in ClearanceItem if item in missing)
        super().__init__(f"Before this role can start, the clearance must be complete. Still open: {words}.")


class AccountDisabled(WorkbenchError):
    """The account was disabled since the request was made."""

    def __init__(self) -> None:
        super().__init__("This account is disabled, so this cannot be done for it. Refuse the request.")


class AccountNotDisabled(WorkbenchError):
    """The account came back since the request was made."""

    def __init__(self) -> None:
        super().__init__("This account is not disabled any more. Refuse the request.")


class LastHolder(WorkbenchError):
    """Nobody else would hold this role any more."""

    def __init__(self, role: Role) -> None:
        words = {Role.OWNER: "owner", Role.COMPLIANCE: "compliance officer"}[role]
        super().__init__(f"This is the last {words}. Give the role to somebody else first.")


class DecidedAlready(WorkbenchError):
    """The person has decided on this version of the request."""

    def __init__(self) -> None:
        super().__init__("You have decided on this already. It now waits for somebody else, or for its time to come.")


CLEARANCE_WORDS: Final[Mapping[ClearanceItem, str]] = {
    ClearanceItem.LICENCE: "licence verified",
    ClearanceItem.EXCLUSION_CHECK: "exclusion lists checked",
    ClearanceItem.CONFIDENTIALITY: "confidentiality agreement signed",
    ClearanceItem.TRAINING: "privacy training done",
}


def clearance_needed(roles: Collection[Role]) -> frozenset[ClearanceItem]:
    """What must be ticked before these roles start: a licence only for those who treat or supervise."""
    if not HEALTH_ROLES & set(roles):
        return frozenset()
    treats = {Role.CLINICIAN, Role.SUPERVISOR} & set(roles)
    return frozenset(ClearanceItem) - (frozenset() if treats else {ClearanceItem.LICENCE})


def latest_end(roles: Collection[Role], *, is_covering: bool, today: date) -> date:
    """The day on which a grant made today ends by itself at the latest: from that day on it is gone."""
    days = COVERING_DAYS if is_covering else AUDITOR_DAYS if Role.AUDITOR in roles else USUAL_DAYS
    return today + timedelta(days=days)


@dataclass(frozen=True)
class Change:
    """A request as it is judged: who asked (and what they hold now), whom it concerns, and which roles move.

    is_end: the roles end. is_new_factor: they stay with a person who comes in anew.
    """

    requester_id: str
    requester_roles: frozenset[Role]
    person_id: str
    roles: frozenset[Role]
    is_end: bool = False
    is_new_factor: bool = False

    @property
    def is_asker_gone(self) -> bool:
        """Whether who asked may not ask for this any more."""
        return not (ENDING_ROLES if self.is_end else ASKING_ROLES) & self.requester_roles

    @property
    def is_guarded(self) -> bool:
        """Whether it takes both an owner and a compliance officer."""
        return bool(GUARDED_ROLES & self.roles)


@dataclass(frozen=True)
class Voice:
    """An approval, with what its person holds now. is_alone: given alone, its wait is over, and it may count so now."""

    person_id: str
    roles: frozenset[Role]
    is_alone: bool = False


def may_decide(change: Change, person_id: str, *, alone: bool = False) -> bool:
    """Whether this person's decision can count at all. alone: as the practice's one approver, under a record."""
    return person_id != change.person_id and (alone or person_id != change.requester_id)


def is_enough(change: Change, voices: Sequence[Voice], holders: Mapping[Role, Collection[str]]) -> bool:
    """Whether these approvals carry the change out now. holders: the persons who hold each role.

    One approval of somebody else is enough for most roles. A guarded role takes two persons, an owner and a compliance
    officer; where nobody holds one of the two, any other approver stands in, or the first one could never be made.
    Neither who has lost their factor nor who asked for them is anybody to wait for, and where one person alone is left
    to approve, that one is enough: two people have still seen to it.
    """
    if change.is_asker_gone:
        return False
    if change.is_new_factor:
        holders = {role: set(people) - {change.person_id, change.requester_id} for role, people in holders.items()}
    counted = {
        voice.person_id: voice
        for voice in voices
        if voice.roles & APPROVING_ROLES and may_decide(change, voice.person_id, alone=voice.is_alone)
    }
    if any(voice.is_alone for voice in counted.values()):
        return True
    is_last = change.is_new_factor and len(approvers(holders)) < 2
    if not change.is_guarded or is_last:
        return bool(counted)
    return any(_fills(first, second, holders) for first, second in permutations(counted.values(), 2))


def _fills(owner: Voice, officer: Voice, holders: Mapping[Role, Collection[str]]) -> bool:
    stands = ((owner, Role.OWNER), (officer, Role.COMPLIANCE))
    return all(role in voice.roles or not holders.get(role) for voice, role in stands)


def approvers(holders: Mapping[Role, Collection[str]]) -> frozenset[str]:
    """Everybody who may approve."""
    return frozenset(person for role in APPROVING_ROLES for person in holders.get(role, ()))


def may_work_alone(holders: Mapping[Role, Collection[str]]) -> bool:
    """Whether the practice has only one person who could approve."""
    return len(approvers(holders)) == 1


@dataclass(frozen=True)
class Wanted:
    """What somebody fills in. ends_on: from that day it is gone; None for the usual time, or for an end at once.

    identity_checked: how somebody who has lost their factor was seen (`IdentityCheck`).
    """

    roles: frozenset[Role]
    why: str
    ends_on: date | None = None
    email: str = ""
    supervisor_id: str = ""
    is_covering: bool = False
    identity_checked: str = ""


def problems(kind: RequestKind, wanted: Wanted, today: date) -> dict[str, str]:
    """A kind sentence for each field that cannot be used, by its name."""
    found = {}
    if not wanted.roles and kind not in WITHOUT_ROLES:
        found["roles"] = "Please choose at least one role."
    elif not wanted.roles <= set(STAFF_ROLES):
        found["roles"] = "Only roles of people who work here can be asked for."
    if not wanted.why.strip():
        found["why"] = "Please say why. Whoever approves reads it."
    elif len(wanted.why) > LONGEST_WHY:
        found["why"] = f"Please say it in at most {LONGEST_WHY:,} characters."
    if kind is RequestKind.ACCOUNT and not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", wanted.email.strip()):
        found["email"] = "Please give an address such as name@example.com."
    elif len(wanted.email) > LONGEST_ADDRESS:
        found["email"] = "This address is too long to be one."
    if kind is RequestKind.NEW_FACTOR and wanted.identity_checked not in set(IdentityCheck):
        found["identity_checked"] = "Please say how you made sure that it is them: in person, or by video."
    if wanted.ends_on is not None and (told := _end_problem(kind, wanted, today)):
        found["ends_on"] = told
    if wanted.supervisor_id and Role.CLINICIAN not in wanted.roles:
        found["supervisor_id"] = "Only clinicians are supervised. Leave this empty, or add the role of clinician."
    return found


def _end_problem(kind: RequestKind, wanted: Wanted, today: date) -> str:
    assert wanted.ends_on is not None
    latest = latest_end(wanted.roles, is_covering=wanted.is_covering, today=today)
    if wanted.ends_on <= today:
        return "Please choose a day after today."
    if kind is not RequestKind.END_ROLE and wanted.ends_on > latest:
        return f"At the latest {latest:%b} {latest.day}, {latest.year}. It can be asked for again before it ends."
    return ""
