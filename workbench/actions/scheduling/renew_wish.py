"""Keep what somebody on the waitlist says now: that they still wait, and what they could take."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.rules import check_practising
from workbench.people.tables import Staff
from workbench.scheduling.waitlist import Wish
from workbench.scheduling.waitlist_tables import WaitlistEntry
from workbench.scheduling.wishes import keep_wish


@dataclass(frozen=True)
class WishRenewed:
    """How often they have said it, with this time."""

    nth: int


@action(Permission.RENEW_WISH, on=WaitlistEntry, refuses={"uq_waitlist_words_nth": StalePage})
def renew_wish(work: Work, entry: WaitlistEntry, *, wish: Wish) -> WishRenewed:
    """Another version of the wish, or the same once more. Their place in the list stays.

    Raises:
        WaitOver: they are no longer on the list. WishWrong: nothing could fit. ClinicianGone, NotFound.
    """
    if wish.clinician_id:
        check_practising(work.get(Staff, wish.clinician_id), work.today)
    word = keep_wish(work, entry, wish)
    work.record(AuditEvent.WISH_RENEWED, nth=word.nth)
    return WishRenewed(word.nth)
