"""The page of proxies with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.proxies import ProxiesPage
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.people.decide_proxy_link import decide_proxy_link
from workbench.gate.permissions import Permission
from workbench.screens.proxy_links import proxy_links


def add_proxies(desk: Desk) -> None:
    """For who decides about them."""
    if desk.person.may(Permission.SEE_PROXY_LINKS):
        desk.page("/proxies", partial(_page, desk), NavItem("Proxies", "/proxies", "users", group="Compliance"))


def _page(desk: Desk, visit: Visit) -> Page:
    del visit
    bound = desk.person.bound
    return ProxiesPage(shown=bound(proxy_links), decide=bound(decide_proxy_link), zone=desk.person.zone)
