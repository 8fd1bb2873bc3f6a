"""The lines of a chart's course that tell of care: appointments, measures, alerts, what was stated."""

from functools import partial

from sqlalchemy import select

from workbench.charting.chart_tables import AllergyVersion, DiagnosisVersion, MedicationVersion, RiskVersion
from workbench.charting.codes import title_of
from workbench.gate.view import Look
from workbench.measures.alerts import flag_words
from workbench.measures.catalogue import measures
from workbench.measures.tables import MeasureAlert, MeasureAlertAnswer, MeasureResult
from workbench.people.tables import Patient
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance
from workbench.screens.timeline_parts import Head, Kind, Said


def visit_heads(look: Look, patient: Patient) -> list[Head]:
    """Appointments until now; those to come are in the file, by the dozen."""
    query = (
        select(Attendance.id, Attendance.status, Appointment.starts_at, Appointment.clinician_id, AppointmentType.name)
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .join(AppointmentType, AppointmentType.id == Appointment.type_id)
        .where(Attendance.patient_id == patient.id, Appointment.starts_at <= look.now)
    )
    return [
        Head(one, Kind.VISIT, at, partial(Said, type_name), clinician, status,
             f"/patients/{patient.id}?tab=schedule", one)
        for one, status, at, clinician, type_name in look.execute(query)
    ]  # fmt: skip


def measure_heads(look: Look, patient: Patient) -> list[Head]:
    """Measures that were answered."""
    rows = look.scalars(select(MeasureResult).where(MeasureResult.patient_id == patient.id))
    path = f"/patients/{patient.id}?tab=measures"
    return [Head(one.id, Kind.MEASURE, one.taken_at, partial(_measure, one), path=path) for one in rows]


def _measure(row: MeasureResult) -> Said:
    told = row.result
    total = "No total" if told.total is None else f"Total {told.total}"
    return Said(measures()[row.rule].measure, ", ".join(part for part in (total, told.band) if part))


def alert_heads(look: Look, patient: Patient) -> list[Head]:
    """Alerts that measures raised, with what was done."""
    query = select(MeasureAlert, MeasureAlertAnswer).outerjoin(
        MeasureAlertAnswer, MeasureAlertAnswer.alert_id == MeasureAlert.id
    )
    path = f"/patients/{patient.id}?tab=measures"
    return [
        Head(alert.id, Kind.ALERT, alert.raised_at, partial(_alert, alert, answer), alert.owner_id,
             "answered" if answer else "waiting", path)
        for alert, answer in look.execute(query.where(MeasureAlert.patient_id == patient.id))
    ]  # fmt: skip


def _alert(alert: MeasureAlert, answer: MeasureAlertAnswer | None) -> Said:
    what = ", ".join(flag_words(flag) for flag in alert.flags.split())
    return Said(f"{measures()[alert.rule].measure}: {what}", answer.done.what if answer else "Waits for an answer")


def statement_heads(look: Look, patient: Patient) -> list[Head]:
    """Each version of a diagnosis, a medication, an allergy, a judgement of risk."""
    diagnoses = look.scalars(select(DiagnosisVersion).where(DiagnosisVersion.patient_id == patient.id))
    medications = look.scalars(select(MedicationVersion).where(MedicationVersion.patient_id == patient.id))
    allergies = look.scalars(select(AllergyVersion).where(AllergyVersion.patient_id == patient.id))
    risks = look.scalars(select(RiskVersion).where(RiskVersion.patient_id == patient.id))
    return [
        *(Head(one.id, Kind.STATEMENT, one.said_at, partial(_diagnosis, one), one.said_by) for one in diagnoses),
        *(Head(one.id, Kind.STATEMENT, one.said_at, partial(_medication, one), one.said_by) for one in medications),
        *(Head(one.id, Kind.STATEMENT, one.said_at, partial(_allergy, one), one.said_by) for one in allergies),
        *(Head(one.id, Kind.STATEMENT, one.said_at, partial(_risk, one), one.said_by) for one in risks),
    ]


def _diagnosis(row: DiagnosisVersion) -> Said:
    told = row.told
    how = "principal" if told.rank == 1 else f"number {told.rank}"
    stands = f"Ended: {told.why}" if told.until else f"{told.certainty.replace('_', ' ').capitalize()}, {how}"
    return Said(f"{told.code} {title_of(told.code)}", stands)


def _medication(row: MedicationVersion) -> Said:
    told = row.told
    return Said(f"{told.name} {told.dose}".strip(), "Stopped" if told.until else told.prescriber)


def _allergy(row: AllergyVersion) -> Said:
    told = row.told
    if told.is_none_known:
        return Said("No known allergies")
    return Said(f"Allergy to {told.substance}", f"Withdrawn: {told.withdrawn}" if told.withdrawn else told.reaction)


def _risk(row: RiskVersion) -> Said:
    return Said(f"Risk judged {row.told.level.value}", row.told.rationale)
