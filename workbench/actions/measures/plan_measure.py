"""Say when a measure is due: for everybody, or for who has a diagnosis."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.charting.codes import codes
from workbench.charting.rules import NotADiagnosis
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.measures.catalogue import measure_named
from workbench.measures.schedule_tables import MeasurePlan
from workbench.measures.schedules import Cadence, NotASchedule, checked


@dataclass(frozen=True)
class MeasurePlanned:
    """The rule that stands."""

    plan_id: str


@action(Permission.SET_FORMS, refuses={"uq_measure_plans_practice": StalePage, "measure_plans.measure": StalePage})
def plan_measure(work: Work, *, measure: str, cadence: str, weeks: int = 0, diagnosis: str = "") -> MeasurePlanned:
    """A rule for the same measure and diagnosis ends with it. cadence: visit, weeks or start; never ends the rule.

    diagnosis: a beginning of ICD-10-CM codes, such as F32; "" is everybody.

    Raises:
        NoSuchMeasure, NotASchedule. StalePage: somebody set it at the same time.
    """
    rule = measure_named(measure)
    how, every = checked(cadence, weeks)
    code = diagnosis.strip().upper()
    if code and not (code[:1].isalpha() and code[1:3].isdigit() and len(code) <= 8 and code.isascii()):
        raise NotASchedule("diagnosis", str(NotADiagnosis()))
    key = rule.key.partition("@")[0]
    if code and not any(one.startswith(code) for one in codes()):
        raise NotASchedule("diagnosis", "No code in our list begins so.")
    before: MeasurePlan | None = work.scalar(
        select(MeasurePlan).where(
            MeasurePlan.measure == key, MeasurePlan.diagnosis == code, MeasurePlan.patient_id.is_(None),
            MeasurePlan.ended_at.is_(None),
        )
    )  # fmt: skip
    if before is not None:
        before.ended_at, before.ended_by = work.now, work.actor.user_id
        work.flush()
    elif how is Cadence.NEVER:
        raise NotASchedule("measure", "There is no such rule to end.")
    row = before
    if how is not Cadence.NEVER:
        row = MeasurePlan(measure=key, cadence=how.value, weeks=every, diagnosis=code, set_at=work.now,
                          set_by=work.actor.user_id)  # fmt: skip
        work.add(row)
        work.flush()
    assert row is not None
    work.record(AuditEvent.MEASURE_PLANNED, subject=row, measure=key, cadence=how.value, weeks=every, diagnosis=code)
    return MeasurePlanned(row.id)
