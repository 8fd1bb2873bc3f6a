"""The pages on which people change how they sign in. Each asks for a factor shown within the last five minutes."""

from datetime import timedelta
from typing import Any, Final
from urllib.parse import quote

import pyotp
import segno
from markupsafe import Markup

from workbench.accounts.passkeys import creation_options
from workbench.accounts.proofs import Owed, PasskeyRefused, PasskeyShown
from workbench.accounts.rules import Enrolment, PasswordUnfit, SignedIn, SignInRefused
from workbench.gate.needs import Open
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.web.doorway import DoorwayPage
from workbench.web.edge import SIGN_IN, is_in_care
from workbench.web.pool import TooBusy
from workbench.web.step_up import STEP_UP

RECOVERY_CODES: Final = "/account/recovery-codes"
PRODUCT: Final = "Practice Workbench"


class AccountPage(DoorwayPage):
    """A page about one's own account."""

    needs = Open.IN_SESSION

    signed_in: SignedIn

    def prepare(self) -> None:
        """Only for who is signed in, and has shown a factor just now."""
        session = self.session()
        if session is None:
            self.go(SIGN_IN + "?ended=1&next=" + quote(self.request.path, safe=""))
        elif not session.actor.is_fresh(self.edge.clock()):
            self.go(f"{STEP_UP}?next=" + quote(self.request.path, safe=""))
        else:
            self.signed_in = session

    def show_page(self, template: str, status: int = 200, **values: Any) -> None:
        """A template, with what every one of them says."""
        given = {"problem": "", "owes": self.signed_in.owes, "account": self.edge.account_of(self.signed_in)}
        self.show(template, status=status, **{**given, "passkeys": self.can_use_passkeys, **values})

    def done(self) -> None:
        """Back to the list of what there is, or on to work for who has just set up what they owed."""
        self.edge.watch.look_again(self.signed_in.session_hash)
        self.go(self._after_setup() if self.signed_in.owes else self.edge.account_of(self.signed_in))

    def _after_setup(self) -> str:
        """People in care make recovery codes at once: nobody at the desk sets up a lost phone for them in a minute."""
        return RECOVERY_CODES if is_in_care(self.signed_in) else self.edge.home


class Setup(AccountPage):
    """What a person is led to who must set something up before anything else."""

    def get(self) -> None:
        """The choice, or on, if nothing is owed."""
        if not self.signed_in.owes:
            self.go(self.edge.home_of(self.signed_in))
            return
        self.show_page("setup.html", needs_passkey=self.signed_in.owes == Owed.PASSKEY)


class NewPasskeyBegin(AccountPage):
    """The challenge for a new passkey."""

    async def post(self) -> None:
        """What the browser is to ask the passkey."""
        enrolment: Enrolment = await self.beside(self.doorway.desk.enrolment_of, self.signed_in)
        ceremony = self.begin_ceremony("add " + self.signed_in.session_id)
        self.say_json(creation_options(ceremony, enrolment.user_id, enrolment.email, PRODUCT, enrolment.passkeys))


class NewPasskey(AccountPage):
    """Add a passkey."""

    def get(self) -> None:
        """The form."""
        self.show_page("new_passkey.html")

    async def post(self) -> None:
        """Keep it, if the answer holds."""
        now = self.edge.clock()
        ceremony = self.doorway.ceremonies.take("add " + self.signed_in.session_id, now)
        label = self.get_body_argument("label", "")[:60]
        try:
            if ceremony is None:
                raise PasskeyRefused
            shown = PasskeyShown(ceremony, self.get_body_argument("answer", ""))
            await self.beside(self.doorway.desk.add_passkey, self.signed_in, shown, label, now)
        except WorkbenchError as refusal:
            self.show_page("new_passkey.html", 409, problem=sentence(refusal))
            return
        self.done()


class NewAuthenticator(AccountPage):
    """Set up an authenticator app: the seed is shown once, and counts after its first good code."""

    async def get(self) -> None:
        """A new seed each time the page is opened."""
        seed = pyotp.random_base32()
        self.doorway.seeds.put(self.signed_in.session_id, seed, self.edge.clock())
        await self._show(seed)

    async def post(self) -> None:
        """The first code."""
        now, code = self.edge.clock(), self.get_body_argument("code", "")[:20]
        seed = self.doorway.seeds.find(self.signed_in.session_id, now)
        if seed is None:
            self.go("/account/authenticator")
            return
        try:
            await self.beside(self.doorway.desk.replace_authenticator, self.signed_in, seed, code, now)
        except WorkbenchError as refusal:
            await self._show(seed, 409, problem=sentence(refusal))
            return
        self.doorway.seeds.take(self.signed_in.session_id, now)
        self.done()

    async def _show(self, seed: str, status: int = 200, **values: Any) -> None:
        enrolment: Enrolment = await self.beside(self.doorway.desk.enrolment_of, self.signed_in)
        address = pyotp.TOTP(seed).provisioning_uri(name=enrolment.email, issuer_name=PRODUCT)
        groups = [seed[at : at + 4] for at in range(0, len(seed), 4)]
        self.show_page("authenticator.html", status, drawing=_drawn(address), groups=groups, **values)


class RecoveryCodes(AccountPage):
    """Make new recovery codes."""

    def get(self) -> None:
        """What they are for."""
        self.show_page("recovery_codes.html", codes=())

    async def post(self) -> None:
        """The codes, this once."""
        try:
            codes = await self.beside(self.doorway.desk.issue_recovery_codes, self.signed_in, self.edge.clock())
        except WorkbenchError as refusal:
            self.show_page("recovery_codes.html", 409, codes=(), problem=sentence(refusal))
            return
        self.show_page("recovery_codes.html", codes=codes)


class NewPassword(AccountPage):
    """Change one's password."""

    def get(self) -> None:
        """The form."""
        self.show_page("password.html")

    async def post(self) -> None:
        """The present one must be right and the new one fit; then every other session ends."""
        account = "password " + self.signed_in.actor.user_id
        wait = self.doorway.throttle.begin(account, self.network, self.edge.clock())
        if wait > timedelta(0):
            self.ask_to_wait(
                "password.html", wait, owes=self.signed_in.owes, account=self.edge.account_of(self.signed_in)
            )
            return
        try:
            ended = await self._changed()
        except TooBusy as busy:
            self.show_page("password.html", 503, problem=sentence(busy))
            return
        except SignInRefused:
            self.show_page("password.html", 409, problem="This is not your present password.")
            return
        except WorkbenchError as refusal:
            if isinstance(refusal, PasswordUnfit):
                self.doorway.throttle.right(account, self.network)
            self.show_page("password.html", 409, problem=sentence(refusal))
            return
        self.doorway.throttle.right(account, self.network)
        for session_hash in ended:
            self.edge.watch.close_session(session_hash)
        self.done()

    async def _changed(self) -> tuple[str, ...]:
        desk, run = self.doorway.desk, self.doorway.pool.run
        present = self.get_body_argument("present", "", strip=False)
        new = self.get_body_argument("new", "", strip=False)
        enrolment: Enrolment = await self.beside(desk.enrolment_of, self.signed_in)
        if not await run(desk.password_matches, enrolment.password_hash, present):
            raise SignInRefused
        words = await self.beside(desk.words_of_account, enrolment.user_id)
        hashed = await run(desk.new_hash, new, (self.edge.title, *words))
        done: tuple[str, ...] = await self.beside(desk.change_password, self.signed_in, hashed, self.edge.clock())
        return done


def _drawn(address: str) -> Markup:
    """The address as a square code, inline, dark on light in either colour scheme."""
    drawing = segno.make(address, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True)
    return Markup(drawing)  # noqa: S704 - drawn by segno from an address of ours; it holds paths and no text
