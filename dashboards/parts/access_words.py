"""How roles, requests and clearance are said on every page about access."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from dashboards.parts.html import day
from dashboards.parts.tables import Look, Looks
from workbench.gate.actor import STAFF_ROLES, Role
from workbench.screens.access_requests import ClearanceItem, RequestKind

KIND_SHAPES: Final = {
    RequestKind.ACCOUNT: "user-plus",
    RequestKind.ADD_ROLE: "key-round",
    RequestKind.END_ROLE: "user-x",
    RequestKind.ENABLE: "undo-2",
    RequestKind.NEW_FACTOR: "key-round",
}
ROLE_TITLES: Final = {
    Role.OWNER: "Owner",
    Role.MANAGER: "Practice manager",
    Role.CLINICIAN: "Clinician",
    Role.SUPERVISOR: "Supervisor",
    Role.BILLER: "Biller",
    Role.FRONT_DESK: "Front desk",
    Role.COMPLIANCE: "Compliance officer",
    Role.AUDITOR: "Auditor",
    Role.IT: "IT",
    Role.PATIENT: "Patient",
    Role.PROXY: "Proxy",
}
STAFF_ROLE_OPTIONS: Final = tuple((role.value, ROLE_TITLES[role]) for role in STAFF_ROLES)
KIND_WORDS: Final = {
    RequestKind.ACCOUNT: "An account",
    RequestKind.ADD_ROLE: "Another role",
    RequestKind.END_ROLE: "The end of a role",
    RequestKind.ENABLE: "The account back",
    RequestKind.NEW_FACTOR: "A new second factor",
}
CLEARANCE_LABELS: Final = {
    ClearanceItem.LICENCE: "Licence verified",
    ClearanceItem.EXCLUSION_CHECK: "Exclusion lists checked",
    ClearanceItem.CONFIDENTIALITY: "Confidentiality agreement signed",
    ClearanceItem.TRAINING: "Privacy training done",
}
ACCOUNT = Looks(
    {
        "active": Look("Active", "good", "circle-check"),
        "invited": Look("Invited", "violet", "mail"),
        "disabled": Look("Disabled", "neutral", "ban"),
        "none": Look("No account", "neutral", "circle-dashed"),
    }
)
REQUEST = Looks(
    {
        "open": Look("Waiting", "warn", "hourglass"),
        "done": Look("Done", "good", "circle-check"),
        "refused": Look("Refused", "bad", "circle-x"),
        "withdrawn": Look("Withdrawn", "neutral", "undo-2"),
    }
)


def roles_said(roles: Iterable[str]) -> str:
    """Roles in words: `Biller, Front desk`."""
    return ", ".join(ROLE_TITLES[Role(role)] for role in roles)


def coded_roles_said(coded: str) -> str:
    """What a request keeps of somebody's roles, in words: `Biller until Tue, Mar 9, 2027`."""
    said = []
    for one in coded.split():
        role, _, until = one.partition("@")
        said.append(ROLE_TITLES[Role(role)] + (f" until {day(datetime.fromisoformat(until).date())}" if until else ""))
    return "; ".join(said) or "no role"


def until_said(until: datetime | None, zone: ZoneInfo) -> str:
    """Until when a role is held."""
    return f"until {day(until, zone)}" if until else "without end"
