"""Showing a factor again in an open session: as a page of its own, or for a dialog of the page that is open."""

import json
from datetime import timedelta
from typing import Any

from workbench.accounts.passkeys import request_options
from workbench.accounts.proofs import FactorOff, FactorWaits, PasskeyRefused, PasskeyShown
from workbench.accounts.rules import Opened, SignedIn, SignInRefused
from workbench.gate.needs import Open
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.web.doorway import DoorwayPage, safe_next
from workbench.web.edge import SIGN_IN

STEP_UP = "/session/step-up"
_WRONG = "This code was not accepted. Wait for the next one and try again."


class StepUpBegin(DoorwayPage):
    """The challenge for a passkey."""

    needs = Open.IN_SESSION

    def post(self) -> None:
        """What the browser is to ask the passkey."""
        session = self.session()
        if session is None:
            self.set_status(401)
            self.finish()
            return
        self.say_json(request_options(self.begin_ceremony("prove " + session.session_id)))


class StepUp(DoorwayPage):
    """A code or a passkey. With the header `X-Dialog` the answer is 204, or a refusal as JSON (`{"sentence": …}`)."""

    needs = Open.IN_SESSION

    def get(self) -> None:
        """The form."""
        session = self.session()
        if session is None:
            self.go(SIGN_IN)
            return
        self._form(session)

    async def post(self) -> None:
        """The session goes on, fresh, under another token."""
        session, now = self.session(), self.edge.clock()
        if session is None:
            self._refuse(None, 401, "You are signed out. Sign in again to go on.")
            return
        account = "prove " + session.actor.user_id
        wait = self.doorway.throttle.begin(account, self.network, now)
        if wait > timedelta(0):
            self._refuse(session, 429, f"Wait {int(wait.total_seconds()) + 1} seconds, then try again.")
            return
        try:
            proven = await self._proven(session)
        except WorkbenchError as refusal:
            await self._refused(session, refusal)
            return
        self.doorway.throttle.right(account, self.network)
        self.edge.watch.rotate(session.session_hash, proven.session_hash)
        self.give(self.edge.site.session_cookie, proven.token)
        if self._is_dialog:
            self.set_status(204)
            self.finish()
        else:
            self.go(self._next)

    async def _proven(self, session: SignedIn) -> Opened:
        desk, now = self.doorway.desk, self.edge.clock()
        answer, shown = self.get_body_argument("answer", ""), None
        if answer:
            ceremony = self.doorway.ceremonies.take("prove " + session.session_id, now)
            if ceremony is None:
                raise PasskeyRefused
            shown = PasskeyShown(ceremony, answer)
        code = self.get_body_argument("code", "")[:20]
        proven: Opened = await self.beside(desk.prove_again, session, now, code=code, passkey=shown)
        return proven

    async def _refused(self, session: SignedIn, refusal: WorkbenchError) -> None:
        by_code = not self.get_body_argument("answer", "")
        if by_code and not isinstance(refusal, (FactorWaits, FactorOff)):
            await self.beside(self.doorway.desk.refuse, session.actor.user_id, "code", self.edge.clock())
        status = 429 if isinstance(refusal, FactorWaits) else 401
        if self._is_dialog and status == 401:
            status = 422  # 401 tells a page that its session is over
        self._refuse(session, status, _WRONG if isinstance(refusal, SignInRefused) else sentence(refusal))

    def _refuse(self, session: SignedIn | None, status: int, words: str) -> None:
        if self._is_dialog:
            self.set_status(status)
            self.say_json(json.dumps({"sentence": words}))
        elif session is None:
            self.go(SIGN_IN + "?ended=1")
        else:
            self._form(session, status, problem=words)

    def _form(self, session: SignedIn, status: int = 200, **values: Any) -> None:
        going = self._next
        # A page that asks for this very proof is no way back.
        back = self.edge.account_of(session) if going.startswith("/account/") else going
        form = {"problem": "", "next": going, "back": back, "passkeys": self.can_use_passkeys}
        self.show("step_up.html", status=status, **{**form, **values})

    @property
    def _is_dialog(self) -> bool:
        return bool(self.request.headers.get("X-Dialog"))

    @property
    def _next(self) -> str:
        return safe_next(self.get_argument("next", ""), self.edge.home)
