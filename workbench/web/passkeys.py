"""Signing in by passkey: one step, without an address, and so without a word about which accounts there are."""

import secrets
from datetime import timedelta

from workbench.accounts.passkeys import credential_id_of, request_options
from workbench.accounts.proofs import PasskeyRefused, PasskeyShown
from workbench.accounts.rules import Opened
from workbench.kernel.digests import hash_of_token
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.web.doorway import safe_next
from workbench.web.sign_in import Welcoming


class PasskeySignInBegin(Welcoming):
    """The challenge."""

    def post(self) -> None:
        """What the browser is to ask the passkey, and a cookie that names the challenge."""
        token = secrets.token_urlsafe(32)
        key = "in " + hash_of_token(token)
        if self.doorway.throttle.begin(key, self.network, self.edge.clock()) > timedelta(0):
            self.set_status(429)
            self.finish()
            return
        self.give(self.named("ceremony"), token)
        self.say_json(request_options(self.begin_ceremony(key)))


class PasskeySignIn(Welcoming):
    """The answer."""

    async def post(self) -> None:
        """Open the session; every refusal reads the same."""
        going = safe_next(self.get_body_argument("next", ""), self.edge.home)
        key = "in " + hash_of_token(self.get_cookie(self.named("ceremony")) or "")
        now = self.edge.clock()
        ceremony = self.doorway.ceremonies.take(key, now)
        self.take(self.named("ceremony"))
        try:
            if ceremony is None:
                raise PasskeyRefused
            opened = await self._opened(PasskeyShown(ceremony, self.get_body_argument("answer", "")))
        except WorkbenchError:
            self.show_form(401, next=going, problem=sentence(PasskeyRefused()))
            return
        self.doorway.throttle.right(key, self.network)
        await self.welcome(opened, going)

    async def _opened(self, shown: PasskeyShown) -> Opened:
        desk, now = self.doorway.desk, self.edge.clock()
        user_id = await self.beside(desk.owner_of_passkey, credential_id_of(shown.answer))
        if not user_id:
            await self.beside(desk.refuse, "", "passkey", now)
            raise PasskeyRefused
        opened: Opened = await self.beside(desk.open_session, user_id, now, passkey=shown, device=self.device())
        return opened
