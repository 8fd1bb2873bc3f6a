"""The page of the caseload with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.caseload import CaseloadPage
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.gate.permissions import Permission
from workbench.screens.caseload import caseload
from workbench.screens.nothing_booked import nothing_booked
from workbench.screens.treatment_plans_due import treatment_plans_due


def add_caseload(desk: Desk) -> None:
    """For who has one; who reads a chart in an emergency has none."""
    if desk.person.may(Permission.SEE_CASELOAD):
        desk.page("/caseload", partial(_page, desk), NavItem("Caseload", "/caseload", "chart-line"))


def _page(desk: Desk, visit: Visit) -> Page:
    person = desk.person
    return CaseloadPage(
        caseload=person.bound(caseload),
        plans=person.bound(treatment_plans_due),
        unbooked=person.bound(nothing_booked),
        zone=person.zone,
        patient_word=desk.words.client,
        base=desk.base,
        tab=visit.query.get("tab", ""),
    )
