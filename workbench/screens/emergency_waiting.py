"""What a page asks of emergency openings all the time, so it is not written down: how many wait, and is one running."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.emergency import REVIEW_WITHIN, EmergencyOpening, EmergencyReview
from workbench.gate.permissions import Permission
from workbench.gate.policy import may_hold
from workbench.gate.relations import not_own_record
from workbench.people.tables import Patient


def emergencies_waiting(gate: Gate, actor: Actor, *, now: datetime) -> int:
    """One's own that is open, and for reviewers what others opened and nobody reviewed yet. A count, no names."""
    mine = (EmergencyOpening.opened_by == actor.person_id) & (EmergencyOpening.until_at > now)
    theirs = (EmergencyOpening.opened_by != actor.person_id) & EmergencyReview.id.is_(None)
    theirs &= not_own_record(actor, EmergencyOpening.patient_id)
    query = select(func.count()).select_from(EmergencyOpening)
    query = query.outerjoin(EmergencyReview, EmergencyReview.opening_id == EmergencyOpening.id)
    query = query.where(or_(mine, theirs) if may_hold(Permission.SEE_EMERGENCIES, actor) else mine)
    with gate.store.reading() as session:
        return int(session.scalar(query) or 0)


def emergencies_overdue(gate: Gate, actor: Actor, *, now: datetime) -> int:
    """How many that others opened were not reviewed within their 72 hours; 0 for who reviews none."""
    if not may_hold(Permission.SEE_EMERGENCIES, actor):
        return 0
    query = select(func.count()).select_from(EmergencyOpening)
    query = query.outerjoin(EmergencyReview, EmergencyReview.opening_id == EmergencyOpening.id)
    query = query.where(
        EmergencyOpening.opened_by != actor.person_id,
        EmergencyReview.id.is_(None),
        not_own_record(actor, EmergencyOpening.patient_id),
        EmergencyOpening.opened_at <= now - REVIEW_WITHIN,
    )
    with gate.store.reading() as session:
        return int(session.scalar(query) or 0)


@dataclass(frozen=True)
class Running:
    """One's own opening that runs: the number of the file, no name."""

    opening_id: str
    number: int
    until_at: datetime


def running_emergency(gate: Gate, actor: Actor, *, now: datetime) -> Running | None:
    """The person's own opening that is running, the one that ends first; None if there is none."""
    query = select(EmergencyOpening.id, Patient.number, EmergencyOpening.until_at)
    query = query.join(Patient, Patient.id == EmergencyOpening.patient_id)
    query = query.where(EmergencyOpening.opened_by == actor.person_id, EmergencyOpening.until_at > now)
    with gate.store.reading() as session:
        found = session.execute(query.order_by(EmergencyOpening.until_at).limit(1)).first()
    return Running(*found) if found else None


def emergency_is_open(gate: Gate, actor: Actor, *, now: datetime, opening_id: str) -> bool:
    """Whether this opening of the person's own is running."""
    query = select(EmergencyOpening.id).where(
        EmergencyOpening.id == opening_id,
        EmergencyOpening.opened_by == actor.person_id,
        EmergencyOpening.until_at > now,
    )
    with gate.store.reading() as session:
        return session.scalar(query) is not None
