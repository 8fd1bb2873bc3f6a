"""Signing in and out: password, then code, then a session. Says the same to everyone whom it does not let in."""

import asyncio
import math
from datetime import timedelta
from typing import Any, Final

from tornado.web import HTTPError, RequestHandler

from workbench.accounts.rules import Opened, SignedIn, SignInRefused, hash_of_token, sign_in_name
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.web.desk import SignInDesk
from workbench.web.edge import SIGN_IN, edge_of, visitor_of
from workbench.web.half_way import HalfWay, HalfWayHouse
from workbench.web.pages import PageHandler
from workbench.web.pool import HashingPool, TooBusy
from workbench.web.throttle import Throttle, network_of

CODE: Final = SIGN_IN + "/code"
_TOO_SOON: Final = "That was tried several times. Wait {seconds} seconds, then try again."
_ENDED: Final = "Your session has ended. Sign in again to go on where you were."
_OUT: Final = "You are signed out."


class Doorway:
    """What the sign-in pages of one server share."""

    def __init__(self, desk: SignInDesk) -> None:
        self.desk = desk
        self.pool = HashingPool()
        self.throttle = Throttle()
        self.half_way = HalfWayHouse()


def sign_in_routes(desk: SignInDesk) -> list[tuple[str, type[RequestHandler], dict[str, Any]]]:
    """The routes of signing in and out."""
    shared = {"doorway": Doorway(desk)}
    return [(SIGN_IN, SignIn, shared), (CODE, Code, shared), ("/sign-out", SignOut, shared),
            ("/session/input", SessionInput, shared)]  # fmt: skip


def safe_next(path: str, home: str) -> str:
    """Where to go after sign-in: a path of this site, never another one (`//evil`, `/\\evil`, control characters)."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    if not plain or path.startswith((SIGN_IN, "/sign-out", "/session/")):
        return home
    return path


class _SignInPage(PageHandler):
    """Common to both steps."""

    def initialize(self, doorway: Doorway) -> None:
        self.doorway = doorway
        self.edge = edge_of(self)

    @property
    def half_cookie(self) -> str:
        """The cookie between password and code."""
        return "__Host-half" if self.edge.site.secure else "half"

    @property
    def network(self) -> str:
        """Where the request comes from, coarsely."""
        return "net " + network_of(self.request.remote_ip or "")

    def half_way(self) -> HalfWay | None:
        """The person of the half-way cookie."""
        return self.doorway.half_way.find(self.get_cookie(self.half_cookie) or "", self.edge.clock())

    def give(self, name: str, value: str) -> None:
        """A cookie for this host, out of scripts' and other sites' reach, gone with the browser."""
        self.set_cookie(name, value, path="/", httponly=True, samesite="Strict", secure=self.edge.site.secure)

    def take(self, name: str) -> None:
        """The cookie is worth nothing now."""
        self.clear_cookie(name, path="/", httponly=True, samesite="Strict", secure=self.edge.site.secure)

    def go(self, path: str) -> None:
        """On to another page with GET."""
        self.redirect(path, status=303)

    def ask_to_wait(self, template: str, wait: timedelta, **values: Any) -> None:
        """Too soon."""
        seconds = max(1, math.ceil(wait.total_seconds()))
        self.set_header("Retry-After", seconds)
        self.show(template, status=429, problem=_TOO_SOON.format(seconds=seconds), **values)

    def ask_later(self, template: str, busy: TooBusy, **values: Any) -> None:
        """The queue for checking passwords is full."""
        self.set_header("Retry-After", 5)
        self.show(template, status=503, problem=sentence(busy), **values)

    async def beside(self, work: Any, *arguments: Any) -> Any:
        """Store work beside the event loop; writing may have to wait for another writer."""
        return await asyncio.get_running_loop().run_in_executor(None, lambda: work(*arguments))


class SignIn(_SignInPage):
    """Address and password."""

    def get(self) -> None:
        """The form, or straight on for who is signed in."""
        going = safe_next(self.get_argument("next", ""), self.edge.home)
        if self.current_user is not None:
            self.go(going)
            return
        note = _OUT if self.get_argument("out", "") else _ENDED if self.get_argument("ended", "") else ""
        self.show("sign_in.html", email="", next=going, problem="", note=note)

    async def post(self) -> None:
        """Check the password. One hash whatever is wrong, so that time tells nothing either."""
        email, password = self.get_body_argument("email", ""), self.get_body_argument("password", "", strip=False)
        going = safe_next(self.get_body_argument("next", ""), self.edge.home)
        form = {"email": email[:254], "next": going, "note": ""}
        account, now = "name " + hash_of_token(sign_in_name(email[:254])), self.edge.clock()
        wait = self.doorway.throttle.begin(account, self.network, now)
        if wait > timedelta(0):
            self.ask_to_wait("sign_in.html", wait, **form)
            return
        try:
            user_id = await self._checked(email[:254], password)
        except TooBusy as busy:
            self.doorway.throttle.right(account, self.network)
            self.ask_later("sign_in.html", busy, **form)
            return
        except WorkbenchError:
            self.show("sign_in.html", status=401, problem=sentence(SignInRefused()), **form)
            return
        self.doorway.throttle.right(account, self.network)
        self.give(self.half_cookie, self.doorway.half_way.enter(user_id, going, self.edge.clock()))
        self.go(CODE)

    async def _checked(self, email: str, password: str) -> str:
        desk = self.doorway.desk
        login = await self.beside(desk.login_of, email)
        right = await self.doorway.pool.run(desk.password_matches, login.password_hash, password)
        if not (right and login.may_sign_in):
            await self.beside(desk.refuse, login.user_id, "disabled" if right else "password", self.edge.clock())
            raise SignInRefused
        return str(login.user_id)


class Code(_SignInPage):
    """The code of the second factor; with it the session opens."""

    def get(self) -> None:
        """The form, for who gave the right password."""
        if self.half_way() is None:
            self.go(SIGN_IN)
            return
        self.show("code.html", problem="")

    async def post(self) -> None:
        """Check the code and open the session: one transaction, so that of two posts with one code one wins."""
        person = self.half_way()
        if person is None:
            self.go(SIGN_IN + "?ended=1")
            return
        account, now = "code " + person.user_id, self.edge.clock()
        wait = self.doorway.throttle.begin(account, self.network, now)
        if wait > timedelta(0):
            self.ask_to_wait("code.html", wait)
            return
        person.tries += 1
        code = self.get_body_argument("code", "")[:20]
        try:
            opened: Opened = await self.beside(self.doorway.desk.open_session, person.user_id, code, now)
        except WorkbenchError:
            self.show("code.html", status=401, problem=sentence(SignInRefused()))
            return
        self.doorway.throttle.right(account, self.network)
        await self._welcome(opened, person)

    async def _welcome(self, opened: Opened, person: HalfWay) -> None:
        """A new token always; a session this browser still had is ended, and the form token starts afresh."""
        before = self.current_user
        if before is not None:
            await self.beside(self.doorway.desk.end_session, before, self.edge.clock())
            self.edge.watch.close_session(before.session_hash)
        self.doorway.half_way.leave(self.get_cookie(self.half_cookie) or "")
        self.take(self.half_cookie)
        self.take(self.edge.site.xsrf_cookie)
        self.give(self.edge.site.session_cookie, opened.token)
        self.go(person.next_path)


class SignOut(_SignInPage):
    """Ends the session, its sockets and what the browser kept."""

    def get(self) -> None:
        """An address somebody typed, or a link from elsewhere: reading changes nothing."""
        raise HTTPError(405)

    async def post(self) -> None:
        """End it."""
        signed_in: SignedIn | None = self.current_user
        if signed_in is not None:
            await self.beside(self.doorway.desk.end_session, signed_in, self.edge.clock())
            self.edge.watch.close_session(signed_in.session_hash)
        self.take(self.edge.site.session_cookie)
        self.take(self.edge.site.xsrf_cookie)
        self.set_header("Clear-Site-Data", '"storage"')
        self.go(SIGN_IN + "?out=1")


class SessionInput(_SignInPage):
    """Where `session.js` says that a person clicked or typed. Nothing else may call it."""

    def post(self) -> None:
        """204, or 401 when the session is over."""
        visitor = visitor_of(self)
        if visitor is None:
            self.set_status(401)
            self.finish()
            return
        visitor.watch.input_seen(visitor.session_hash)
        self.set_status(204)
        self.finish()
