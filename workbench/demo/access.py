"""Access in the synthetic practice: hires that wait, a role that was given and ends soon, one that was refused."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from workbench.accounts.access_rules import ClearanceItem, RequestKind, Wanted
from workbench.accounts.access_tables import ClearanceTick
from workbench.actions.accounts.approve_access import approve_access
from workbench.actions.accounts.refuse_access import refuse_access
from workbench.actions.accounts.request_access import request_access
from workbench.actions.accounts.tick_clearance import tick_clearance
from workbench.actions.people.add_staff_member import add_staff_member
from workbench.demo.plan import Draw, Plan
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.kernel.time import day_of
from workbench.store.base import Base

_FRESH: Final = timedelta(minutes=5)
_HIRES: Final = (("Wren", "Hollis", "", False), ("Ines", "Marlow", "MSW", True))


def clearance_rows(plan: Plan, draw: Draw, at: datetime) -> dict[type[Base], list[dict[str, Any]]]:
    """Everybody who works here was cleared when the practice began."""
    staff = [*(one.id for one in plan.clinicians), *(one.id for one in plan.staff)]
    manager = next(one.id for one in plan.staff if one.role == "manager")
    officer = next(one.id for one in plan.staff if one.role == "compliance")
    ticks = [
        {
            "id": draw.id("clr"), "staff_id": one, "item": item.value, "is_done": True,
            "done_on": day_of(at, plan.setting.zone), "ticked_by": "system:load_synthetic_practice",
            "ticker_id": officer if one == manager else manager, "ticked_at": at,
        }
        for one in staff
        for item in ClearanceItem
    ]  # fmt: skip
    return {ClearanceTick: ticks}


def make_requests(gate: Gate, plan: Plan, accounts: Mapping[str, str], now: datetime) -> None:
    """Through the verbs, as the practice's own people would, over the last days."""
    manager, owner, officer = (_person(plan, accounts, role, now) for role in ("manager", "owner", "compliance"))
    covers = _ask(gate, manager, plan.clinicians[-1].id, {Role.FRONT_DESK}, "Covers the desk during the holidays",
                  now - timedelta(days=6), is_covering=True)  # fmt: skip
    approve_access(gate, owner, covers, now=now - timedelta(days=5), number=1)
    biller = next(one for one in plan.staff if one.role == "biller").id
    refused = _ask(gate, manager, biller, {Role.MANAGER}, "Would help with the rota", now - timedelta(days=4))
    refuse_access(gate, officer, refused, now=now - timedelta(days=3),
                  why="Whoever bills should not approve refunds too")  # fmt: skip
    _hires(gate, manager, plan, now)
    _ask(gate, manager, plan.clinicians[0].id, {Role.COMPLIANCE}, "A second compliance officer for the leave in May",
         now - timedelta(hours=5))  # fmt: skip


def _hires(gate: Gate, manager: Actor, plan: Plan, now: datetime) -> None:
    """Two who begin soon: one is cleared and waits for a word, the other still lacks something."""
    today = day_of(now, plan.setting.zone)
    for number, (given, family, credentials, is_clinician) in enumerate(_HIRES):
        asked = now - timedelta(days=2, hours=-number)
        hired = add_staff_member(
            gate, manager, now=asked, given_name=given, family_name=family, credentials=credentials,
            is_clinician=is_clinician, started_on=today + timedelta(days=5),
        )  # fmt: skip
        _clear(gate, manager, hired.staff_id, asked, but=ClearanceItem.EXCLUSION_CHECK if is_clinician else None)
        wanted = Wanted(
            frozenset({Role.CLINICIAN if is_clinician else Role.FRONT_DESK}), "Starts next week",
            email=f"{given}.{family}@example.test".lower(), supervisor_id=plan.clinicians[1].id if is_clinician else "",
        )  # fmt: skip
        request_access(gate, manager, hired.staff_id, now=asked, kind=RequestKind.ACCOUNT, wanted=wanted)


def _ask(
    gate: Gate, by: Actor, staff_id: str, roles: set[Role], why: str, at: datetime, *, is_covering: bool = False
) -> str:
    wanted = Wanted(frozenset(roles), why, is_covering=is_covering)
    return request_access(gate, by, staff_id, now=at, kind=RequestKind.ADD_ROLE, wanted=wanted).request_id


def _clear(gate: Gate, by: Actor, staff_id: str, at: datetime, but: ClearanceItem | None = None) -> None:
    items = tuple(item for item in ClearanceItem if item is not but)
    tick_clearance(gate, by, staff_id, now=at, items=items, done_on=day_of(at, gate.zone))


def _person(plan: Plan, accounts: Mapping[str, str], role: str, now: datetime) -> Actor:
    staff = next(one for one in plan.staff if one.role == role)
    return Actor(accounts[role], staff.id, frozenset({Role(role)}), fresh_until=now + _FRESH)
