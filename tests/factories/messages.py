"""Threads between Fern and the practice."""

from datetime import datetime
from typing import Any

from tests.factories.portal import in_care
from tests.factories.small_practice import FERN
from workbench.actions.messaging.write_message import MessageWritten, write_message
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.messaging.thread_tables import MessageThread
from workbench.screens.message_thread import message_thread, new_thread

CANARY = "CANARY-heron-4711"
"""What nobody but its readers ever sees."""


def wrote(gate: Gate, now: datetime, **changed: Any) -> MessageWritten:
    """Fern writes to the clinician, unless it is changed."""
    given: dict[str, Any] = {"topic": "clinical", "subject": "Sleep", "text": f"I sleep badly. {CANARY}", **changed}
    if given.get("thread_id"):
        given = {key: value for key, value in given.items() if key not in ("topic", "subject")}
    return write_message(gate, in_care(FERN), FERN, now=now, **given)


def stamp(gate: Gate, who: Actor, thread_id: str, now: datetime) -> str:
    """Who reads the thread, as this member of staff sees it named."""
    return message_thread(gate, who, thread_id, now=now).audience.stamp


def stamp_for(gate: Gate, who: Actor, now: datetime, topic: str, patient_id: str = FERN) -> str:
    """Who would read a new one."""
    found = new_thread(gate, who, patient_id, now=now)
    return next(shown.stamp for one, shown in found.audiences.items() if one == topic)


def row_of(gate: Gate, thread_id: str) -> MessageThread:
    """The thread as it is kept."""
    with gate.store.reading() as session:
        row = session.get_one(MessageThread, thread_id)
        session.expunge(row)
        return row
