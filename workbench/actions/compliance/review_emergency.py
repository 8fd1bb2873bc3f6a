"""Say of an emergency opening whether it was justified: another person than who opened it, once."""

from sqlalchemy import select

from workbench.accounts.notices import NoticeKind, tell
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.emergency import EmergencyOpening, EmergencyReview, EmergencyVerdict, ReviewRemark
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError

LONGEST_REMARK = 2000


class OwnOpening(WorkbenchError):
    """Nobody reviews what they opened themself."""

    def __init__(self) -> None:
        super().__init__("You opened this chart, so somebody else reviews it.")


class StillOpen(WorkbenchError):
    """What is read until the end belongs to the review."""

    def __init__(self) -> None:
        super().__init__("This chart is still open. Review it once the opening is over.")


class ReviewedAlready(WorkbenchError):
    """A review stands for good."""

    def __init__(self) -> None:
        super().__init__("This emergency opening was reviewed already.")


class ReviewUnclear(WorkbenchError):
    """No verdict was chosen, or one that needs words came without, or there are too many."""

    def __init__(self) -> None:
        super().__init__("Please choose what you found, and unless it was justified say why in up to 2,000 characters.")


@action(
    Permission.REVIEW_EMERGENCY,
    on=EmergencyOpening,
    refuses={"by_another": OwnOpening, "uq_emergency_reviews_opening_id": ReviewedAlready},
)
def review_emergency(work: Work, opening: EmergencyOpening, *, verdict: str, remark: str = "") -> None:
    """Keep the verdict and the remark; the person who opened the chart hears that there is one.

    Raises:
        OwnOpening, StillOpen, ReviewedAlready, ReviewUnclear.
    """
    if opening.opened_by == work.actor.person_id:
        raise OwnOpening
    if opening.until_at > work.now:
        raise StillOpen
    if work.scalar(select(EmergencyReview.id).where(EmergencyReview.opening_id == opening.id)):
        raise ReviewedAlready
    words = remark.strip()
    if verdict not in set(EmergencyVerdict) or len(words) > LONGEST_REMARK:
        raise ReviewUnclear
    if verdict != EmergencyVerdict.JUSTIFIED and not words:
        raise ReviewUnclear
    work.add(
        EmergencyReview(
            opening_id=opening.id,
            opened_by=opening.opened_by,
            patient_id=opening.patient_id,
            reviewed_by=work.actor.person_id,
            reviewed_at=work.now,
            verdict=verdict,
            remark=ReviewRemark(words),
        )
    )
    work.flush()
    tell(work, opening.account_id, NoticeKind.EMERGENCY_REVIEWED)
    work.record(AuditEvent.EMERGENCY_REVIEWED, verdict=verdict)
