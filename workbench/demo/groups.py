"""A couple and a group of the synthetic practice, with their sessions of the next weeks."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final

from workbench.actions.scheduling.book_group import book_group
from workbench.actions.scheduling.make_group import make_group
from workbench.billing.tables import Service
from workbench.demo.plan import Client, Clinician, Draw, Making, Plan
from workbench.demo.rows import GROUP_ROOM, Batch, room_of
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.scheduling.group_rules import GroupKind
from workbench.scheduling.tables import AppointmentType

EVENING: Final = time(18, 30)
"""After the last of the single sessions."""
_KINDS: Final = (
    ("Together: couple, 50 minutes", 50, "90847", 19_000),
    ("Together: group, 90 minutes", 90, "90853", 6_500),
)


def kind_rows(draw: Draw) -> Batch:
    """What sessions of several are called, and what they cost."""
    return {
        AppointmentType: [
            {"id": f"aty_{code}", "name": name, "minutes": minutes, "service_code": code, "is_active": True}
            for name, minutes, code, _ in _KINDS
        ],
        Service: [
            {"id": draw.id("svc"), "code": code, "label": name, "amount_cents": cents, "least_minutes": None,
             "most_minutes": None, "is_active": True}
            for name, _, code, cents in _KINDS
        ],
    }  # fmt: skip


def put_together(gate: Gate, making: Making, at: datetime) -> None:
    """The desk books a couple with the first clinician, and a group that the last leads with the one before."""
    plan, accounts = making.plan, making.accounts
    desk = staff_actor(plan, accounts, Role.FRONT_DESK)
    first, *_, before, last = plan.clinicians
    couple = make_group(gate, desk, now=at, kind=GroupKind.COUPLE, patient_ids=_ids(plan, first, 2))
    group = make_group(
        gate, desk, now=at, kind=GroupKind.GROUP, name="Skills, evenings", most=8, patient_ids=_ids(plan, last, 5)
    )
    for made, code, leader, beside, rule, room in (
        (couple.group_id, "90847", first, [], "FREQ=WEEKLY;INTERVAL=2;COUNT=4", room_of(first)),
        (group.group_id, "90853", last, [before.id], "FREQ=WEEKLY;COUNT=8", GROUP_ROOM),
    ):
        book_group(
            gate, desk, made, now=at, clinician_id=leader.id, beside_ids=beside, type_id=f"aty_{code}",
            location_id=plan.office_id, first_on=plan.setting.today + timedelta(days=7), at=EVENING, rule=rule,
            room_id=room,
        )  # fmt: skip


def staff_actor(plan: Plan, accounts: Mapping[str, str], role: Role) -> Actor:
    """Whoever holds this role and sees nobody."""
    one = next(one for one in plan.staff if one.role == role)
    return Actor(accounts[one.role], one.id, frozenset({role}))


def _ids(plan: Plan, clinician: Clinician, count: int) -> list[str]:
    """Of those who are in care with the clinician for long and will be, the first."""
    later = plan.setting.today + timedelta(days=7)
    seen: list[Client] = [one for one in plan.clients if one.clinician is clinician and one.last_on >= later]
    return [one.id for one in seen[:count]]
