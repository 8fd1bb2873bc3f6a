"""What the tests expect of every cell: written down once more, apart from the table that the product reads.

`golden.csv` names, for each permission, the letter by which each role holds it. It is not made from the policy: whoever
changes who may do something changes both, and sees here what that means.
"""

import csv
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import workbench
from tests.access.subjects import FAR, NEAR, key_of
from workbench.gate.action import ACTIONS, Action
from workbench.gate.actor import Role
from workbench.gate.permissions import Permission
from workbench.gate.table import COLUMNS, Cell
from workbench.gate.view import VIEWS, View
from workbench.store.base import Base

GOLDEN = Path(__file__).parent / "golden.csv"
Verb = Action[object] | View[object]
_EVERYWHERE = frozenset("YCRQAVK")
OF_NO_PATIENT = frozenset({"remittances", "claim_batches", "agreements"})
"""Records about many patients at once: nobody reaches them from one patient's care team."""

STANDS_IN = frozenset({
    Permission.CANCEL_APPOINTMENT, Permission.SEE_OWN_APPOINTMENTS, Permission.SEE_OWN_BALANCE,
    Permission.BOOK_OWN_TIME, Permission.MOVE_OWN_APPOINTMENT, Permission.SEE_OWN_WAITLIST, Permission.JOIN_WAITLIST,
    Permission.LEAVE_WAITLIST, Permission.ACCEPT_OFFER, Permission.DECLINE_OFFER,
    Permission.OWN_MESSAGES,
})  # fmt: skip
"""Times, bills, messages about them: a proxy's own are also those of whom they stand in for, whatever the link opens
(decision 23)."""


def golden() -> dict[Permission, dict[Role, Cell]]:
    """The expectation, by permission and role."""
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return {
            Permission(row["permission"]): {role: Cell(row[name]) for name, role in COLUMNS.items()}
            for row in csv.DictReader(file)
        }


@cache
def verbs() -> dict[str, Verb]:
    """Every verb and every read of the product, by name."""
    root = Path(workbench.__file__).parent
    for room in ("actions", "screens", "marts", "demo"):
        for path in sorted((root / room).rglob("*.py")):
            importlib.import_module(".".join(("workbench", *path.relative_to(root).with_suffix("").parts)))
    found = {**ACTIONS, **VIEWS}
    return {name: verb for name, verb in found.items() if verb.__module__.startswith("workbench.")}


def kinds() -> set[type[Base]]:
    """The kinds of record that verbs are called on."""
    return {verb.on for verb in verbs().values() if verb.on is not None}


@dataclass(frozen=True)
class Try:
    """One person trying one verb on one record (`target` is near, far, a role's value for one's own, or nothing)."""

    verb: str
    role: Role
    target: str
    subject_id: str | None
    may: bool


def tries() -> Iterator[Try]:
    """Every verb, by every role, on every target that makes a difference."""
    expected = golden()
    for name, verb in sorted(verbs().items()):
        for role in Role:
            letter = expected[verb.permission][role]
            targets = (NEAR, FAR, role.value) if verb.on is not None else ("",)
            for target in targets:
                subject = _subject(verb, target)
                may = _may(letter, target, verb.on)
                stands_in = role is Role.PROXY and verb.permission in STANDS_IN and target == NEAR
                yield Try(name, role, target, subject, may or stands_in)


def _subject(verb: Verb, target: str) -> str | None:
    if verb.on is None:
        return None
    return key_of(verb.on, target)


def _may(letter: Cell, target: str, kind: type[Base] | None) -> bool:
    if letter.value in _EVERYWHERE:
        return True
    if letter is Cell.DENIED or letter is Cell.BREAK_GLASS:
        return False
    if not target:
        return True  # a list: what is in it is cut to the person's reach
    if kind is not None and kind.__tablename__ in OF_NO_PATIENT:
        return False
    return target == NEAR if letter in (Cell.CARE_TEAM, Cell.SUPERVISEES, Cell.PROXY) else target not in (NEAR, FAR)
