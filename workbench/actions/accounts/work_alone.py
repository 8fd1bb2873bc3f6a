"""Turn on working alone: where only one person could approve, their own approval is accepted after a wait."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from workbench.accounts.access_rules import ALONE_WAITS, AccessUnclear, approvers, may_work_alone
from workbench.accounts.access_tables import SoloMode, SoloWords
from workbench.accounts.holding import holding
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError


class NotAlone(WorkbenchError):
    """Two people could approve, so nobody has to do it alone."""

    def __init__(self) -> None:
        super().__init__("Two people here can approve, so nobody needs to do it alone. Ask the other one.")


class AloneAlready(WorkbenchError):
    """It is on, or waits to begin."""

    def __init__(self) -> None:
        super().__init__("Working alone is on already, or begins within 24 hours.")


@dataclass(frozen=True)
class SoloModeBegun:
    """The record; it counts from `effective_at`."""

    solo_id: str
    effective_at: datetime


@action(Permission.WORK_ALONE)
def work_alone(work: Work, *, why: str, reviewer_name: str, reviewer_address: str) -> SoloModeBegun:
    """Keep who, why, and who outside the practice looks at it. It is itself approved alone, so it begins in 24 hours.

    Raises:
        NotAlone, AloneAlready: see there. AccessUnclear: something is missing.
    """
    given = {"why": why, "reviewer_name": reviewer_name, "reviewer_address": reviewer_address}
    if unclear := {
        name: "Please fill this in." if not text.strip() else "This is too long."
        for name, text in given.items()
        if not text.strip() or len(text) > 1_000
    }:
        raise AccessUnclear(unclear)
    held = holding(work, work.now)
    if not may_work_alone(held.by_role) or work.actor.person_id not in approvers(held.by_role):
        raise NotAlone
    running = select(SoloMode.id).where(or_(SoloMode.ended_at.is_(None), SoloMode.ended_at > work.now))
    if work.scalar(running) is not None:
        raise AloneAlready
    mode = SoloMode(person_id=work.actor.person_id, begun_by=work.actor.user_id, begun_at=work.now,
                    effective_at=work.now + ALONE_WAITS)  # fmt: skip
    mode.words = SoloWords(why.strip(), reviewer_name.strip(), reviewer_address.strip())
    work.add(mode)
    work.flush()
    work.record(AuditEvent.SOLO_MODE_BEGUN, subject=mode)
    return SoloModeBegun(mode.id, mode.effective_at)
