"""End a wait of which nothing was heard for as long as the practice said."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.waitlist import Leaving
from workbench.scheduling.waitlist_tables import WaitlistEntry
from workbench.scheduling.wishes import end_wait, has_lapsed


@dataclass(frozen=True)
class WaitLapsed:
    """Whether it ended with this; False if something was heard meanwhile, or it is over."""

    is_over: bool


@action(Permission.LAPSE_WAIT, on=WaitlistEntry)
def lapse_wait(work: Work, entry: WaitlistEntry) -> WaitLapsed:
    """Looked at once more: a word, an open offer or other terms keep the wait. It stays on the page for a month."""
    is_over = has_lapsed(work, entry, work.now)
    if is_over:
        end_wait(work, entry, Leaving.LAPSED)
    work.record(AuditEvent.WAIT_LAPSED, over=is_over)
    return WaitLapsed(is_over)
