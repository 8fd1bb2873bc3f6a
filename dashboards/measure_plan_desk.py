"""The page of when measures are due with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.measure_plans import MeasurePlansPage, PlanCalls
from dashboards.parts.navigation import SET_UP, NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.measures.plan_measure import plan_measure
from workbench.gate.permissions import Permission
from workbench.screens.measure_plans import measure_plans


def add_measure_plans(desk: Desk) -> None:
    """For who says which forms are filled in here."""
    if desk.person.may(Permission.SET_FORMS):
        desk.page(
            "/measure-plans",
            partial(_page, desk),
            NavItem("When measures are due", "/measure-plans", "clock", group=SET_UP),
        )


def _page(desk: Desk, visit: Visit) -> Page:
    del visit
    calls = PlanCalls(desk.person.bound(measure_plans), desk.person.bound(plan_measure))
    return MeasurePlansPage(calls=calls, base=desk.base)
