"""The page of alerts with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.alerts import AlertsPage
from dashboards.pages.measure_dialogs import measure_calls
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.gate.permissions import Permission
from workbench.screens.alerts_waiting import alerts_overdue, alerts_waiting


def add_alerts(desk: Desk) -> None:
    """For who writes in charts."""
    if desk.person.may(Permission.ANSWER_ALERT) and desk.person.may(Permission.RECORD_MEASURE):
        person = desk.person
        place = NavItem(
            "Alerts",
            "/alerts",
            "bell",
            count=partial(person.call, alerts_waiting),
            late=partial(person.call, alerts_overdue),
        )
        desk.page("/alerts", partial(_page, desk), place)


def _page(desk: Desk, visit: Visit) -> Page:
    del visit
    calls = measure_calls(desk.person)
    assert calls is not None
    return AlertsPage(calls=calls, zone=desk.person.zone, base=desk.base)
