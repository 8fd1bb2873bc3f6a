"""The page of hours of supervision with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.supervision import SupervisionCalls, SupervisionPage, SupervisionTermsPage
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.accounts.agree_supervision import agree_supervision
from workbench.actions.accounts.log_supervision import log_supervision
from workbench.actions.accounts.reverse_supervision import reverse_supervision
from workbench.actions.accounts.set_supervision_terms import set_supervision_terms
from workbench.gate.permissions import Permission
from workbench.screens.supervision_log import supervision_log, supervision_needed


def add_supervision(desk: Desk) -> None:
    """For who supervises, is supervised, or says how much is needed."""
    if desk.person.may(Permission.LOG_SUPERVISION) or desk.person.may(Permission.SET_SUPERVISION_TERMS):
        desk.page("/supervision", partial(_page, desk), NavItem("Supervision", "/supervision", "timer"))


def _page(desk: Desk, visit: Visit) -> Page:
    del visit
    bound = desk.person.bound
    calls = SupervisionCalls(
        desk.if_allowed(Permission.LOG_SUPERVISION, supervision_log), bound(log_supervision), bound(agree_supervision),
        bound(reverse_supervision), desk.if_allowed(Permission.SET_SUPERVISION_TERMS, supervision_needed),
        bound(set_supervision_terms),
    )  # fmt: skip
    page = SupervisionPage if desk.person.may(Permission.LOG_SUPERVISION) else SupervisionTermsPage
    return page(calls=calls, today=desk.person.practice_day(), base=desk.base)
