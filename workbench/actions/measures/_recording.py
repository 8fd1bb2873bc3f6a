"""A score that is kept, with the alert that a critical answer raises. Shared by the verbs of this area."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from workbench.gate.work import Work
from workbench.measures.alerts import due_at, raised
from workbench.measures.definition import Measure
from workbench.measures.scoring import Answer as Response
from workbench.measures.scoring import Score
from workbench.measures.tables import MeasureAlert, MeasureAnswers, MeasureResult


@dataclass(frozen=True)
class MeasureRecorded:
    """What it came to. alerts: what was raised; answer_until: by when somebody answers it, None without an alert."""

    result_id: str
    measure: str
    total: int | Decimal | None
    band: str
    alerts: tuple[str, ...]
    answer_until: datetime | None


def keep_result(
    work: Work, patient_id: str, measure: Measure, given: Mapping[str, Response], came_to: Score, *, owner_id: str
) -> MeasureRecorded:
    """One administration. owner_id: the member of staff who is to answer its alert."""
    result = MeasureResult(
        patient_id=patient_id, rule=measure.key, taken_at=work.now, recorded_at=work.now,
        recorded_by=work.actor.user_id,
    )  # fmt: skip
    answers = () if measure.by_total_only else tuple(given.get(item.key) for item in measure.items)
    result.result = MeasureAnswers(answers, came_to.total, came_to.band, came_to.flags)
    work.add(result)
    work.flush()
    flags = raised(came_to)
    if flags:
        work.add(MeasureAlert(
            result_id=result.id, patient_id=patient_id, rule=measure.key, flags=" ".join(flags),
            owner_id=owner_id, raised_at=work.now,
        ))  # fmt: skip
    return MeasureRecorded(
        result.id, measure.measure, came_to.total, came_to.band, flags, due_at(work.now) if flags else None
    )
