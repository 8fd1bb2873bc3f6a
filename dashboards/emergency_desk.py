"""The pages about emergency openings, for who may open a chart that way and who reviews it."""

from functools import partial

from markupsafe import Markup

from dashboards.desks import Desk
from dashboards.pages.emergency import EmergencyCalls, EmergencyPage
from dashboards.pages.emergency_chart import EmergencyChartPage
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.replies import Done, Reply
from dashboards.parts.routes import Visit
from dashboards.parts.running_sign import NO_SIGN, RunningSign
from dashboards.person import Person
from workbench.actions.compliance.close_emergency import close_emergency
from workbench.actions.compliance.open_emergency import open_emergency
from workbench.actions.compliance.review_emergency import review_emergency
from workbench.gate.permissions import Permission
from workbench.screens.emergencies import emergencies, emergency_receipts, own_emergencies, read_in_emergency
from workbench.screens.emergency_search import find_in_emergency
from workbench.screens.emergency_waiting import (
    Running,
    emergencies_overdue,
    emergencies_waiting,
    emergency_is_open,
    running_emergency,
)
from workbench.screens.patient_chart import patient_chart
from workbench.screens.patient_statements import patient_statements

PATH = "/emergency"


def add_emergency(desk: Desk) -> None:
    """The pages for whoever may."""
    person = desk.person
    if not person.may(Permission.SEE_OWN_EMERGENCIES):
        return
    waiting = partial(person.call, emergencies_waiting)
    overdue = partial(person.call, emergencies_overdue)
    place = NavItem("Emergency", PATH, "triangle-alert", group="Access", count=waiting, late=overdue)
    desk.page(PATH, partial(_page, desk), place)
    desk.page(f"{PATH}/{{opening_id}}", partial(_chart_page, desk))


def emergency_sign(person: Person, base: str) -> RunningSign:
    """The line above every page while the person's own opening runs, with the way to it and to its end."""
    if not person.may(Permission.SEE_OWN_EMERGENCIES):
        return NO_SIGN

    def drawn() -> Markup:
        found: Running | None = person.call(running_emergency)
        if found is None:
            return Markup("")
        minutes = -(-int((found.until_at - person.clock()).total_seconds()) // 60)
        return render("shell/emergency_sign.html", one=found, minutes=minutes, zone=person.zone, base=base)

    def close(message: Message) -> Reply:
        person.call(close_emergency, message.text("id"), idempotency_key=message.key)
        return Done("Closed")

    return RunningSign(drawn, {"sign.close_emergency": close})


def _page(desk: Desk, visit: Visit) -> Page:
    del visit
    bound = desk.person.bound
    calls = EmergencyCalls(
        own=bound(own_emergencies),
        find=bound(find_in_emergency),
        open=bound(open_emergency),
        close=bound(close_emergency),
        everybodys=desk.if_allowed(Permission.SEE_EMERGENCIES, emergencies),
        read=desk.if_allowed(Permission.SEE_EMERGENCIES, read_in_emergency),
        receipts=desk.if_allowed(Permission.SEE_EMERGENCIES, emergency_receipts),
        review=desk.if_allowed(Permission.REVIEW_EMERGENCY, review_emergency),
    )
    return EmergencyPage(calls=calls, me=desk.person.actor().person_id, zone=desk.person.zone, base=desk.base)


def _chart_page(desk: Desk, visit: Visit) -> Page:
    bound = desk.person.bound
    return EmergencyChartPage(
        visit.ids["opening_id"],
        own=bound(own_emergencies),
        chart=bound(patient_chart),
        statements=bound(patient_statements),
        is_open=bound(emergency_is_open),
        zone=desk.person.zone,
    )
