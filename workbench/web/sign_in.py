"""Signing in and out: password, then code, then a session. Says the same to everyone whom it does not let in."""

from datetime import timedelta
from typing import Any, Final

from tornado.web import HTTPError

from workbench.accounts.proofs import FactorOff, FactorWaits, PasskeyExpected
from workbench.accounts.rules import Login, Opened, SignInRefused
from workbench.gate.needs import Open
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.web.doorway import DoorwayPage, safe_next
from workbench.web.edge import SIGN_IN, is_in_care, visitor_of
from workbench.web.half_way import HalfWay
from workbench.web.pool import TooBusy

CODE: Final = SIGN_IN + "/code"
SETUP: Final = "/account/setup"
_ENDED: Final = "Your session has ended. Sign in again to go on where you were."
_OUT: Final = "You are signed out."
_CHOSEN: Final = "Your new password counts. Sign in with it, and show the second factor you have."


class Welcoming(DoorwayPage):
    """Ends with a session that is open."""

    needs = Open.TO_ALL

    async def welcome(self, opened: Opened, next_path: str) -> None:
        """A new token always; a session this browser still had is ended, and the form token starts afresh."""
        before = self.session()
        if before is not None:
            await self.beside(self.doorway.desk.end_session, before, self.edge.clock())
            self.edge.watch.close_session(before.session_hash)
        for ended in opened.ended:
            self.edge.watch.close_session(ended)
        self.take(self.edge.site.xsrf_cookie)
        self.give(self.edge.site.session_cookie, opened.token)
        self.go(SETUP if opened.owes else self.landing(opened.session_hash, next_path))

    def landing(self, session_hash: str, next_path: str) -> str:
        """Where who has just signed in goes: where they were going, but nobody in care out of their own site."""
        person, site = self.edge.watch.current(session_hash), self.edge.in_care
        if person is None or site is None or not is_in_care(person):
            return next_path
        return next_path if next_path.startswith((site.home, "/account/")) else site.home

    def show_form(self, status: int = 200, **values: Any) -> None:
        """The first form."""
        form = {"email": "", "next": self.edge.home, "problem": "", "note": "", "passkeys": self.can_use_passkeys}
        self.show("sign_in.html", status=status, **{**form, **values})


class SignIn(Welcoming):
    """Address and password."""

    def get(self) -> None:
        """The form, or straight on for who is signed in."""
        going = safe_next(self.get_argument("next", ""), self.edge.home)
        session = self.session()
        if session is not None:
            self.go(SETUP if session.owes else self.landing(session.session_hash, going))
            return
        told = {"chosen": _CHOSEN, "out": _OUT, "ended": _ENDED}
        note = next((words for name, words in told.items() if self.get_argument(name, "")), "")
        self.show_form(next=going, note=note)

    async def post(self) -> None:
        """Check the password. One hash whatever is wrong, so that time tells nothing either."""
        email, password = self.get_body_argument("email", "")[:254], self.get_body_argument("password", "", strip=False)
        going = safe_next(self.get_body_argument("next", ""), self.edge.home)
        form = {"email": email, "next": going, "note": "", "passkeys": self.can_use_passkeys}
        login: Login = await self.beside(self.doorway.desk.login_of, email, self.device_hash())
        # A browser the person used before has a count of its own: strangers' tries do not slow it down.
        account = f"name {login.address}" + (f" on {self.device_hash()}" if login.knows_device else "")
        throttle, now = self.doorway.throttle, self.edge.clock()
        if not login.knows_device:
            throttle.remember(account, login.wrong, login.wrong_at)
        wait = throttle.begin(account, self.network, now)
        if wait > timedelta(0):
            self.ask_to_wait("sign_in.html", wait, **form)
            return
        try:
            rehashed = await self._checked(login, password)
        except TooBusy as busy:
            throttle.right(account, self.network)
            self.ask_later("sign_in.html", busy, **form)
            return
        except WorkbenchError:
            self.show_form(401, **{**form, "problem": sentence(SignInRefused())})
            return
        throttle.right(account, self.network)
        self.give(self.named("half"), self.doorway.half_way.enter(login.user_id, going, self.edge.clock(), rehashed))
        self.go(CODE)

    async def _checked(self, login: Login, password: str) -> str:
        desk = self.doorway.desk
        right = await self.doorway.pool.run(desk.password_matches, login.password_hash, password)
        if not (right and login.may_sign_in):
            why = "disabled" if right else "password"
            await self.beside(desk.refuse, login.user_id, why, self.edge.clock(), login.address)
            raise SignInRefused
        return await self.doorway.pool.run(desk.rehash, login.password_hash, password)


class Code(Welcoming):
    """The code of the second factor, or a recovery code; with it the session opens."""

    def get(self) -> None:
        """The form, for who gave the right password."""
        if self._half_way() is None:
            self.go(SIGN_IN)
            return
        self.show("code.html", problem="", recovery=bool(self.get_argument("recovery", "")))

    async def post(self) -> None:
        """Check the code and open the session: one transaction, so that of two posts with one code one wins."""
        person = self._half_way()
        if person is None:
            self.go(SIGN_IN + "?ended=1")
            return
        code, recovery = self.get_body_argument("code", "")[:20], self.get_body_argument("recovery", "")[:60]
        account, now = "code " + person.user_id, self.edge.clock()
        wait = self.doorway.throttle.begin(account, self.network, now)
        if wait > timedelta(0):
            self.ask_to_wait("code.html", wait, recovery=bool(recovery))
            return
        person.tries += 1
        shown = {"recovery": recovery} if recovery else {"code": code}
        try:
            opened: Opened = await self.beside(
                self.doorway.desk.open_session, person.user_id, now,
                device=self.device(), rehashed=person.rehashed, **shown,
            )  # fmt: skip
        except WorkbenchError as refusal:
            await self._refused(person, refusal, recovery=bool(recovery))
            return
        self.doorway.throttle.right(account, self.network)
        self.doorway.half_way.leave(self.get_cookie(self.named("half")) or "")
        self.take(self.named("half"))
        await self.welcome(opened, person.next_path)

    def _half_way(self) -> HalfWay | None:
        return self.doorway.half_way.find(self.get_cookie(self.named("half")) or "", self.edge.clock())

    async def _refused(self, person: HalfWay, refusal: WorkbenchError, *, recovery: bool) -> None:
        # Who got here knows the password, so what stands between them and the session may be said.
        told = isinstance(refusal, (FactorWaits, FactorOff, PasskeyExpected))
        if not told and not recovery:
            await self.beside(self.doorway.desk.refuse, person.user_id, "code", self.edge.clock())
        problem = sentence(refusal if told else SignInRefused())
        status = 429 if isinstance(refusal, FactorWaits) else 401
        self.show("code.html", status=status, problem=problem, recovery=recovery)


class SignOut(DoorwayPage):
    """Ends the session, its sockets and what the browser kept."""

    needs = Open.TO_ALL

    def get(self) -> None:
        """An address somebody typed, or a link from elsewhere: reading changes nothing."""
        raise HTTPError(405)

    async def post(self) -> None:
        """End it."""
        signed_in = self.session()
        if signed_in is not None:
            await self.beside(self.doorway.desk.end_session, signed_in, self.edge.clock())
            self.edge.watch.close_session(signed_in.session_hash)
        self.take(self.edge.site.session_cookie)
        self.take(self.edge.site.xsrf_cookie)
        self.set_header("Clear-Site-Data", '"storage"')
        self.go(SIGN_IN + "?out=1")


class SessionInput(DoorwayPage):
    """Where `session.js` says that a person clicked or typed. Nothing else may call it."""

    needs = Open.IN_SESSION

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
