"""Joining by an invitation: the code that was sent, the word from the desk, a birth date, and a password."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any, Final

from workbench.accounts.portal_rules import InvitationRefused, plain
from workbench.accounts.rules import Opened, PasswordUnfit
from workbench.actions.accounts.redeem_invitation import redeem_invitation
from workbench.gate.actor import NOBODY
from workbench.kernel.digests import hash_of_token
from workbench.kernel.errors import WorkbenchError
from workbench.portal.speaking import HOME, Portal, Speaking
from workbench.screens.password_words import words_of_invitation
from workbench.web.doorway import Doorway
from workbench.web.pool import TooBusy
from workbench.web.sign_in import Welcoming

PATH: Final = "/portal/join"
_FIELDS: Final = ("code", "desk_word", "month", "day", "year")


class Join(Speaking, Welcoming):
    """One form. Opening it, as a scanner of mail does, changes nothing."""

    title_key = "join.title"

    def initialize(self, doorway: Doorway, portal: Portal) -> None:  # type: ignore[override]
        """The shared doorway, and the practice."""
        super().initialize(doorway)
        self.portal = portal

    def get(self) -> None:
        """The form. A script moves the code from behind the # into it; without script it is typed."""
        self._form()

    async def post(self) -> None:
        """Use the invitation up and lead on to the second factor; one sentence for whatever is wrong with it."""
        typed = {name: self.get_body_argument(name, "")[:40] for name in _FIELDS}
        born_on = _date(typed)
        problems = self._missing(typed, born_on)
        if problems:
            self._form(400, values=typed, problems=problems)
            return
        account = f"code {hash_of_token(plain(typed['code']))[:16]}"
        wait = self.doorway.throttle.begin(account, self.network, self.edge.clock())
        if wait > timedelta(0):
            seconds = int(wait.total_seconds()) + 1
            self.set_header("Retry-After", seconds)
            self._form(429, values=typed, problems={"": self.t("errors.wait", seconds=seconds)})
            return
        try:
            opened = await self._joined(typed, born_on)
        except (TooBusy, PasswordUnfit) as unfit:
            self.doorway.throttle.right(account, self.network)
            field = "password" if isinstance(unfit, PasswordUnfit) else ""
            self._form(409 if field else 503, values=typed, problems={field: self.refusal(unfit)})
            return
        except WorkbenchError:
            opened = None
        if opened is None:
            self._form(401, values=typed, problems={"": self.refusal(InvitationRefused())})
            return
        self.doorway.throttle.right(account, self.network)
        await self.welcome(opened, HOME)

    async def _joined(self, typed: dict[str, str], born_on: date | None) -> Opened | None:
        # The hash is made whatever the code is, so that time does not tell a code that counts from one that does not.
        gate, now = self.portal.gate, self.edge.clock()
        password = self.get_body_argument("password", "", strip=False)
        words = await self.beside(words_of_invitation, gate, code=typed["code"], now=now)
        hashed = await self.doorway.pool.run(self.doorway.desk.new_hash, password, (self.edge.title, *words))
        joined = await self.beside(
            redeem_invitation, gate, NOBODY, now=self.edge.clock(), code=typed["code"], born_on=born_on,
            desk_word=typed["desk_word"], password_hash=hashed, device=self.device(),
        )  # fmt: skip
        opened: Opened | None = joined.opened
        return opened

    def _missing(self, typed: dict[str, str], born_on: date | None) -> dict[str, str]:
        found = {name: self.t("errors.missing") for name in ("code", "desk_word") if not plain(typed[name])}
        if born_on is None:
            found["born_on"] = self.t("errors.no_date")
        if not self.get_body_argument("agreed", ""):
            found["agreed"] = self.t("errors.not_agreed")
        return found

    def _form(self, status: int = 200, **values: Any) -> None:
        self.draw("join.html", status, **{"values": dict.fromkeys(_FIELDS, ""), "problems": {}, **values})


def _date(typed: dict[str, str]) -> date | None:
    with suppress(ValueError):
        return date(int(typed["year"]), int(typed["month"]), int(typed["day"]))
    return None
