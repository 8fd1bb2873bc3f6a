"""What every handler of one server shares: its addresses, its sessions, its clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tornado.web import RequestHandler

from workbench.accounts.rules import SignedIn
from workbench.gate.actor import STAFF_ROLES, Role
from workbench.kernel.digests import hash_of_token
from workbench.web.site import Site
from workbench.web.watch import SessionWatch, Visitor

SIGN_IN = "/sign-in"


@dataclass(frozen=True)
class InCareSite:
    """Where people in care land, and their page about how they sign in."""

    home: str
    account: str


@dataclass(frozen=True)
class Edge:
    """The one object in the Tornado application's settings (`edge`).

    secret: 32 bytes that sign page tokens and bind them to sessions.
    may_open: whether this person may open the application at this path; asked at every page and every socket.
    home: where staff land after signing in. account: the page about how they sign in. title: the practice's name.
    in_care: the site of people in care and of who stands in for them, if there is one.
    """

    site: Site
    watch: SessionWatch
    clock: Callable[[], datetime]
    secret: bytes
    may_open: Callable[[SignedIn, str], bool]
    home: str
    account: str = "/"
    title: str = "Practice Workbench"
    in_care: InCareSite | None = None

    def home_of(self, person: SignedIn) -> str:
        """Where this person lands."""
        return self.in_care.home if self.in_care and is_in_care(person) else self.home

    def account_of(self, person: SignedIn) -> str:
        """The page about how this person signs in."""
        return self.in_care.account if self.in_care and is_in_care(person) else self.account


def is_in_care(person: SignedIn) -> bool:
    """Whether the account opens the portal and nothing of staff's."""
    return person.actor.has(Role.PATIENT, Role.PROXY) and not person.actor.has(*STAFF_ROLES)


def edge_of(handler: RequestHandler) -> Edge:
    """The edge a handler belongs to."""
    edge: Edge = handler.application.settings["edge"]
    return edge


def visitor_of(handler: RequestHandler) -> Visitor | None:
    """Who asks: the live session of the request's cookie, or None. Looked up once a request and kept on it."""
    request = handler.request
    if not hasattr(request, "visitor"):
        edge = edge_of(handler)
        token = handler.get_cookie(edge.site.session_cookie)
        visitor = Visitor(hash_of_token(token), edge.watch) if token else None
        live = visitor is not None and edge.watch.current(visitor.session_hash) is not None
        request.visitor = visitor if live else None  # type: ignore[attr-defined]
    found: Visitor | None = request.visitor  # type: ignore[attr-defined]
    return found
