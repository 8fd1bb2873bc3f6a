"""One way to hold a permission: roles, and how far it reaches. Made from a row of the table and its letters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workbench.gate.actor import Anyone, Role
from workbench.gate.emergency import patients_opened_in_emergency
from workbench.gate.proxies import StandsInFor, stood_in_for
from workbench.gate.relations import Moment, patients_cared_for, patients_supervised
from workbench.gate.table import Cell, acts
from workbench.store.base import Base


@dataclass(frozen=True)
class Asked:
    """One question to the policy: may this actor do this to this row (or to any, if None) now, on this practice day."""

    actor: Anyone
    row: Base | None
    when: Moment
    session: Session


Scope = Callable[[str, Moment], "Select[str]"]
"""A person's reach at a moment: a SELECT of patient ids."""


@dataclass(frozen=True)
class Grant:
    """A way to hold a permission: one of `roles`, and the row within reach.

    cell: the letter of the table it comes from; the log keeps by which letter something was done.
    reach: None for the whole practice; otherwise the patients (by actor and day) whose rows are within reach.
    own: only rows that are the person's own (their note, their account, their record) or, with `reach`, a proxy's.
    act: the row of the table it comes from.
    """

    roles: frozenset[Role]
    cell: Cell
    reach: Scope | None = None
    own: bool = False
    act: str = ""

    def holds(self, asked: Asked) -> bool:
        """Whether this grant answers yes. Without a row: whether the role could; the reader scopes its rows."""
        if not self.roles & asked.actor.roles:
            return False
        if asked.row is None or (self.reach is None and not self.own):
            return True
        if self.own:
            theirs = asked.row.staff_concerned() | asked.row.patients_concerned(asked.session)
            return asked.actor.person_id in theirs or (self.reach is not None and self._reaches(asked))
        return self._reaches(asked)

    def _reaches(self, asked: Asked) -> bool:
        assert self.reach is not None
        assert asked.row is not None
        concerned = asked.row.patients_concerned(asked.session)
        if not concerned:
            return False
        reached = self.reach(asked.actor.person_id, asked.when).subquery()
        column = reached.c[0]
        found = asked.session.scalars(select(column).where(column.in_(concerned)).distinct()).all()
        return set(found) == concerned


_REACHES: Final[Mapping[Cell, Scope]] = {
    Cell.BREAK_GLASS: patients_opened_in_emergency,
    Cell.CARE_TEAM: patients_cared_for,
    Cell.SUPERVISEES: patients_supervised,
}
NEVER_IN_EMERGENCY: Final = frozenset({"c06"})
"""Rows that no emergency opens: psychotherapy and SUD counselling notes (45 CFR 164.501, 42 CFR 2.11)."""
_MAY_OPEN: Final = acts()["c10"].roles(Cell.EVERYWHERE)


def row(act: str, cells: str) -> tuple[Grant, ...]:
    """The grants of one row of the table: those of its cells whose letters hold this permission, the widest first.

    One row is asked, done, approved or looked at by several permissions, so each names the letters that count for it:
    `Q` asks, `A` approves, `C` and `R` are reads of their own. `B` counts for every role that may open a chart in an
    emergency (row c10), also one whose own letter in this row is another: outside the care team it has nothing else.

    Raises:
        ValueError: `B` is named for a row that no emergency opens.
    """
    if Cell.BREAK_GLASS in cells and (act in NEVER_IN_EMERGENCY or not acts()[act].roles(Cell.BREAK_GLASS)):
        raise ValueError(f"no emergency opens {act}")
    found = ((Cell(letter), _roles(act, Cell(letter))) for letter in cells)
    return tuple(Grant(roles, cell, _reach(cell, act), cell is Cell.OWN, act) for cell, roles in found if roles)


def _reach(cell: Cell, act: str) -> Scope | None:
    if cell is Cell.OWN and act[0] in "bcd" and Role.PROXY in _roles(act, cell):
        return stood_in_for  # a proxy's own times and bills are those of whom they stand in for
    return StandsInFor(act) if cell is Cell.PROXY else _REACHES.get(cell)


def _roles(act: str, cell: Cell) -> frozenset[Role]:
    return _MAY_OPEN if cell is Cell.BREAK_GLASS else acts()[act].roles(cell)


JOBS_ONLY: Final[tuple[Grant, ...]] = ()
"""What no person may do: jobs of the system that were given it by name."""
