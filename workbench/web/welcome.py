"""Coming in by a link: the token stands behind the # of the address, so no server and no log ever sees it there."""

from datetime import timedelta
from typing import Any, Final

from workbench.accounts.joining import LinkRefused
from workbench.accounts.rules import PasswordUnfit
from workbench.kernel.digests import hash_of_token
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.web.edge import SIGN_IN
from workbench.web.pool import TooBusy
from workbench.web.sign_in import Welcoming

WELCOME: Final = "/welcome"
_LONGEST: Final = 300


class Welcome(Welcoming):
    """Choose a password by link."""

    def get(self) -> None:
        """The form. A script moves the token from the address into it; without script it is pasted."""
        self._ask()

    async def post(self) -> None:
        """Judge the password, use the link up, and lead on: to a second factor, or to signing in with the one there."""
        token = self.get_body_argument("link", "")[:_LONGEST].strip().rpartition("#")[2]
        password = self.get_body_argument("password", "", strip=False)
        account = f"link {hash_of_token(token)[:16]}"
        wait = self.doorway.throttle.begin(account, self.network, self.edge.clock())
        if wait > timedelta(0):
            self.ask_to_wait("welcome.html", wait, link=token)
            return
        try:
            opened = await self._redeemed(token, password)
        except TooBusy as busy:
            self.doorway.throttle.right(account, self.network)
            self.ask_later("welcome.html", busy, link=token)
            return
        except PasswordUnfit as unfit:
            self.doorway.throttle.right(account, self.network)
            self._ask(409, link=token, problem=sentence(unfit))
            return
        except WorkbenchError:
            self._ask(401, link=token, problem=sentence(LinkRefused()))
            return
        self.doorway.throttle.right(account, self.network)
        if opened is None:
            self.go(SIGN_IN + "?chosen=1")
        else:
            await self.welcome(opened, self.edge.home)

    async def _redeemed(self, token: str, password: str) -> Any:
        # The hash is made whatever the link is, so that time does not tell a link that counts from one that does not.
        words = await self.beside(self.doorway.desk.words_of_link, token, self.edge.clock())
        hashed = await self.doorway.pool.run(self.doorway.desk.new_hash, password, (self.edge.title, *words))
        return await self.beside(self.doorway.desk.redeem_link, token, hashed, self.edge.clock(), self.device())

    def _ask(self, status: int = 200, **values: Any) -> None:
        self.show("welcome.html", status=status, **{"link": "", "problem": "", **values})
