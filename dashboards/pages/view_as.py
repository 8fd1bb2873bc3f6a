"""Choose a role to look at the workbench through. What is shown then holds nobody's data."""

from typing import Final

from markupsafe import Markup

from dashboards.parts.access_words import ROLE_TITLES
from dashboards.parts.html import render
from dashboards.parts.page import Crumb, Page
from workbench.gate.actor import STAFF_ROLES, Role
from workbench.gate.permissions import Permission
from workbench.gate.table import Cell, acts

DOES: Final = {
    Role.OWNER: "Money, volume and staff; approves access; no charts",
    Role.MANAGER: "Runs the day, the people and the numbers",
    Role.CLINICIAN: "Their own clients: day, notes, charts",
    Role.SUPERVISOR: "The charts of those they supervise",
    Role.BILLER: "Claims, remittances, balances",
    Role.FRONT_DESK: "Schedule, arrivals, registration",
    Role.COMPLIANCE: "Who did what; approves access",
    Role.AUDITOR: "Reads, for thirty days",
    Role.IT: "Keeps it running, sees no client",
}


class ViewAsPage(Page):
    """Every role of staff, with how much of the table it holds."""

    needs = Permission.PREVIEW_ROLE
    title = "View as a role"

    def crumbs(self) -> tuple[Crumb, ...]:
        """Below access."""
        return (Crumb("Access", "/access"), Crumb(self.title))

    def render(self) -> Markup:
        """The choice."""
        held = {role: sum(act.cells[role] is not Cell.DENIED for act in acts().values()) for role in STAFF_ROLES}
        roles = [(role.value, ROLE_TITLES[role], DOES[role], held[role]) for role in STAFF_ROLES]
        return render("pages/view_as.html", title=self.title, roles=roles, total=len(acts()))
