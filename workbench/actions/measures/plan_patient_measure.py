"""Say when a measure is due for one patient, otherwise than the practice says."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.measures.catalogue import measure_named
from workbench.measures.schedule_tables import MeasurePlan
from workbench.measures.schedules import checked
from workbench.people.tables import Patient

AS_THE_PRACTICE = "practice"


@dataclass(frozen=True)
class PatientMeasurePlanned:
    """The measure it is about."""

    measure: str


@action(
    Permission.RECORD_MEASURE, on=Patient,
    refuses={"uq_measure_plans_patient": StalePage, "measure_plans.patient_id": StalePage},
)  # fmt: skip
def plan_patient_measure(
    work: Work, patient: Patient, *, measure: str, cadence: str, weeks: int = 0
) -> PatientMeasurePlanned:
    """cadence: visit, weeks, start or never; `practice` goes back to what holds for everybody.

    Raises:
        NoSuchMeasure, NotASchedule. StalePage: somebody set it at the same time.
    """
    key = measure_named(measure).key.partition("@")[0]
    is_back = cadence == AS_THE_PRACTICE
    how, every = (None, 0) if is_back else checked(cadence, weeks)
    before: MeasurePlan | None = work.scalar(
        select(MeasurePlan).where(
            MeasurePlan.measure == key, MeasurePlan.patient_id == patient.id, MeasurePlan.ended_at.is_(None)
        )
    )
    if before is not None:
        before.ended_at, before.ended_by = work.now, work.actor.user_id
        work.flush()
    if how is not None:
        work.add(MeasurePlan(measure=key, cadence=how.value, weeks=every, patient_id=patient.id, set_at=work.now,
                             set_by=work.actor.user_id))  # fmt: skip
        work.flush()
    work.record(AuditEvent.MEASURE_PLANNED, measure=key, cadence=how.value if how else AS_THE_PRACTICE, weeks=every)
    return PatientMeasurePlanned(measure)
