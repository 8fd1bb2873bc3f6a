"""The whole table of permissions on one screen, read from the policy itself, with what the product cannot do yet."""

from collections.abc import Callable, Mapping
from typing import Final

from markupsafe import Markup

from dashboards.parts.access_words import ROLE_TITLES
from dashboards.parts.dialogs import flyout
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Redraw
from workbench.gate.actor import Role
from workbench.gate.permissions import Permission
from workbench.gate.policy_rows import POLICY
from workbench.gate.table import COLUMNS, MEANINGS, Act, Cell, acts

GROUPS: Final[Mapping[str, str]] = {
    "a": "Identity and access",
    "b": "Scheduling and registration",
    "c": "Clinical",
    "d": "Billing",
    "e": "Privacy, compliance, data",
    "x": "Everybody's own",
}
_LOOKS: Final[Mapping[Cell, str]] = {
    Cell.EVERYWHERE: "wide",
    Cell.CARE_TEAM: "near",
    Cell.SUPERVISEES: "near",
    Cell.OWN: "near",
    Cell.PROXY: "near",
    Cell.ASK: "ask",
    Cell.APPROVE: "approve",
    Cell.BREAK_GLASS: "glass",
}


def built() -> Mapping[str, frozenset[tuple[Role, Cell]]]:
    """What the product can do by now: of each act, the roles and letters that some permission goes by."""
    found: dict[str, set[tuple[Role, Cell]]] = {}
    for grants in POLICY.values():
        for grant in grants:
            found.setdefault(grant.act, set()).update((role, grant.cell) for role in grant.roles)
    return {act: frozenset(cells) for act, cells in found.items()}


def permissions_of(act: str) -> tuple[str, ...]:
    """The permissions that go by a row of the table, as the log names them."""
    return tuple(p.value for p, grants in POLICY.items() if any(grant.act == act for grant in grants))


class PermissionTablePage(Page):
    """Acts by roles. A row opens in words; a role chosen alone is spelled out."""

    needs = Permission.SEE_ACCESS
    title = "Table of permissions"
    wide = True

    def __init__(self, *, base: str, held: Callable[[], frozenset[Role]]) -> None:
        self.base, self._held = base, held
        self.query, self.role = "", ""

    def crumbs(self) -> tuple[Crumb, ...]:
        """Below access."""
        return (Crumb("Access", "/access"), Crumb(self.title))

    def render(self) -> Markup:
        """The table, as far as it fits what was asked for."""
        known = built()
        shown = [act for act in acts().values() if self._fits(act)]
        one = Role(self.role) if self.role in set(Role) else None
        roles = tuple(COLUMNS.values()) if one is None else (one,)
        return render(
            "pages/permission_table.html",
            page=self,
            groups=[(GROUPS[letter], [act for act in shown if act.code[0] == letter]) for letter in GROUPS],
            roles=[(role, short, ROLE_TITLES[role]) for short, role in COLUMNS.items() if role in roles],
            one=one,
            options=[("", "All roles"), *((role.value, ROLE_TITLES[role]) for role in Role)],
            known=known,
            looks=_LOOKS,
            meanings=MEANINGS,
            denied=Cell.DENIED,
            count=len(shown),
            total=len(acts()),
            mine=self._held(),
        )

    def do_filter(self, message: Message) -> Redraw:
        """By words and by role."""
        self.query, self.role = message.text("q"), message.text("role")
        return Redraw()

    def do_act(self, message: Message) -> Ask:
        """One act in words: who may, how far, and by which permissions of the product."""
        act = acts()[message.text("row") if message.text("row") in acts() else "a01"]
        known = built().get(act.code, frozenset())
        rows = [
            (ROLE_TITLES[role], cell.value, MEANINGS[cell], (role, cell) in known)
            for role, cell in act.cells.items()
            if cell is not Cell.DENIED
        ]
        none = [ROLE_TITLES[role] for role, cell in act.cells.items() if cell is Cell.DENIED]
        html = render(
            "pages/permission_act.html", act=act, rows=rows, nobody=none, permissions=permissions_of(act.code)
        )
        return flyout(act.what, html)

    def _fits(self, act: Act) -> bool:
        words = self.query.casefold().split()
        said = f"{act.code} {act.what} {GROUPS[act.code[0]]}".casefold()
        if self.role in set(Role) and act.cells[Role(self.role)] is Cell.DENIED:
            return False
        return all(word in said for word in words)
