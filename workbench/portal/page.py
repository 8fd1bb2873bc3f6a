"""What a page of the portal is: for somebody in care or who stands in for them, about one record at a time.

A page derives from `PortalPage`, says `path`, `title_key` and, where it stands in the menu, `menu_key`, and has `get`
and, if it changes something, `post`. See docs/decisions/0039.
"""

import secrets
from collections.abc import Callable
from typing import Any, ClassVar, Final, TypeVar
from urllib.parse import quote

from tornado.web import HTTPError

from workbench.accounts.rules import SignedIn
from workbench.gate.errors import NotAllowed, NotFound, StepUpNeeded
from workbench.gate.needs import Open
from workbench.kernel.errors import WorkbenchError
from workbench.portal.asking import Asking
from workbench.portal.speaking import HOME, Portal, Speaking
from workbench.screens.own_people import OwnPeople, OwnPerson, own_people
from workbench.web.doorway import beside
from workbench.web.edge import edge_of, is_in_care, visitor_of
from workbench.web.pages import SafeHandler
from workbench.web.sign_in import SETUP
from workbench.web.step_up import STEP_UP

R = TypeVar("R")
_WHOM: Final = "whom"


class PortalPage(Speaking, SafeHandler):
    """A page for who is signed in. Everything it shows is asked of the gate, in a thread beside the event loop.

    path: its address. title_key: its heading. menu_key: its place in the menu, "" for none.
    told: keys that the address may name as `?done=`, said at the top after a form was sent.
    menu: every page that stands in the menu, set by `routes`.
    """

    needs = Open.SIGNED_IN
    path: ClassVar[str] = ""
    menu_key: ClassVar[str] = ""
    told: ClassVar[frozenset[str]] = frozenset()
    menu: ClassVar[tuple[type["PortalPage"], ...]] = ()

    signed_in: SignedIn
    mine: OwnPeople
    whom: OwnPerson

    def initialize(self, portal: Portal) -> None:
        """The practice whose site it is."""
        self.portal = portal

    async def prepare(self) -> None:
        """Who it is, and about whom: asked anew at each request."""
        visitor = visitor_of(self)
        session = visitor.watch.current(visitor.session_hash) if visitor else None
        if visitor is None or session is None:
            self.redirect(self.signing_in(self.request.path), status=303)
            return
        if session.owes:
            self.redirect(SETUP, status=303)
            return
        if not is_in_care(session):
            self.draw("for_staff.html", 403, home=edge_of(self).home)
            return
        visitor.watch.input_seen(visitor.session_hash)
        self.signed_in = session
        self.mine = await beside(own_people, self.portal.gate, session.actor, edge_of(self).clock())
        if not self.mine.people:
            self.draw("nobody.html", people=(), whom=None, menu=())
            return
        self.whom = self._chosen()

    # What a page does.

    @property
    def asking(self) -> Asking:
        """This request, for what runs beside the event loop."""
        return Asking(self.portal.gate, self.signed_in.actor, edge_of(self).clock(), self.whom)

    async def ask(self, verb: Callable[..., R], *arguments: Any, **named: Any) -> R:
        """A read, as this person, now: `await self.ask(own_balance, self.whom.patient_id)`."""
        done: R = await beside(self.asking.call, verb, *arguments, **named)
        return done

    async def do(self, verb: Callable[..., R], *arguments: Any, **named: Any) -> R:
        """A verb, once for each form, however often it is sent."""
        return await self.ask(verb, *arguments, idempotency_key=self.form_key, **named)

    @property
    def form_key(self) -> str:
        """The key of this form: the one that was sent, or a new one."""
        sent = self.get_body_argument("key", "")
        if 16 <= len(sent) <= 64 and sent.isascii():
            return sent
        if not hasattr(self, "_key"):
            self._key = secrets.token_urlsafe(18)
        return self._key

    def typed(self, name: str, most: int = 300) -> str:
        """What a field of the form holds, trimmed and cut off at `most` characters."""
        return self.get_body_argument(name, "")[:most]

    def page(self, template: str, status: int = 200, **values: Any) -> None:
        """Answer with a template that extends `page.html`; besides `values` it sees what is listed here and in `draw`.

        problems: sentences by field (`self.problems(refusal)`); values: what was typed, to be shown again.
        """
        done = self.get_query_argument("done", "")
        given = {
            "whom": self.whom, "people": self.mine.people, "me": self.mine.given_name, "key": self.form_key,
            "menu": [one for one in self.menu if one.stands_for(self.whom)], "path": self.path,
            "done": self.t(done) if done in self.told else "", "problems": {}, "values": {},
        }  # fmt: skip
        self.draw(template, status, **{**given, **values})

    def go_on(self, path: str, done: str = "") -> None:
        """After a form was sent: on by GET, so that loading again sends nothing again. done: a key of `told`."""
        self.redirect(f"{path}?done={done}" if done else path, status=303)

    @classmethod
    def stands_for(cls, whom: OwnPerson) -> bool:
        """Whether the menu offers the page while this record is looked at. What it opens, the gate decides."""
        del whom
        return True

    # When something is refused.

    def write_error(self, status_code: int, **about: Any) -> None:
        """In the person's language; an expected refusal in its own words. Who must show a factor again is led there."""
        error = (about.get("exc_info") or (None, None))[1]
        if isinstance(error, StepUpNeeded):
            self.redirect(f"{STEP_UP}?next={quote(self.path, safe='')}", status=303)
            return
        status_code = 404 if isinstance(error, (NotFound, NotAllowed)) else status_code
        known = {404: "errors.nothing_here", 403: "errors.too_old", 405: "errors.not_so", 409: "errors.refused"}
        key = known.get(status_code, "errors.went_wrong")
        words = self.refusal(error) if isinstance(error, WorkbenchError) else self.t(f"{key}_more")
        self.draw("error.html", status_code, heading=self.t(key), words=words, home=HOME)

    def _chosen(self) -> OwnPerson:
        """The record of the form that was sent, so that another tab changes nothing; else the one chosen last.

        Raises:
            HTTPError: 404, a form about somebody whom they do not stand in for, or not any more.
        """
        by_id = {one.patient_id: one for one in self.mine.people}
        sent = self.get_body_argument(_WHOM, "") if self.request.method == "POST" else ""
        if sent:
            if sent not in by_id:
                raise HTTPError(404)
            return by_id[sent]
        return by_id.get(self.get_cookie(self.cookie_named(_WHOM)) or "", self.mine.people[0])

    def choose(self, patient_id: str) -> None:
        """Look at this record from now on; kept in this browser until it is closed.

        Raises:
            HTTPError: 404, they do not stand in for them.
        """
        if patient_id not in {one.patient_id for one in self.mine.people}:
            raise HTTPError(404)
        self.keep_cookie(_WHOM, patient_id)
