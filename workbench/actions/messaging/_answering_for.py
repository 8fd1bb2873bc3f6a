"""What is answered by itself while somebody is away. It does not stop the clock: whoever covers answers."""

from sqlalchemy import select

from workbench.actions.messaging._threads import first_clinician, put, staff_name
from workbench.gate.work import Work
from workbench.messaging.thread_rules import Author
from workbench.messaging.thread_tables import MessageThread, ThreadMessage
from workbench.messaging.threads import away_on


def answer_for_who_is_away(work: Work, thread: MessageThread) -> bool:
    """Once for each time away in each thread; whether it was answered now."""
    whose = thread.assigned_to or first_clinician(work, thread.patient_id)
    away = away_on(work, (whose,), work.today).get(whose)
    if away is None:
        return False
    said = select(ThreadMessage.id).where(
        ThreadMessage.thread_id == thread.id, ThreadMessage.author == Author.AUTOMATIC,
        ThreadMessage.person_id == whose, ThreadMessage.written_at >= away.set_at,
    )  # fmt: skip
    if work.scalar(said.limit(1)):
        return False
    put(work, thread, away.away.text, Author.AUTOMATIC, name=staff_name(work, whose), person_id=whose)
    return True
