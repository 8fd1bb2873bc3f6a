"""Take a patient out of a group, and out of its sessions to come."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.group_rules import GroupWrong, NotIn
from workbench.scheduling.group_tables import GroupMember, PatientGroup
from workbench.scheduling.groups import expect_no_more, members, sessions_to_come


@dataclass(frozen=True)
class GroupLeft:
    """How many sessions they come to no more."""

    sessions: int


@action(Permission.CHANGE_GROUP, on=PatientGroup)
def leave_group(work: Work, group: PatientGroup, *, patient_id: str, billed_id: str = "") -> GroupLeft:
    """They belong to it no more, and what they were to come to is cancelled for them alone: in time, without a fee.

    What was stays: who came when, and from when until when they belonged to it. Who cared for them there goes on doing
    so, for there are notes to write.

    billed_id: whose a family's sessions are for the payer from now on, if they were those of who leaves.

    Raises:
        NotIn: they do not belong to it. GroupWrong: it is not said whose the sessions are from now on.
    """
    member: GroupMember | None = work.scalar(
        select(GroupMember).where(
            GroupMember.group_id == group.id, GroupMember.patient_id == patient_id, GroupMember.left_on.is_(None)
        )
    )
    if member is None:
        raise NotIn
    if group.billed_id == patient_id:
        group.billed_id = _billed_next(billed_id, [one for one in members(work, group) if one != patient_id])
    sessions = expect_no_more(work, sessions_to_come(work, group), patient_id)
    member.left_on, member.left_by = work.today, work.actor.user_id
    work.record(AuditEvent.GROUP_LEFT, patient_id=patient_id, sessions=sessions)
    return GroupLeft(sessions)


def _billed_next(billed_id: str, left: Sequence[str]) -> str | None:
    if left and billed_id not in left:
        raise GroupWrong("Choose whose the sessions are for the payer from now on.", "billed_id")
    return billed_id if left else None
