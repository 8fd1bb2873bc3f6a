"""When a session is over, which code counts, how long to wait after wrong tries. Pure: no clock, no store."""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import pyotp

from workbench.accounts.blocklist import PRODUCT_WORDS, context_word_in, is_common
from workbench.gate.actor import Actor
from workbench.kernel.errors import WorkbenchError

IDLE: Final = timedelta(minutes=15)
"""Without a person's input this long, a session is over (NIST SP 800-63B-4, 2.2.3, asks for at most an hour)."""
ABSOLUTE: Final = timedelta(hours=12)
"""However busy, a session is over this long after sign-in (NIST SP 800-63B-4, 2.2.3, asks for at most 24 hours)."""
STEP_SECONDS: Final = 30
SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 256
_LARGEST_TYPED: Final = 1024
FREE_TRIES: Final = 3
LONGEST_WAIT: Final = timedelta(minutes=1)


class SignInRefused(WorkbenchError):
    """Wrong address, wrong password, wrong code, disabled: one sentence for all, so that it tells nothing."""

    def __init__(self) -> None:
        super().__init__("These details do not match an account that can sign in. Check them and try again.")


class SignedOut(WorkbenchError):
    """The session is over: ended, expired, or its account was disabled."""

    def __init__(self) -> None:
        super().__init__("You are signed out. Sign in again to go on.")


class PasswordUnfit(WorkbenchError):
    """The password is too short, too long, or too easily guessed. The text says which."""


class CodeWrong(WorkbenchError):
    """The code does not belong to the seed that was just shown."""

    def __init__(self) -> None:
        super().__init__("This is not the code that your app should show now. Wait for the next one and try again.")


class AddressTaken(WorkbenchError):
    """Another account signs in with this address, or the person has an account already."""

    def __init__(self) -> None:
        super().__init__("This person or this address has an account already.")


class AccountState(StrEnum):
    """Whether an account may sign in: only an active one may. Stored values.

    invited: approved, with its roles, and not yet taken up by its person: it has no password and no factor.
    """

    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"


@dataclass(frozen=True)
class Login:
    """What the sign-in page needs to know of an account before it is sure of the person.

    user_id: empty if no account has this address; the hash is then one that no password matches.
    address: the address's blind token, hex. wrong, wrong_at: wrong tries in a row and the last one's instant.
    knows_device: whether the person signed in with this browser before.
    """

    user_id: str
    password_hash: str
    may_sign_in: bool
    address: str = ""
    wrong: int = 0
    wrong_at: datetime | None = None
    knows_device: bool = False


@dataclass(frozen=True)
class Enrolment:
    """What the pages that set up a factor need of the person's own account. passkeys: credential ids, base64url."""

    user_id: str
    email: str
    password_hash: str = field(repr=False)
    passkeys: tuple[str, ...] = ()


@dataclass(frozen=True)
class SignedIn:
    """A live session and who it belongs to, with the roles they hold now.

    owes: what they must set up first (`proofs.Owed`); until then the session opens nothing else.
    """

    session_id: str
    session_hash: str
    actor: Actor
    signed_in_at: datetime
    last_input_at: datetime
    owes: str = ""


@dataclass(frozen=True)
class Opened:
    """A session that was just opened. The token goes into the cookie and is kept nowhere else.

    ended: hashes of the sessions that ended for it. owes: what must be set up before it opens anything else.
    """

    token: str
    session_hash: str
    ended: tuple[str, ...] = ()
    owes: str = ""


def is_over(signed_in_at: datetime, last_input_at: datetime, now: datetime) -> bool:
    """Whether the session has ended of itself; at exactly the limit it has."""
    return now - last_input_at >= IDLE or now - signed_in_at >= ABSOLUTE


def sign_in_name(email: str) -> str:
    """The form of an address by which an account is found: NFC, trimmed, case folded."""
    return unicodedata.normalize("NFC", email.strip()).casefold()


def composed(password: str) -> str:
    """The NFC form: at most 256 characters of it, and so at most 1 KiB of UTF-8, are a password.

    Raises:
        PasswordUnfit: so long as typed that composing it would not make it short enough.
    """
    if len(password) > _LARGEST_TYPED:
        raise PasswordUnfit("A password may have at most 256 characters.")
    return unicodedata.normalize("NFC", password)


def password_key(pepper: bytes, password: str) -> str:
    """What is hashed instead of the password: HMAC-SHA-256 of its NFC form under a key that is not in the store.

    Raises:
        PasswordUnfit: longer than 256 characters or 1 KiB.
    """
    plain = composed(password)
    if len(plain) > LONGEST_PASSWORD:
        raise PasswordUnfit("A password may have at most 256 characters.")
    return hmac.new(pepper, plain.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def accept_password(password: str, context: Iterable[str] = ()) -> None:
    """Nothing, if the password may be set (NIST SP 800-63B-4, 3.1.1.2: length counts, composition does not).

    context: the practice's name, the person's name, the part of their address before the @.

    Raises:
        PasswordUnfit: shorter than 12 or longer than 256 characters, among the common ones, or little more than a word
            that is easily guessed of this practice.
    """
    plain = composed(password)
    if len(plain) < SHORTEST_PASSWORD:
        raise PasswordUnfit("Choose a password of at least 12 characters. A few words you will remember do well.")
    if len(plain) > LONGEST_PASSWORD:
        raise PasswordUnfit("A password may have at most 256 characters.")
    if is_common(plain):
        raise PasswordUnfit("This password is on the list of those that are tried first. Choose another one.")
    if context_word_in(plain, (*PRODUCT_WORDS, *context)):
        raise PasswordUnfit(
            "This password is little more than a name of the practice, of the product or of yours. Choose another one."
        )


def step_of_code(seed: str, code: str, now: datetime) -> int | None:
    """The time step (30 s each since 1970) whose code this is, current or the one before; None if it is neither.

    Both steps are always compared, in constant time. One step of tolerance covers a phone's late clock.
    """
    generator = pyotp.TOTP(seed)
    current = int(now.timestamp()) // STEP_SECONDS
    digits = "".join(character for character in code if character.isascii() and character.isdigit())
    found = None
    for step in (current - 1, current):
        if hmac.compare_digest(generator.generate_otp(step), digits):
            found = step
    return found


def wait_after(wrong_tries: int) -> timedelta:
    """How long the next try must wait: nothing for the first three, then 1, 2, 4 … seconds, at most a minute.

    Never a lasting lock: a stranger could otherwise shut out anyone whose address they know.
    """
    if wrong_tries < FREE_TRIES:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(wrong_tries - FREE_TRIES, 10)), LONGEST_WAIT)
