"""Which pages a person has by the roles they hold, and what each is given. Hiding is manners; the gate decides."""

from collections.abc import Callable
from dataclasses import dataclass, field

from dashboards.pages.audit import AuditPage
from dashboards.parts.navigation import Found, MenuItem, NavItem
from dashboards.parts.routes import PageFactory
from dashboards.person import Person
from workbench.gate.actor import Role
from workbench.marts.reader import Reader
from workbench.screens.audit_trail import audit_trail, audit_verdict

OWN, MGR, CLN, SUP, BIL, FD = Role.OWNER, Role.MANAGER, Role.CLINICIAN, Role.SUPERVISOR, Role.BILLER, Role.FRONT_DESK
CO, AUD, IT = Role.COMPLIANCE, Role.AUDITOR, Role.IT


@dataclass
class Desk:
    """What one person's shell is made of."""

    routes: dict[str, PageFactory] = field(default_factory=dict)
    nav: tuple[NavItem, ...] = ()
    create: tuple[MenuItem, ...] = ()
    search: Callable[[str], tuple[Found, ...]] | None = None


def desk_of(person: Person, numbers: Reader, patient_word: str, base: str) -> Desk:
    """The person's pages; the first in the rail is also the one that opens at the base."""
    desk = Desk()
    _compliance(desk, person, base)
    if desk.nav:
        desk.routes["/"] = desk.routes[desk.nav[0].path]
    return desk


def _compliance(desk: Desk, person: Person, base: str) -> None:
    if person.has(CO, AUD):
        verify = person.bound(audit_verdict)
        desk.routes["/audit"] = lambda visit: AuditPage(
            trail=person.bound(audit_trail), verify=verify, zone=person.zone, base=base
        )
        desk.nav += (NavItem("Audit log", "/audit", "history", group="Compliance", first=True),)
