"""What an access review proposes: rights held beside rights used, and which roles nobody would miss. Pure.

A right is a permission together with the letter of the table by which it is held. A right that every role of staff
gives (one's own sign-in) says nothing about a role, so its use keeps none.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Final

from workbench.gate.actor import STAFF_ROLES, Role
from workbench.gate.permissions import Permission
from workbench.gate.policy_rows import POLICY
from workbench.gate.table import Cell, acts
from workbench.kernel.errors import WorkbenchError

WINDOW: Final = timedelta(days=90)
"""How far back the log is read for what was used."""
DUE_WITHIN: Final = timedelta(days=21)
"""How long reviewers have, from the opening."""
SETTLING: Final = timedelta(days=14)
"""A role given more recently than this is not judged by its use."""
ENDS_SOON: Final = timedelta(days=30)
"""A role that ends by itself within this is left to end."""
LONGEST_REASON: Final = 1_000
REVIEWING_ROLES: Final = acts()["a07"].roles(Cell.APPROVE)


@dataclass(frozen=True, order=True)
class Right:
    """A permission and the letter by which it is held."""

    permission: Permission
    cell: Cell


@dataclass(frozen=True)
class Use:
    """How often something was done within the window, and when last."""

    count: int = 0
    last_at: datetime | None = None


class Proposal(StrEnum):
    """What is proposed for a role, and what is decided. Stored values."""

    KEEP = "keep"
    TAKE_AWAY = "take_away"


class Because(StrEnum):
    """Why it is proposed. Stored values."""

    USED = "used"
    NEW = "new"
    ENDS_SOON = "ends_soon"
    LAST_HOLDER = "last_holder"
    NEVER_USED = "never_used"
    COVERED = "covered"


BECAUSE_WORDS: Final[Mapping[Because, str]] = {
    Because.USED: "In use: it gives what no other role of this person gives.",
    Because.NEW: "Given less than 14 days ago, so its use says nothing yet.",
    Because.ENDS_SOON: "Ends by itself within 30 days.",
    Because.LAST_HOLDER: "Nobody else holds this role.",
    Because.NEVER_USED: "Nothing of it was used in the last 90 days.",
    Because.COVERED: "All that was used of it is given by another role of this person too.",
}


@dataclass(frozen=True)
class HeldRole:
    """A role as it is judged. is_last: an owner's or compliance officer's that nobody else holds."""

    role: Role
    since: datetime
    until: datetime | None = None
    is_last: bool = False


@dataclass(frozen=True)
class Proposed:
    """What is proposed for one role, and why."""

    proposal: Proposal
    because: Because


@cache
def rights_of(role: Role) -> frozenset[Right]:
    """Every right that the role gives."""
    return frozenset(
        Right(permission, grant.cell)
        for permission, grants in POLICY.items()
        for grant in grants
        if role in grant.roles
    )


@cache
def _telling(role: Role) -> frozenset[Right]:
    everybodys = frozenset.intersection(*(rights_of(one) for one in STAFF_ROLES))
    return rights_of(role) - everybodys


def propose(held: Sequence[HeldRole], used: Collection[Right], now: datetime) -> dict[Role, Proposed]:
    """What is proposed for each role of one person, by what they used.

    A role is idle if none of its used rights is given by it alone among the roles that stay. Of idle roles the widest
    goes first and the rest is looked at again, so that of two that cover each other one stays.
    """
    found = {one.role: Proposed(Proposal.KEEP, _kept(one, now)) for one in held}
    staying = {one.role for one in held}
    may_go = {one.role for one in held if found[one.role].because is Because.USED}
    while idle := [role for role in may_go if not _only_by(role, staying, used)]:
        widest = max(idle, key=lambda role: (len(_telling(role)), role))
        found[widest] = Proposed(
            Proposal.TAKE_AWAY, Because.COVERED if _telling(widest) & set(used) else Because.NEVER_USED
        )
        staying.remove(widest)
        may_go.remove(widest)
    return found


def _only_by(role: Role, staying: Collection[Role], used: Collection[Right]) -> frozenset[Right]:
    others = frozenset[Right]().union(*(rights_of(one) for one in staying if one is not role))
    return (_telling(role) & frozenset(used)) - others


def _kept(one: HeldRole, now: datetime) -> Because:
    if one.is_last:
        return Because.LAST_HOLDER
    if one.until is not None and one.until <= now + ENDS_SOON:
        return Because.ENDS_SOON
    return Because.NEW if one.since > now - SETTLING else Because.USED


def quarter_of(day: date) -> str:
    """The calendar quarter of a practice day: `2026-Q1`."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


class OwnAccess(WorkbenchError):
    """Nobody reviews their own access."""

    def __init__(self) -> None:
        super().__init__("Somebody else decides about your own access.")


class ReviewClosed(WorkbenchError):
    """The certificate is written; nothing is added after it."""

    def __init__(self) -> None:
        super().__init__("This review is closed, and its certificate stands. The next one takes up what has changed.")


class ReviewThere(WorkbenchError):
    """There is one for this quarter."""

    def __init__(self) -> None:
        super().__init__("This quarter's review is there already.")


class ReviewUndecided(WorkbenchError):
    """Some lines wait for a decision."""

    def __init__(self, count: int) -> None:
        lines = "One line waits" if count == 1 else f"{count} lines wait"
        super().__init__(f"{lines} for a decision. The review can be closed once every line is decided.")


class DecisionUnclear(WorkbenchError):
    """What was chosen or written cannot be kept. `fields`: a kind sentence by the field's name."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__("Please look at the marked field.")
        self.fields = {field: text}


class TakenAwayAlready(WorkbenchError):
    """The decision was carried out; the way back is a request."""

    def __init__(self) -> None:
        super().__init__("This role was taken away already. To give it back, ask for it anew.")


def checked(decision: str, reason: str, proposal: str = "") -> tuple[Proposal, str]:
    """The decision and its reason, as they may be kept. proposal: if given, going against it needs a reason.

    Raises:
        DecisionUnclear: no such decision, the reason is missing or too long.
    """
    words = reason.strip()
    if decision not in set(Proposal):
        raise DecisionUnclear("decision", "Please choose: keep, or take away.")
    if len(words) > LONGEST_REASON:
        raise DecisionUnclear("reason", f"Please say it in at most {LONGEST_REASON:,} characters.")
    if proposal and decision != proposal and not words:
        raise DecisionUnclear("reason", "Please say why, because the proposal is another.")
    return Proposal(decision), words
