"""Who may come together, and how a session of several stands. Pure."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Final

from workbench.kernel.errors import WorkbenchError
from workbench.scheduling.rules import ENDED
from workbench.scheduling.tables import AttendanceStatus as Status


class GroupKind(StrEnum):
    """Who comes together. Stored values."""

    COUPLE = "couple"
    FAMILY = "family"
    GROUP = "group"

    @property
    def is_charged_once(self) -> bool:
        """Whether a session is one person's for the payer: a couple's and a family's is, of a group each pays."""
        return self is not GroupKind.GROUP


LEAST: Final = {GroupKind.COUPLE: 2, GroupKind.FAMILY: 2, GroupKind.GROUP: 1}
"""How many belong to one at least, for it to be booked."""
MOST: Final = {GroupKind.COUPLE: 2, GroupKind.FAMILY: 8, GroupKind.GROUP: 30}
"""How many belong to one at most."""
CO_LEADERS: Final = 3
"""How many clinicians can lead a session beside the first."""


class GroupWrong(WorkbenchError):
    """What was said of a couple, a family or a group does not fit; `fields` says in which field."""

    def __init__(self, problem: str, field: str = "") -> None:
        super().__init__(problem)
        self.fields = {field: problem} if field else {}


class GroupFull(WorkbenchError):
    """Nobody else fits in."""

    def __init__(self, most: int) -> None:
        super().__init__(f"This takes {most} people and is full.")


class TooFew(WorkbenchError):
    """Nobody, or not enough, to be seen together."""

    def __init__(self, kind: GroupKind) -> None:
        words = {
            GroupKind.COUPLE: "A couple is two people. Add the other one first.",
            GroupKind.FAMILY: "A family is two people at least. Add the others first.",
            GroupKind.GROUP: "Nobody belongs to this group yet. Add somebody first.",
        }
        super().__init__(words[kind])


class AlreadyIn(WorkbenchError):
    """They belong to it."""

    def __init__(self) -> None:
        super().__init__("They belong to it already.")


class NotIn(WorkbenchError):
    """They do not belong to it, or not any more."""

    def __init__(self) -> None:
        super().__init__("They do not belong to it.")


def checked_kind(kind: str) -> GroupKind:
    """The kind.

    Raises:
        GroupWrong: there is no such kind.
    """
    if kind not in tuple(GroupKind):
        raise GroupWrong("Choose whether this is a couple, a family or a group.", "kind")
    return GroupKind(kind)


def checked_name(kind: GroupKind, typed: str) -> str:
    """A group's name as it is kept; a couple and a family are called by who belongs to them.

    Raises:
        GroupWrong: a group without a name, or with one of more than 60 letters.
    """
    name = " ".join(typed.split())
    if kind is not GroupKind.GROUP:
        return ""
    if not name or len(name) > 60:
        raise GroupWrong("Give the group a name of 60 letters at most.", "name")
    return name


def checked_most(kind: GroupKind, most: int) -> int:
    """How many it takes.

    Raises:
        GroupWrong: a group of fewer than two or more than thirty.
    """
    if kind is not GroupKind.GROUP:
        return MOST[kind]
    if not 2 <= most <= MOST[kind]:
        raise GroupWrong(f"A group takes from 2 to {MOST[kind]} people.", "most")
    return most


def check_enough(kind: str, members: Collection[str]) -> None:
    """Whether so many can be seen together.

    Raises:
        TooFew: somebody is missing.
    """
    if len(members) < LEAST[GroupKind(kind)]:
        raise TooFew(GroupKind(kind))


def check_leaders(first: str, beside: Collection[str]) -> tuple[str, ...]:
    """Who leads beside the first, each once, in order.

    Raises:
        GroupWrong: the first is named twice, or there are too many.
    """
    others = tuple(dict.fromkeys(one for one in beside if one))
    if first in others:
        raise GroupWrong("Who leads the session cannot lead it beside themselves. Choose somebody else.", "beside")
    if len(others) > CO_LEADERS:
        raise GroupWrong(f"At most {CO_LEADERS} clinicians lead a session beside the first.", "beside")
    return others


_FURTHEST: Final = (
    Status.IN_SESSION, Status.ARRIVED, Status.CONFIRMED, Status.BOOKED, Status.REQUESTED, Status.COMPLETED,
    Status.NO_SHOW, Status.LATE_CANCELLED, Status.CANCELLED,
)  # fmt: skip


def stands(statuses: Iterable[str]) -> Status:
    """How a session of several stands: in session as soon as one is, done when nobody is awaited any more.

    Confirmed means everybody: as long as one is only booked, it is booked.
    """
    found = {Status(one) for one in statuses}
    if {Status.BOOKED, Status.CONFIRMED} <= found:
        found.discard(Status.CONFIRMED)
    return next((one for one in _FURTHEST if one in found), Status.CANCELLED)


def coming(statuses: Iterable[str]) -> int:
    """How many come, came or were to: all but those who cancelled."""
    return sum(Status(one) not in ENDED for one in statuses)
