"""A caseload by its measures: for each person and measure the latest total, how it changed, when it is due again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from sqlalchemy import func, or_, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import day_of
from workbench.measures.catalogue import measures
from workbench.measures.change import Changed, between, is_better
from workbench.measures.tables import MeasureResult
from workbench.people.names import patients_named

AGAIN_AFTER: Final = timedelta(weeks=4)
"""A measure is due again four weeks after it was taken, the longer end of what is usual for PHQ-9 and GAD-7."""
_MOST: Final = 2_000


@dataclass(frozen=True)
class CaseloadLine:
    """One person's course in one measure. change: None with one total only. due_on: from then on it is late."""

    patient_id: str
    patient_name: str
    measure: str
    total: int | Decimal | None
    band: str
    is_critical: bool
    change: Changed | None
    is_better: bool | None
    taken_at: datetime
    due_on: date
    is_due: bool

    @property
    def is_off_track(self) -> bool:
        """Worse than at first by more than the measure's error explains."""
        return self.change is not None and self.change.reliable is True and self.is_better is False


@view(Permission.SEE_CASELOAD, shows=AuditEvent.CASELOAD_SEEN)
def caseload(look: Look) -> tuple[CaseloadLine, ...]:
    """The people within reach who ever answered one: who gets worse first, then what is due, then by name."""
    whole = select(
        MeasureResult.id,
        func.row_number().over(partition_by=_ONE, order_by=(MeasureResult.taken_at, MeasureResult.id)).label("nth"),
        func.row_number()
        .over(partition_by=_ONE, order_by=(MeasureResult.taken_at.desc(), MeasureResult.id.desc()))
        .label("nth_last"),
    )
    reach = look.reach()
    if reach is not None:
        whole = whole.where(MeasureResult.patient_id.in_(reach))
    ends = whole.subquery()
    query = (
        select(MeasureResult)
        .join(ends, ends.c.id == MeasureResult.id)
        .where(or_(ends.c.nth == 1, ends.c.nth_last == 1))
        .order_by(MeasureResult.taken_at.desc())
        .limit(2 * _MOST)
    )
    courses: dict[tuple[str, str], list[MeasureResult]] = {}
    for row in look.scalars(query):
        courses.setdefault((row.patient_id, row.rule), []).append(row)
    return _lines(look, courses.values())


_ONE = (MeasureResult.patient_id, MeasureResult.rule)


def _lines(look: Look, courses: Iterable[list[MeasureResult]]) -> tuple[CaseloadLine, ...]:
    found = list(courses)
    names = patients_named(look, {course[0].patient_id for course in found})
    for patient in names:
        look.shown(patient)
    lines = [_line(look, course[0], course[-1], names[course[0].patient_id].shown_name) for course in found]
    return tuple(sorted(lines, key=lambda one: (not one.is_off_track, not one.is_due, one.patient_name, one.measure)))


def _line(look: Look, last: MeasureResult, first: MeasureResult, name: str) -> CaseloadLine:
    rule, result = measures()[last.rule], last.result
    change = between(rule, first.result.total, result.total) if first.id != last.id else None
    due_on = day_of(last.taken_at, look.zone) + AGAIN_AFTER
    return CaseloadLine(
        patient_id=last.patient_id,
        patient_name=name,
        measure=rule.measure,
        total=result.total,
        band=result.band,
        is_critical=bool(result.flags),
        change=change,
        is_better=is_better(rule, change),
        taken_at=last.taken_at,
        due_on=due_on,
        is_due=due_on <= look.today,
    )
