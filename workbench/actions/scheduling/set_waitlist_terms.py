"""Say how long a word of somebody who waits counts."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.waitlist import checked_weeks
from workbench.scheduling.waitlist_tables import WaitlistTerms
from workbench.store.newest import next_nth


@dataclass(frozen=True)
class WaitlistTermsSet:
    """They count from now on, for everybody who waits. nth: how often they were said."""

    nth: int


@action(Permission.SET_WAITLIST_TERMS, refuses={"uq_waitlist_terms_nth": StalePage, "waitlist_terms.nth": StalePage})
def set_waitlist_terms(work: Work, *, ask_weeks: int, hold_weeks: int, lapse_weeks: int = 0) -> WaitlistTermsSet:
    """ask_weeks: then they are to be asked. hold_weeks: then no time is found for them any more.

    lapse_weeks: then the wait ends, the first a week after this was said; 0 if none ever ends by itself.

    Raises:
        TermsWrong: the weeks do not follow each other.
    """
    checked_weeks(ask_weeks, hold_weeks, lapse_weeks)
    terms = WaitlistTerms(
        nth=next_nth(work, WaitlistTerms.nth), ask_weeks=ask_weeks, hold_weeks=hold_weeks, lapse_weeks=lapse_weeks,
        set_at=work.now, set_by=work.actor.user_id,
    )  # fmt: skip
    work.add(terms)
    work.flush()
    work.record(
        AuditEvent.WAITLIST_TERMS_SET, subject=terms, ask_weeks=ask_weeks, hold_weeks=hold_weeks,
        lapse_weeks=lapse_weeks,
    )  # fmt: skip
    return WaitlistTermsSet(terms.nth)
