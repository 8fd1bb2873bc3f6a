"""What the rail asks of alerts all the time, so it is not written down: how many wait, and how many too long."""

from datetime import datetime

from sqlalchemy import func, select

from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.permissions import Permission
from workbench.gate.policy import patients_within_reach
from workbench.gate.relations import Moment
from workbench.kernel.time import day_of
from workbench.measures.alerts import ANSWER_WITHIN
from workbench.measures.tables import MeasureAlert, MeasureAlertAnswer


def alerts_waiting(gate: Gate, actor: Actor, *, now: datetime) -> int:
    """How many alerts of patients within reach wait for an answer. A count, no names."""
    return _count(gate, actor, now, raised_before=now)


def alerts_overdue(gate: Gate, actor: Actor, *, now: datetime) -> int:
    """How many of them wait for longer than they should."""
    return _count(gate, actor, now, raised_before=now - ANSWER_WITHIN)


def _count(gate: Gate, actor: Actor, now: datetime, *, raised_before: datetime) -> int:
    query = select(func.count()).select_from(MeasureAlert)
    query = query.outerjoin(MeasureAlertAnswer, MeasureAlertAnswer.alert_id == MeasureAlert.id)
    query = query.where(MeasureAlertAnswer.id.is_(None), MeasureAlert.raised_at <= raised_before)
    reach = patients_within_reach(Permission.ANSWER_ALERT, actor, Moment(now, day_of(now, gate.zone)))
    if reach is not None:
        query = query.where(MeasureAlert.patient_id.in_(reach))
    with gate.store.reading() as session:
        return int(session.scalar(query) or 0)
