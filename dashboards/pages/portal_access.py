"""Who may come into the portal for one client: invited after a look at who it is, seen, ended."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import instant, render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Done
from dashboards.parts.routes import Visit as Opening
from dashboards.parts.tables import Look, Looks
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.screens.portal_access import PortalAccess, PortalPerson, PortalState, SeenHow

STATES: Final = Looks(
    {
        PortalState.NOT_INVITED: Look("Not invited", "neutral", "circle-dashed"),
        PortalState.INVITED: Look("Invited", "info", "mail"),
        PortalState.EXPIRED: Look("Invitation too old", "warn", "clock-alert"),
        PortalState.BURNED: Look("Too many wrong tries", "bad", "triangle-alert"),
        PortalState.JOINED: Look("Joined", "good", "circle-check"),
        PortalState.ENDED: Look("Ended", "neutral", "circle-slash"),
    }
)
SEEN: Final = (
    (SeenHow.PHOTO_ID.value, "Here, with a photo ID"), (SeenHow.KNOWN.value, "Here, and I know them"),
    (SeenHow.VIDEO.value, "By video, and I know them"),
)  # fmt: skip
JOIN: Final = "/portal/join"


@dataclass(frozen=True)
class PortalCalls:
    """The calls, with actor and time already given."""

    shown: Callable[..., PortalAccess]
    invite: Callable[..., Any]
    end: Callable[..., Any]
    close_session: Callable[[str], None]


class PortalAccessPage(Page):
    """The client, and each proxy whose link is in force."""

    needs = Permission.SEE_PORTAL_ACCESS
    title = "Portal"

    def __init__(self, opening: Opening, *, calls: PortalCalls, origin: str, zone: ZoneInfo, base: str) -> None:
        self._calls, self._origin, self._zone, self._base = calls, origin, zone, base
        self._patient_id = opening.ids["patient_id"]
        self.found = PortalAccess(0, "", ())

    def load(self) -> None:
        """How each of them stands."""
        self.found = self._calls.shown(self._patient_id)

    def crumbs(self) -> tuple[Crumb, ...]:
        """Back to the file; no name."""
        return (Crumb(f"File {self.found.number}", f"/patients/{self._patient_id}"), Crumb(self.title))

    def render(self) -> Markup:
        """One line a person."""
        people = [(one, STATES.of(one.state), self._when(one)) for one in self.found.people]
        return render(
            "pages/portal_access.html", found=self.found, people=people, states=PortalState, base=self._base,
            patient_id=self._patient_id,
        )  # fmt: skip

    def do_ask_invite(self, message: Message) -> Ask:
        """How was it seen who it is, and by which address do they sign in?"""
        one = self._person(message.text("proxy_id"))
        return flyout(f"Invite {one.name} to the portal", render("pages/portal_invite.html", one=one, seen=SEEN))

    def do_invite(self, message: Message) -> Ask:
        """The code and the word, this once."""
        one = self._person(message.text("proxy_id"))
        made = self._calls.invite(
            self._patient_id, identity_checked=message.text("identity_checked"), email=message.text("email"),
            proxy_id=one.proxy_id,
        )  # fmt: skip
        self.load()
        return flyout("The invitation", render(
            "pages/portal_invited.html", one=one, made=made, address=f"{self._origin}{JOIN}#{made.code}",
            short=f"{self._origin}{JOIN}", until=made.expires_at, zone=self._zone,
        ), "modal")  # fmt: skip

    def do_ask_end(self, message: Message) -> Ask:
        """Sure?"""
        one = self._person(message.text("proxy_id"))
        text = "They are signed out at once and cannot come back without a new invitation."
        if one.state is PortalState.INVITED:
            text = "The code stops working."
        return confirm("end", f"End the way in of {one.name}?", text, label="End it", danger=True,
                       args={"proxy_id": one.proxy_id})  # fmt: skip

    def do_end(self, message: Message) -> Done:
        """At once; open pages close."""
        done = self._calls.end(
            self._patient_id, proxy_id=self._person(message.text("proxy_id")).proxy_id, idempotency_key=message.key
        )
        for session_hash in done.ended:
            self._calls.close_session(session_hash)
        return Done("The way in has ended")

    def _person(self, proxy_id: str) -> PortalPerson:
        found = next((one for one in self.found.people if one.proxy_id == proxy_id), None)
        if found is None:
            raise NotFound
        return found

    def _when(self, one: PortalPerson) -> str:
        if one.at is None:
            return ""
        return f"{'since' if one.state is PortalState.JOINED else 'until'} {instant(one.at, self._zone)}"
