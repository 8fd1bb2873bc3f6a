"""Say how many minutes of supervision a month everybody who is supervised needs."""

from dataclasses import dataclass

from workbench.accounts.supervision_rules import HoursWrong
from workbench.accounts.supervision_tables import SupervisionTerms
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.store.newest import next_nth


@dataclass(frozen=True)
class SupervisionTermsSet:
    """They count from now on."""

    minutes_a_month: int


@action(Permission.SET_SUPERVISION_TERMS, refuses={"uq_supervision_terms_nth": StalePage})
def set_supervision_terms(work: Work, *, minutes_a_month: int) -> SupervisionTermsSet:
    """0: none are needed.

    Raises:
        HoursWrong: nobody means so many.
    """
    if not 0 <= minutes_a_month <= 6_000:
        raise HoursWrong("Give from 0 to 6,000 minutes a month.", "minutes_a_month")
    terms = SupervisionTerms(
        nth=next_nth(work, SupervisionTerms.nth), minutes_a_month=minutes_a_month, set_at=work.now,
        set_by=work.actor.user_id,
    )  # fmt: skip
    work.add(terms)
    work.flush()
    work.record(AuditEvent.SUPERVISION_TERMS_SET, subject=terms, minutes_a_month=minutes_a_month)
    return SupervisionTermsSet(minutes_a_month)
