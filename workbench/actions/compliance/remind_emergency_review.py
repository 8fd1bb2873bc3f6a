"""Remind whoever may review an emergency opening that its 72 hours run out, unless somebody did it meanwhile."""

from sqlalchemy import select

from workbench.accounts.holding import holding
from workbench.accounts.notices import NoticeKind, tell
from workbench.accounts.rules import AccountState
from workbench.accounts.tables import User
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.emergency import REMIND_AFTER, EmergencyOpening, EmergencyReview
from workbench.gate.permissions import Permission
from workbench.gate.policy_rows import POLICY
from workbench.gate.relations import staff_in_care_as
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError


class TooEarly(WorkbenchError):
    """There is time left."""

    def __init__(self) -> None:
        super().__init__("It is too early to remind of this review.")


@action(Permission.REMIND_EMERGENCY_REVIEW, on=EmergencyOpening)
def remind_emergency_review(work: Work, opening: EmergencyOpening) -> int:
    """Tell everybody who may review it, but neither who opened it nor whose record it is; how many.

    Nobody once it was reviewed.

    Raises:
        TooEarly: before the 48th hour.
    """
    if work.now < opening.opened_at + REMIND_AFTER:
        raise TooEarly
    if work.scalar(select(EmergencyReview.id).where(EmergencyReview.opening_id == opening.id)):
        work.record(AuditEvent.EMERGENCY_REVIEW_REMINDED, outcome="refused", why="reviewed already")
        return 0
    told = _reviewers(work, opening)
    for user_id in told:
        tell(work, user_id, NoticeKind.EMERGENCY_REVIEW_DUE)
    work.record(AuditEvent.EMERGENCY_REVIEW_REMINDED, told=len(told))
    return len(told)


def _reviewers(work: Work, opening: EmergencyOpening) -> list[str]:
    roles = {role for grant in POLICY[Permission.REVIEW_EMERGENCY] for role in grant.roles}
    own = work.scalars(staff_in_care_as(opening.patient_id))
    persons = holding(work, work.now).anyone_of(*roles) - {opening.opened_by, *own}
    accounts = select(User.id).where(User.person_id.in_(sorted(persons)), User.state == AccountState.ACTIVE)
    return list(work.scalars(accounts.order_by(User.id)))
