"""What a view of the calendar can be, and the views that somebody keeps."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from workbench.kernel.errors import WorkbenchError
from workbench.scheduling.tables import AttendanceStatus as Status
from workbench.scheduling.view_tables import CalendarView
from workbench.store.newest import Rows

SIGHTS: Final = ("day", "week", "month", "rooms", "list")
STATES: Final[Mapping[str, frozenset[Status]]] = {
    "to_come": frozenset({Status.BOOKED, Status.CONFIRMED}),
    "here": frozenset({Status.ARRIVED, Status.IN_SESSION}),
    "done": frozenset({Status.COMPLETED}),
    "missed": frozenset({Status.NO_SHOW}),
    "cancelled": frozenset({Status.CANCELLED, Status.LATE_CANCELLED}),
}
"""How a session can stand, as a view tells it apart. Stored codes."""
LONGEST_NAME: Final = 24
MOST: Final = 9
"""A key of the number row for each."""


class ViewUnclear(WorkbenchError):
    """A name or a look that is none; `fields` says which."""

    def __init__(self, problem: str, field: str) -> None:
        super().__init__(problem)
        self.fields = {field: problem}


class TooManyViews(ViewUnclear):
    """There is a key for nine."""

    def __init__(self) -> None:
        super().__init__(f"You keep {MOST} views already, one for each key. Drop one first.", "name")


@dataclass(frozen=True)
class Sieve:
    """What is left out of a calendar: only these clinicians, places and states are shown; empty leaves out nothing.

    place_ids: of rooms, and of places with all their rooms. states: of `STATES`.
    """

    clinician_ids: frozenset[str] = frozenset()
    place_ids: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()

    @property
    def statuses(self) -> frozenset[Status]:
        """The statuses that are shown; nothing where all are."""
        return frozenset(status for one in self.states for status in STATES.get(one, ()))


EVERYTHING: Final = Sieve()


@dataclass(frozen=True)
class KeptView:
    """A view that somebody keeps."""

    view_id: str
    name: str
    sight: str
    sieve: Sieve
    is_default: bool


def checked_view(name: str, sight: str, states: Collection[str]) -> str:
    """The name as it is kept.

    Raises:
        ViewUnclear: no name, or too long a one; no such look or state.
    """
    told = " ".join(name.split())
    if not 0 < len(told) <= LONGEST_NAME:
        raise ViewUnclear(f"Give the view a name of {LONGEST_NAME} letters at most.", "name")
    if sight not in SIGHTS:
        raise ViewUnclear("Please choose how it looks.", "sight")
    if not set(states) <= set(STATES):
        raise ViewUnclear("Please choose from the list.", "states")
    return told


def rows_of(rows: Rows, staff_id: str) -> tuple[CalendarView, ...]:
    """The views that somebody keeps, the oldest first."""
    query = select(CalendarView).where(CalendarView.staff_id == staff_id, CalendarView.retired_at.is_(None))
    return tuple(rows.scalars(query.order_by(CalendarView.made_at, CalendarView.id)))


def views_of(rows: Rows, staff_id: str) -> tuple[KeptView, ...]:
    """The same, as they are shown."""
    return tuple(
        KeptView(
            one.id, one.told.name, one.sight,
            Sieve(*(frozenset(kept.split()) for kept in (one.clinician_ids, one.place_ids, one.states))),
            one.default_of is not None,
        )
        for one in rows_of(rows, staff_id)
    )  # fmt: skip
