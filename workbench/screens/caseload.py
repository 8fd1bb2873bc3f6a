"""A caseload by its measures: for each person and measure the latest total, how it changed, when it is due again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import func, or_, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.measures.catalogue import measure_named, measures
from workbench.measures.change import Changed, between, is_better
from workbench.measures.tables import MeasureResult
from workbench.people.names import patients_named
from workbench.people.tables import Patient
from workbench.screens.measure_plans import Planned, planned

_MOST: Final = 2_000


@dataclass(frozen=True)
class CaseloadLine:
    """One person's course in one measure. change: None with one total only. taken_at: None where it is missing.

    due_on: from then on it is due; None where nothing says when, or treatment is over.
    """

    patient_id: str
    patient_name: str
    measure: str
    total: int | Decimal | None
    band: str
    is_critical: bool
    change: Changed | None
    is_better: bool | None
    taken_at: datetime | None
    due_on: date | None
    is_due: bool

    @property
    def is_off_track(self) -> bool:
        """Worse than at first by more than the measure's error explains."""
        return self.change is not None and self.change.reliable is True and self.is_better is False


@view(Permission.SEE_CASELOAD, shows=AuditEvent.CASELOAD_SEEN)
def caseload(look: Look) -> tuple[CaseloadLine, ...]:
    """The people within reach who ever answered one or should have: who gets worse, then what is due, then by name."""
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
    reach = look.reach()
    everybody = select(Patient.id) if reach is None else select(Patient.id).where(Patient.id.in_(reach))
    plans = planned(look, look.scalars(everybody))
    missing = [(patient, key, due) for patient, plan in plans.items()
               for key, (_, last, due) in plan.items() if last is None and due is not None]  # fmt: skip
    names = patients_named(look, {course[0].patient_id for course in found} | {patient for patient, _, _ in missing})
    for patient in names:
        look.shown(patient)
    lines = [
        _line(look, course[0], course[-1], names[course[0].patient_id].shown_name, plans.get(course[0].patient_id, {}))
        for course in found
    ]
    lines += [_missing(look, patient, names[patient].shown_name, key, due) for patient, key, due in missing]
    return tuple(sorted(lines, key=lambda one: (not one.is_off_track, not one.is_due, one.patient_name, one.measure)))


def _line(look: Look, last: MeasureResult, first: MeasureResult, name: str, plan: Planned) -> CaseloadLine:
    rule, result = measures()[last.rule], last.result
    change = between(rule, first.result.total, result.total) if first.id != last.id else None
    _, _, due_on = plan.get(last.rule.partition("@")[0], (None, None, None))
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
        is_due=due_on is not None and due_on <= look.today,
    )


def _missing(look: Look, patient_id: str, name: str, key: str, due_on: date) -> CaseloadLine:
    """A measure that should have been answered and never was."""
    return CaseloadLine(
        patient_id=patient_id, patient_name=name, measure=measure_named(key).measure, total=None, band="",
        is_critical=False, change=None, is_better=None, taken_at=None, due_on=due_on, is_due=due_on <= look.today,
    )  # fmt: skip
