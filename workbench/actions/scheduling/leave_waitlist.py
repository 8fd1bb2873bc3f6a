"""Take somebody off the waitlist."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.waitlist import BY_HAND, Leaving, WaitOver, WishWrong
from workbench.scheduling.waitlist_tables import WaitlistEntry
from workbench.scheduling.wishes import end_wait


@dataclass(frozen=True)
class LeftWaitlist:
    """withdrawn: how many offers ended with it."""

    withdrawn: int


@action(Permission.LEAVE_WAITLIST, on=WaitlistEntry)
def leave_waitlist(work: Work, entry: WaitlistEntry, *, why: str) -> LeftWaitlist:
    """End the wait and its open offers. The row stays, with who ended it and why.

    Raises:
        WaitOver: it has ended. WishWrong: nobody says why.
    """
    if entry.ended_at is not None:
        raise WaitOver
    if why not in BY_HAND:
        raise WishWrong("Please say why.", "why")
    withdrawn = end_wait(work, entry, Leaving(why))
    work.record(AuditEvent.WAITLIST_LEFT, why=why, withdrawn=withdrawn)
    return LeftWaitlist(withdrawn)
