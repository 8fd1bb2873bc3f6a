"""What the rail asks of messages all the time, so it is not written down: how many are unread, how many overdue."""

from datetime import datetime

from sqlalchemy import func, select

from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.grants import Asked
from workbench.gate.permissions import Permission
from workbench.gate.policy import allowed
from workbench.gate.relations import Moment
from workbench.kernel.time import day_of
from workbench.messaging.inbox_tables import DisclosureCase, DisclosureFinding
from workbench.messaging.thread_rules import Topic
from workbench.messaging.thread_tables import MessageThread
from workbench.messaging.threads import unread_by
from workbench.people.tables import Patient
from workbench.screens.messages_within import threads_within


def messages_unread(gate: Gate, actor: Actor, *, now: datetime) -> int:
    """How many threads within reach hold something the person has not read."""
    unread = unread_by(actor.person_id, outside=False).subquery()
    query = select(func.count()).select_from(MessageThread).join(unread, unread.c[0] == MessageThread.id)
    with gate.store.reading() as session:
        return int(session.scalar(query.where(threads_within(actor, _moment(gate, now)))) or 0)


def messages_overdue(gate: Gate, actor: Actor, *, now: datetime) -> int:
    """How many threads within reach wait longer than they should."""
    query = select(func.count()).select_from(MessageThread)
    query = query.where(MessageThread.due_at < now, threads_within(actor, _moment(gate, now)))
    with gate.store.reading() as session:
        return int(session.scalar(query) or 0)


def disclosures_waiting(gate: Gate, actor: Actor, *, now: datetime) -> int:
    """How many disclosures wait for the privacy officer."""
    del actor, now
    query = select(func.count()).select_from(DisclosureCase)
    query = query.outerjoin(DisclosureFinding, DisclosureFinding.case_id == DisclosureCase.id)
    with gate.store.reading() as session:
        return int(session.scalar(query.where(DisclosureFinding.id.is_(None))) or 0)


def own_messages_unread(gate: Gate, actor: Actor, patient_id: str, *, now: datetime) -> int:
    """How many threads of this record hold something that the person in care, or their proxy, has not read."""
    unread = unread_by(actor.person_id, outside=True).subquery()
    query = select(func.count()).select_from(MessageThread).join(unread, unread.c[0] == MessageThread.id)
    query = query.where(MessageThread.patient_id == patient_id)
    with gate.store.reading() as session:
        asked = Asked(actor, session.get(Patient, patient_id), _moment(gate, now), session)
        if not allowed(Permission.OWN_MESSAGES, asked):
            return 0
        if not allowed(Permission.OWN_CLINICAL_MESSAGES, asked):
            query = query.where(MessageThread.topic != Topic.CLINICAL)
        return int(session.scalar(query) or 0)


def _moment(gate: Gate, now: datetime) -> Moment:
    return Moment(now, day_of(now, gate.zone))
