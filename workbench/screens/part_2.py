"""Who does not read data under 42 CFR Part 2 sees neither it nor that it exists: the one piece that every read asks."""

from dataclasses import dataclass
from datetime import date

from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.view import Look
from workbench.people.tables import Patient
from workbench.releases.part_2 import NOTICE_SHORT, Marks, marks_of

__all__ = ["NOTICE_SHORT", "Part2", "part_2_of"]


@dataclass(frozen=True)
class Part2:
    """What is marked of one person, and whether the reader may read it."""

    marks: Marks
    may_read: bool

    def is_marked(self, kind: str, record_id: str, on: date) -> bool:
        """Whether it is under Part 2."""
        return self.marks.cover(kind, record_id, on)

    def hides(self, kind: str, record_id: str, on: date) -> bool:
        """Whether the reader must not learn of it."""
        return not self.may_read and self.is_marked(kind, record_id, on)

    def notice_of(self, kind: str, record_id: str, on: date) -> str:
        """The statement that goes with a copy of it; empty for what is not marked.

        Raises:
            NotFound: it is not there for the reader.
        """
        if self.hides(kind, record_id, on):
            raise NotFound
        return NOTICE_SHORT if self.is_marked(kind, record_id, on) else ""


def part_2_of(look: Look, patient_id: str) -> Part2:
    """Of one person, for who looks: by row c07 of the table, in an emergency as the table says."""
    marks = marks_of(look, patient_id)
    return Part2(marks, look.allowed(Permission.READ_PART_2, look.get(Patient, patient_id)))
