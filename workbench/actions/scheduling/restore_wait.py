"""Go on with a wait that ended by itself: they were heard of after all."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.waitlist import AlreadyWaiting, Leaving, NotLapsed
from workbench.scheduling.waitlist_tables import WaitlistEntry
from workbench.scheduling.wishes import keep_wish, last_words

WITHIN: Final = timedelta(days=30)


@dataclass(frozen=True)
class WaitRestored:
    """They wait in their old place. nth: how often they have said so, with this time."""

    nth: int


@action(
    Permission.RENEW_WISH, on=WaitlistEntry,
    refuses={"uq_waitlist_entries_open": AlreadyWaiting, "waitlist_entries.patient_id": AlreadyWaiting},
)  # fmt: skip
def restore_wait(work: Work, entry: WaitlistEntry) -> WaitRestored:
    """The same wish, said once more today; since when they wait stays.

    Raises:
        NotLapsed: a person ended it, it is not over, or it ended more than a month ago. AlreadyWaiting.
    """
    if entry.ended_why != Leaving.LAPSED or entry.ended_at is None or work.now - entry.ended_at > WITHIN:
        raise NotLapsed
    wish = last_words(work, select(WaitlistEntry.id).where(WaitlistEntry.id == entry.id))[entry.id].wish()
    entry.ended_at, entry.ended_by, entry.ended_why = None, "", ""
    work.flush()
    word = keep_wish(work, entry, wish)
    work.record(AuditEvent.WISH_RENEWED, nth=word.nth, lapsed=True)
    return WaitRestored(word.nth)
