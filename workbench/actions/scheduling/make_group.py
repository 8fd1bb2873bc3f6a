"""Put people together who are seen together: a couple, a family or a group."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Patient
from workbench.scheduling.group_rules import GroupWrong, check_enough, checked_kind, checked_most, checked_name
from workbench.scheduling.group_tables import PatientGroup
from workbench.scheduling.groups import check_reach, put_in


@dataclass(frozen=True)
class GroupMade:
    """The new couple, family or group."""

    group_id: str


@action(Permission.MAKE_GROUP)
def make_group(
    work: Work, *, kind: str, patient_ids: Sequence[str], name: str = "", most: int = 0, billed_id: str = ""
) -> GroupMade:
    """Keep who comes together. Each keeps a record of their own; what is held together is theirs together.

    name, most: of a group; a couple and a family are called by who belongs to them.
    billed_id: of a couple or a family, whose the sessions are for the payer; "" is the first of them.

    Raises:
        GroupWrong: kind, name, size, or whose sessions they are. TooFew, GroupFull, NotFound: somebody is out of reach.
    """
    of_kind = checked_kind(kind)
    patients = [work.get(Patient, one) for one in dict.fromkeys(patient_ids)]
    check_reach(work, patients)
    ids = [one.id for one in patients]
    check_enough(of_kind, ids)
    is_charged_once = of_kind.is_charged_once
    if is_charged_once and billed_id and billed_id not in ids:
        raise GroupWrong("Choose one of them for the payer.", "billed_id")
    group = PatientGroup(
        kind=of_kind, name=checked_name(of_kind, name), most=checked_most(of_kind, most),
        billed_id=(billed_id or ids[0]) if is_charged_once else None, made_at=work.now, made_by=work.actor.user_id,
    )  # fmt: skip
    work.add(group)
    work.flush()
    put_in(work, group, ids)
    work.record(AuditEvent.GROUP_MADE, subject=group, kind=of_kind, members=len(ids))
    return GroupMade(group.id)
