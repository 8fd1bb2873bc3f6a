"""End a restriction of disclosures: the person asked for it, or was told of it (45 CFR 164.522(a)(2))."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.releases.rules import RestrictionEnded, checked_words
from workbench.releases.tables import Restriction, RestrictionEnd, Said


@dataclass(frozen=True)
class RestrictionEndedNow:
    """It keeps nothing back any more."""

    restriction_id: str


@action(
    Permission.KEEP_RESTRICTION, on=Restriction,
    refuses={
        "restriction_ends.restriction_id": RestrictionEnded, "uq_restriction_ends_restriction_id": RestrictionEnded,
    },
)  # fmt: skip
def end_restriction(work: Work, restriction: Restriction, *, reason: str) -> RestrictionEndedNow:
    """With its reason.

    Raises:
        ReleaseUnclear. RestrictionEnded.
    """
    work.add(
        RestrictionEnd(
            restriction_id=restriction.id, patient_id=restriction.patient_id, ended_at=work.now,
            ended_by=work.actor.user_id, told=Said(checked_words(reason)),
        )
    )  # fmt: skip
    work.flush()
    work.record(AuditEvent.RESTRICTION_ENDED)
    return RestrictionEndedNow(restriction.id)
