"""What the calendar draws: a session of several is one block, whoever comes to it."""

from collections.abc import Iterable
from dataclasses import replace

from workbench.screens.calendar import CalendarRow
from workbench.screens.groups import stands

BESIDE = "~"
"""Parts the id of a block from the number of the column it stands in once more."""


def blocks(rows: Iterable[CalendarRow]) -> list[CalendarRow]:
    """One row an appointment, in order of time. Of several: their name, and how they stand together."""
    found: dict[str, list[CalendarRow]] = {}
    for row in rows:
        found.setdefault(row.appointment_id, []).append(row)
    return [_block(together) if together[0].group_id else together[0] for together in found.values()]


def _block(rows: list[CalendarRow]) -> CalendarRow:
    return replace(
        rows[0],
        patient_name=rows[0].title,
        pronouns="",
        type_name=f"{rows[0].type_name} · {people(len(rows))}",
        status=stands(row.status for row in rows),
        offers=frozenset.intersection(*(row.offers for row in rows)),
        owes=any(row.owes for row in rows),
        note=next((note for note in ("missing", "draft", "locked") if note in {row.note for row in rows}), ""),
    )


def people(count: int) -> str:
    """How many: `1 person`, `8 people`."""
    return "1 person" if count == 1 else f"{count} people"


def in_columns(rows: Iterable[CalendarRow]) -> list[tuple[str, CalendarRow]]:
    """Each with the clinician whose column it stands in; who leads a session beside the first has it there too."""
    placed = []
    for row in rows:
        placed.append((row.clinician_id, row))
        for number, leader in enumerate(row.beside, 2):
            # It is moved where it belongs to, with all who lead it.
            here = replace(row, attendance_id=f"{row.attendance_id}{BESIDE}{number}", offers=frozenset())
            placed.append((leader, here))
    return placed
