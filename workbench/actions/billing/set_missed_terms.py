"""Say how long before a session one cancels in time, and what it costs to cancel later or not to come."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.billing.missed_rules import checked_terms
from workbench.billing.missed_tables import MissedTerms
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Practice
from workbench.store.newest import next_nth


@dataclass(frozen=True)
class MissedTermsSet:
    """They count for sessions that begin from now on."""

    terms_id: str


@action(Permission.SET_MISSED_TERMS, refuses={"uq_missed_terms_nth": StalePage})
def set_missed_terms(work: Work, *, notice_hours: int, late_cents: int, no_show_cents: int) -> MissedTermsSet:
    """A new version of the terms; the ones before stay for the sessions that were to begin under them.

    Raises:
        TermsWrong: hours or amounts that nobody means.
    """
    checked_terms(notice_hours, late_cents, no_show_cents)
    terms = MissedTerms(
        nth=next_nth(work, MissedTerms.nth), notice_hours=notice_hours, late_cents=late_cents,
        no_show_cents=no_show_cents, set_at=work.now, set_by=work.actor.user_id,
    )  # fmt: skip
    work.add(terms)
    practice: Practice = work.scalars(select(Practice)).one()
    practice.notice_hours = notice_hours
    work.flush()
    work.record(
        AuditEvent.MISSED_TERMS_SET, subject=terms, notice_hours=notice_hours, late_cents=late_cents,
        no_show_cents=no_show_cents,
    )  # fmt: skip
    return MissedTermsSet(terms.id)
