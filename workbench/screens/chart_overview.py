"""What one chart says at a glance, each part for who may see it; the audit line names the parts that were shown."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from workbench.charting.plan_queries import open_plan, plan_in_force
from workbench.charting.plans import Review, review_of, review_on
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.money import Cents
from workbench.kernel.time import day_of, whole_years
from workbench.measures.alerts import flag_words
from workbench.measures.catalogue import measures
from workbench.measures.tables import MeasureAlert, MeasureAlertAnswer
from workbench.people.names import staff_named
from workbench.people.tables import Patient
from workbench.scheduling.rules import WAITING
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance, AttendanceStatus
from workbench.screens.amount_due import sums_of
from workbench.screens.measures_over_time import Course, courses_of
from workbench.screens.patient_file import care_team_named
from workbench.screens.patient_statements import Statements, statements_of

__all__ = ["AlertWaiting", "ChartOverview", "Glance", "PlanDue", "Review", "chart_overview"]


@dataclass(frozen=True)
class Glance:
    """An appointment in a line."""

    attendance_id: str
    starts_at: datetime
    type_name: str
    clinician_name: str
    status: str


@dataclass(frozen=True)
class PlanDue:
    """How the treatment plan stands. is_open: one is written or waits for its co-signature."""

    review: Review
    due_on: date | None
    is_open: bool


@dataclass(frozen=True)
class AlertWaiting:
    """Answers to a measure that nobody has answered for yet."""

    measure: str
    what: str
    raised_at: datetime


@dataclass(frozen=True)
class ChartOverview:
    """Who somebody is, and what of their chart this reader may see; None or empty where they may not.

    may_read: the clinical parts are there. may_state, may_diagnose: they may be changed.
    """

    patient_id: str
    number: int
    name: str
    pronouns: str
    born_on: date
    age_years: int
    is_active: bool
    care_team: tuple[tuple[str, str], ...]
    may_see_visits: bool
    following: Glance | None
    latest: Glance | None
    may_read: bool
    statements: Statements
    plan: PlanDue | None
    courses: tuple[Course, ...]
    alerts: tuple[AlertWaiting, ...]
    balance_cents: Cents | None
    may_state: bool
    may_diagnose: bool


@view(Permission.SEE_CONTACT, shows=AuditEvent.CHART_SEEN, on=Patient)
def chart_overview(look: Look, patient: Patient) -> ChartOverview:
    """The desk has who it is, the appointments and what is owed; what is clinical is for who reads the chart."""
    look.shown(patient.id)
    details = patient.details
    visits = look.allowed(Permission.SEE_SCHEDULE, patient)
    reads, owes = look.allowed(Permission.READ_CHART, patient), look.allowed(Permission.SEE_AMOUNT_DUE, patient)
    shown = (("who", True), ("visits", visits), ("chart", reads), ("amount_due", owes))
    look.facts["parts"] = " ".join(part for part, is_shown in shown if is_shown)
    return ChartOverview(
        patient_id=patient.id,
        number=patient.number,
        name=details.shown_name,
        pronouns=details.pronouns,
        born_on=details.born_on,
        age_years=whole_years(details.born_on, look.today),
        is_active=patient.is_active,
        care_team=care_team_named(look, patient.id),
        may_see_visits=visits,
        following=_glance(look, patient.id, is_to_come=True) if visits else None,
        latest=_glance(look, patient.id, is_to_come=False) if visits else None,
        may_read=reads,
        balance_cents=Cents(sum(sums_of(look, patient.id).values())) if owes else None,
        may_state=look.allowed(Permission.STATE_IN_CHART, patient),
        may_diagnose=look.allowed(Permission.SET_DIAGNOSIS, patient),
        **(_clinical(look, patient.id) if reads else _NOTHING),
    )


_NOTHING: dict[str, Any] = {
    "statements": Statements(), "plan": None, "courses": (), "alerts": (),
}  # fmt: skip


def _clinical(look: Look, patient_id: str) -> dict[str, Any]:
    return {
        "statements": statements_of(look, patient_id),
        "plan": _plan(look, patient_id),
        "courses": courses_of(look, patient_id),
        "alerts": _alerts(look, patient_id),
    }


def _glance(look: Look, patient_id: str, *, is_to_come: bool) -> Glance | None:
    query = (
        select(Attendance.id, Attendance.status, Appointment.starts_at, Appointment.clinician_id, AppointmentType.name)
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .join(AppointmentType, AppointmentType.id == Appointment.type_id)
        .where(Attendance.patient_id == patient_id)
        .limit(1)
    )
    if is_to_come:
        still = (Appointment.starts_at > look.now, Attendance.status.in_(WAITING))
        query = query.where(*still).order_by(Appointment.starts_at)
    else:
        was = (Appointment.starts_at <= look.now, Attendance.status == AttendanceStatus.COMPLETED)
        query = query.where(*was).order_by(Appointment.starts_at.desc())
    row = look.execute(query).first()
    if row is None:
        return None
    attendance_id, status, starts_at, clinician_id, type_name = row
    name = staff_named(look, [clinician_id])[clinician_id].shown_name
    return Glance(attendance_id, starts_at, type_name, name, status)


def _plan(look: Look, patient_id: str) -> PlanDue:
    current = plan_in_force(look, patient_id)
    signed_on = day_of(current.signed_at, look.zone) if current is not None and current.signed_at else None
    due_on = review_on(signed_on) if signed_on else None
    return PlanDue(review_of(signed_on, look.today), due_on, open_plan(look, patient_id) is not None)


def _alerts(look: Look, patient_id: str) -> tuple[AlertWaiting, ...]:
    query = (
        select(MeasureAlert)
        .outerjoin(MeasureAlertAnswer, MeasureAlertAnswer.alert_id == MeasureAlert.id)
        .where(MeasureAlert.patient_id == patient_id, MeasureAlertAnswer.id.is_(None))
        .order_by(MeasureAlert.raised_at)
    )
    return tuple(
        AlertWaiting(measures()[one.rule].measure, ", ".join(flag_words(flag) for flag in one.flags.split()),
                     one.raised_at)
        for one in look.scalars(query)
    )  # fmt: skip
