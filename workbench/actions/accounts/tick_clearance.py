"""Tick what is settled before somebody may reach health data: licence, exclusion lists, confidentiality, training."""

from dataclasses import dataclass
from datetime import date

from workbench.accounts.access_rules import AccessUnclear, ClearanceItem, SamePerson
from workbench.accounts.access_tables import ClearanceTick
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Staff


@dataclass(frozen=True)
class ClearanceTicked:
    """How the items stand now."""

    staff_id: str
    items: tuple[ClearanceItem, ...]
    is_done: bool


@action(Permission.TICK_CLEARANCE, on=Staff, refuses={"not_ones_own": SamePerson})
def tick_clearance(
    work: Work, staff: Staff, *, items: tuple[ClearanceItem, ...], done_on: date, is_done: bool = True
) -> ClearanceTicked:
    """The items were settled on that day; with `is_done=False` they do not stand any more. Nobody ticks their own.

    Raises:
        SamePerson: one's own. AccessUnclear: no item, or the day is still to come.
    """
    if staff.id == work.actor.person_id:
        raise SamePerson
    if not items:
        raise AccessUnclear({"items": "Please choose what is settled."})
    if done_on > work.today:
        raise AccessUnclear({"done_on": "This day is still to come."})
    for item in items:
        work.add(
            ClearanceTick(staff_id=staff.id, item=item, is_done=is_done, done_on=done_on, ticked_by=work.actor.user_id,
                          ticker_id=work.actor.person_id, ticked_at=work.now)
        )  # fmt: skip
    work.record(AuditEvent.CLEARANCE_TICKED, items=" ".join(items), is_done=is_done)
    return ClearanceTicked(staff.id, items, is_done)
