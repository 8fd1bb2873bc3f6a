"""The page of agreements with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.agreements import AgreementCalls, AgreementsPage
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.messaging.approve_agreement import approve_agreement
from workbench.actions.messaging.register_agreement import register_agreement
from workbench.gate.permissions import Permission
from workbench.screens.agreements import agreements


def add_agreements(desk: Desk) -> None:
    """For who registers or approves them."""
    if desk.person.may(Permission.SEE_AGREEMENTS):
        place = NavItem("Agreements", "/agreements", "file-check", group="Compliance")
        desk.page("/agreements", partial(_page, desk), place)


def _page(desk: Desk, visit: Visit) -> Page:
    del visit
    calls = AgreementCalls(
        shown=desk.person.bound(agreements),
        register=desk.if_allowed(Permission.REGISTER_AGREEMENT, register_agreement),
        approve=desk.if_allowed(Permission.APPROVE_AGREEMENT, approve_agreement),
    )
    return AgreementsPage(calls=calls, today=desk.person.practice_day)
