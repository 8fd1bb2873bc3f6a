"""Alerts that measures raised: what waits for an answer, whose it is, and what was done about those of late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.measures.alerts import due_at, flag_words, is_overdue
from workbench.measures.catalogue import measures
from workbench.measures.tables import MeasureAlert, MeasureAlertAnswer
from workbench.people.names import patients_named, staff_named

__all__ = ["AlertShown", "Alerts", "alerts", "flag_words"]

LATELY: Final = timedelta(days=14)
_MOST: Final = 200


@dataclass(frozen=True)
class AlertShown:
    """One alert. answered_at: None while it waits; done and answered_by are empty then."""

    alert_id: str
    patient_id: str
    patient_name: str
    measure: str
    what: str
    owner_name: str
    is_mine: bool
    raised_at: datetime
    due_at: datetime
    is_overdue: bool
    answered_at: datetime | None
    answered_by: str
    done: str


@dataclass(frozen=True)
class Alerts:
    """What waits, the most pressing first, and what was answered within two weeks, the latest first."""

    waiting: tuple[AlertShown, ...] = ()
    answered: tuple[AlertShown, ...] = ()


@view(Permission.ANSWER_ALERT, shows=AuditEvent.ALERTS_SEEN)
def alerts(look: Look, *, patient_id: str = "") -> Alerts:
    """Those of the patients within reach, or of one of them. Overdue ones come first, for whoever supervises too."""
    query = select(MeasureAlert, MeasureAlertAnswer).outerjoin(
        MeasureAlertAnswer, MeasureAlertAnswer.alert_id == MeasureAlert.id
    )
    reach = look.reach()
    if reach is not None:
        query = query.where(MeasureAlert.patient_id.in_(reach))
    if patient_id:
        query = query.where(MeasureAlert.patient_id == patient_id)
    waits = MeasureAlertAnswer.id.is_(None)
    waiting = look.execute(query.where(waits).order_by(MeasureAlert.raised_at, MeasureAlert.id).limit(_MOST))
    done = query.where(MeasureAlertAnswer.answered_at > look.now - LATELY)
    answered = look.execute(done.order_by(MeasureAlertAnswer.answered_at.desc(), MeasureAlert.id).limit(_MOST))
    return _shown(look, [(one, None) for one, _ in waiting], [(one, answer) for one, answer in answered])


Found = Sequence[tuple[MeasureAlert, MeasureAlertAnswer | None]]


def _shown(look: Look, waiting: Found, answered: Found) -> Alerts:
    rows = [*waiting, *answered]
    names = patients_named(look, {alert.patient_id for alert, _ in rows})
    staff = staff_named(look, {alert.owner_id for alert, _ in rows} | {one.answered_by for _, one in rows if one})
    for patient in names:
        look.shown(patient)

    def told(alert: MeasureAlert, answer: MeasureAlertAnswer | None) -> AlertShown:
        return AlertShown(
            alert_id=alert.id,
            patient_id=alert.patient_id,
            patient_name=names[alert.patient_id].shown_name,
            measure=measures()[alert.rule].measure,
            what=", ".join(flag_words(flag) for flag in alert.flags.split()),
            owner_name=staff[alert.owner_id].shown_name,
            is_mine=alert.owner_id == look.actor.person_id,
            raised_at=alert.raised_at,
            due_at=due_at(alert.raised_at),
            is_overdue=answer is None and is_overdue(alert.raised_at, look.now),
            answered_at=answer.answered_at if answer else None,
            answered_by=staff[answer.answered_by].shown_name if answer else "",
            done=answer.done.what if answer else "",
        )

    return Alerts(tuple(told(*row) for row in waiting), tuple(told(*row) for row in answered))
