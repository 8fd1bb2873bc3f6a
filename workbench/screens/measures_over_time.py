"""A patient's measures over time: each total with its band, oldest first. Part of the chart, and logged as such."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import day_of
from workbench.measures.catalogue import measures
from workbench.measures.change import Changed, between, is_better
from workbench.measures.definition import Measure
from workbench.measures.tables import MeasureResult
from workbench.paper.leaf import RecordKind
from workbench.people.tables import Patient
from workbench.screens.part_2 import part_2_of

__all__ = ["Changed", "Course", "Taken", "courses_of", "measures_over_time"]


@dataclass(frozen=True)
class Taken:
    """One administration. total: None where an item was left out. flags: such as `item9_positive`."""

    result_id: str
    taken_at: datetime
    total: int | Decimal | None
    band: str
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Course:
    """One measure as it went, oldest first."""

    rule: Measure
    taken: tuple[Taken, ...]

    @property
    def change(self) -> int | Decimal | None:
        """The latest total less the first; None with fewer than two."""
        return self.changed.change if self.changed else None

    @cached_property
    def changed(self) -> Changed | None:
        """What the published thresholds make of that; None with fewer than two totals."""
        totals = [one.total for one in self.taken if one.total is not None]
        return between(self.rule, totals[0], totals[-1]) if len(totals) > 1 else None

    @property
    def is_better(self) -> bool | None:
        """Whether they are better off than at first; None where nothing changed or is known."""
        return is_better(self.rule, self.changed)


@view(Permission.READ_CHART, shows=AuditEvent.MEASURES_READ, on=Patient)
def measures_over_time(look: Look, patient: Patient) -> tuple[Course, ...]:
    """Every measure this patient answered, in the order of their names."""
    look.shown(patient.id)
    return courses_of(look, patient.id)


def courses_of(look: Look, patient_id: str) -> tuple[Course, ...]:
    """The same, for a view that has judged that the chart may be read."""
    query = select(MeasureResult).where(MeasureResult.patient_id == patient_id)
    part_2 = part_2_of(look, patient_id)
    found = look.scalars(query.order_by(MeasureResult.rule, MeasureResult.taken_at))
    rows = [one for one in found if not part_2.hides(RecordKind.MEASURE, one.id, day_of(one.taken_at, look.zone))]
    courses = (
        Course(measures()[rule], tuple(_taken(row) for row in group))
        for rule, group in groupby(rows, attrgetter("rule"))
    )
    return tuple(sorted(courses, key=lambda course: course.rule.measure))


def _taken(row: MeasureResult) -> Taken:
    return Taken(row.id, row.taken_at, row.result.total, row.result.band, row.result.flags)
