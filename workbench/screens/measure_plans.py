"""Which measures are due when: the practice's rules, and what that comes to for each patient within reach."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import case, func, or_, select

from workbench.charting.tables import Note, NoteState
from workbench.forms.tables import FormResponse, FormTemplate, FormVersion
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import day_of
from workbench.measures.catalogue import measure_named
from workbench.measures.schedule_tables import MeasurePlan
from workbench.measures.schedules import Cadence, Care, Rule, due_on, rules_for
from workbench.measures.tables import MeasureResult
from workbench.people.tables import Patient
from workbench.scheduling.tables import Appointment, Attendance, AttendanceStatus

__all__ = ["Cadence", "PatientPlan", "PlanShown", "care_of", "measure_plans", "patient_plans"]

_COMING = (AttendanceStatus.BOOKED, AttendanceStatus.CONFIRMED, AttendanceStatus.ARRIVED, AttendanceStatus.IN_SESSION)


@dataclass(frozen=True)
class PlanShown:
    """A rule of the practice. measure: the name it is known by."""

    measure: str
    cadence: Cadence
    weeks: int
    diagnosis: str


@dataclass(frozen=True)
class PatientPlan:
    """One measure of one patient. is_own: it is due otherwise than the practice says. last_on: answered last."""

    measure: str
    cadence: Cadence
    weeks: int
    is_own: bool
    last_on: date | None
    due_on: date | None
    is_due: bool


@view(Permission.SET_FORMS, shows=AuditEvent.MEASURE_PLANS_SEEN)
def measure_plans(look: Look) -> tuple[PlanShown, ...]:
    """The practice's rules, by measure and diagnosis."""
    return tuple(
        PlanShown(measure_named(rule.measure).measure, rule.cadence, rule.weeks, rule.diagnosis)
        for rule in sorted(_rules(look), key=lambda one: (one.measure, one.diagnosis))
        if not rule.patient_id
    )


@view(Permission.READ_CHART, shows=AuditEvent.MEASURES_READ, on=Patient)
def patient_plans(look: Look, patient: Patient) -> tuple[PatientPlan, ...]:
    """What is due for this patient and when, by measure; what was set to never is told too."""
    look.shown(patient.id)
    every = _rules(look, [patient.id])
    found = planned(look, [patient.id], every).get(patient.id, {})
    own = {rule.measure: rule for rule in every if rule.patient_id}
    never = {key: rule for key, rule in own.items() if rule.cadence is Cadence.NEVER}
    lines = [
        PatientPlan(measure_named(key).measure, rule.cadence, rule.weeks, key in own, last, due,
                    due is not None and due <= look.today)
        for key, (rule, last, due) in found.items()
    ]  # fmt: skip
    lines += [PatientPlan(measure_named(key).measure, Cadence.NEVER, 0, True, None, None, False) for key in never]
    return tuple(sorted(lines, key=lambda one: one.measure))


Planned = Mapping[str, tuple[Rule, date | None, date | None]]


def planned(look: Look, patient_ids: Iterable[str], rules: Iterable[Rule] | None = None) -> Mapping[str, Planned]:
    """By patient and measure: the rule, when it was answered last, and from when it is due."""
    ids = list(dict.fromkeys(patient_ids))
    every = tuple(rules if rules is not None else _rules(look, ids))
    if not every or not ids:
        return {}
    care, taken = care_of(look, ids), _taken(look, ids)
    asks_diagnoses = any(rule.diagnosis for rule in every)
    codes = _diagnoses(look, [one for one in ids if one in care]) if asks_diagnoses else {}
    found = {}
    for patient_id in ids:
        holds = rules_for(every, patient_id, codes.get(patient_id, ()))
        found[patient_id] = {
            key: (rule, last, due_on(rule, care.get(patient_id, Care()), last, look.today))
            for key, rule in holds.items()
            for last in [taken.get((patient_id, key))]
        }
    return found


def _rules(look: Look, patient_ids: list[str] | None = None) -> tuple[Rule, ...]:
    """Those of the practice, and of these patients."""
    of_whom = or_(MeasurePlan.patient_id.is_(None), MeasurePlan.patient_id.in_(patient_ids or []))
    rows = look.scalars(select(MeasurePlan).where(MeasurePlan.ended_at.is_(None), of_whom))
    return tuple(
        Rule(row.measure, Cadence(row.cadence), row.weeks, row.diagnosis, row.patient_id or "") for row in rows
    )


def care_of(look: Look, ids: list[str]) -> dict[str, Care]:
    """Where the treatment of each of them stands."""
    held = Attendance.status == AttendanceStatus.COMPLETED
    comes = Attendance.status.in_(_COMING) & (Appointment.starts_at >= look.now)
    rows: Any = look.execute(
        select(
            Attendance.patient_id,
            func.min(case((held, Appointment.starts_at))).label("first"),
            func.max(case((held, Appointment.starts_at))).label("last"),
            func.min(case((comes, Appointment.starts_at))).label("coming"),
        )
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .where(Attendance.patient_id.in_(ids), held | comes)
        .group_by(Attendance.patient_id)
    )
    days = {
        row.patient_id: Care(*(day_of(at, look.zone) if at else None for at in (row.first, row.last, row.coming)))
        for row in rows
    }
    for patient_id, signed_at in _discharges(look, ids).items():
        days[patient_id] = replace(days.get(patient_id, Care()), ended_on=day_of(signed_at, look.zone))
    return days


def _discharges(look: Look, ids: list[str]) -> dict[str, Any]:
    rows = look.execute(
        select(FormResponse.patient_id, func.max(FormResponse.signed_at))
        .join(FormVersion, FormVersion.id == FormResponse.version_id)
        .join(FormTemplate, FormTemplate.id == FormVersion.template_id)
        .where(FormTemplate.library_key == "discharge-summary", FormResponse.signed_at.is_not(None),
               FormResponse.patient_id.in_(ids))
        .group_by(FormResponse.patient_id)
    )  # fmt: skip
    return {row[0]: row[1] for row in rows}


def _taken(look: Look, ids: list[str]) -> dict[tuple[str, str], date]:
    """When each measure was answered last, whatever version of its rule scored it."""
    rows = look.execute(
        select(MeasureResult.patient_id, MeasureResult.rule, func.max(MeasureResult.taken_at))
        .where(MeasureResult.patient_id.in_(ids))
        .group_by(MeasureResult.patient_id, MeasureResult.rule)
    )
    found: dict[tuple[str, str], date] = {}
    for patient_id, rule, at in rows:
        key, day = (patient_id, rule.partition("@")[0]), day_of(at, look.zone)
        found[key] = max(day, found.get(key, day))
    return found


def _diagnoses(look: Look, ids: list[str]) -> dict[str, tuple[str, ...]]:
    """The diagnoses of the last signed note of each."""
    newest = func.row_number().over(
        partition_by=Note.patient_id, order_by=(Note.service_on.desc(), Note.signed_at.desc())
    ).label("nth")  # fmt: skip
    ranked = select(Note.id, newest).where(Note.patient_id.in_(ids), Note.state == NoteState.LOCKED).subquery()
    rows = look.scalars(select(Note).join(ranked, ranked.c.id == Note.id).where(ranked.c.nth == 1))
    return {row.patient_id: row.text.diagnoses for row in rows}
