"""Log hours of supervision: either of both does, and the other one agrees."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from workbench.accounts.supervision_rules import HoursWrong, NotSupervising, check_hours
from workbench.accounts.supervision_tables import SupervisionHours, SupervisionWords
from workbench.charting.others_named import parts_that_name
from workbench.charting.tables import NoteText
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.relations import CareTeamMember, Supervision
from workbench.gate.work import Work
from workbench.people.tables import Patient


@dataclass(frozen=True)
class SupervisionLogged:
    """It waits for the other one."""

    hours_id: str


@action(Permission.LOG_SUPERVISION)
def log_supervision(
    work: Work, *, supervisor_id: str, supervisee_id: str, held_on: date, minutes: int, kind: str, topic: str
) -> SupervisionLogged:
    """topic: what it was about, naming nobody who is or was in the care of the one supervised.

    Raises:
        HoursWrong: by field. NotSupervising: no such supervision stood that day, or it is not the actor's.
    """
    said = check_hours(held_on, work.today, minutes, kind, topic)
    stood = select(Supervision.id).where(
        Supervision.supervisor_id == supervisor_id, Supervision.supervisee_id == supervisee_id,
        Supervision.from_on <= held_on, or_(Supervision.until_on.is_(None), Supervision.until_on > held_on),
    )  # fmt: skip
    if work.actor.person_id not in (supervisor_id, supervisee_id) or not work.scalar(stood.limit(1)):
        raise NotSupervising
    _check_names_nobody(work, supervisee_id, said)
    hours = SupervisionHours(
        staff_id=supervisor_id, clinician_id=supervisee_id, held_on=held_on, minutes=minutes, kind=kind,
        logged_at=work.now, logged_by=work.actor.user_id, words=SupervisionWords(said),
    )  # fmt: skip
    work.add(hours)
    work.flush()
    work.record(AuditEvent.SUPERVISION_LOGGED, subject=hours, minutes=minutes, kind=kind)
    return SupervisionLogged(hours.id)


def _check_names_nobody(work: Work, supervisee_id: str, topic: str) -> None:
    cared_for = select(CareTeamMember.patient_id).where(CareTeamMember.staff_id == supervisee_id)
    people = work.scalars(select(Patient).where(Patient.id.in_(cared_for)))
    if parts_that_name(NoteText(subjective=topic), [name for one in people for name in one.details.names], ()):
        raise HoursWrong("Somebody in care is named here. This log is no part of a chart: name nobody.", "topic")
