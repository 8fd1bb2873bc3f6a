"""What a person may show to prove who they are, and what follows from it. Pure, but for the bytes of a passkey."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from workbench.gate.actor import Role
from workbench.kernel.errors import WorkbenchError

FRESH: Final = timedelta(minutes=5)
"""How long a factor counts as just shown."""
PASSKEY_ROLES: Final = frozenset({Role.OWNER, Role.COMPLIANCE, Role.IT})
"""Whose accounts only a passkey or security key opens."""
MOST_SESSIONS: Final = 3
WRONG_IN_A_ROW: Final = 10
WRONG_AT_ALL: Final = 100
LONGEST_FACTOR_WAIT: Final = timedelta(hours=1)
RECOVERY_CODES: Final = 10
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # 32: neither I nor O, neither 0 nor 1
_CODE_LENGTH: Final = 24


class Factor(StrEnum):
    """What was shown besides the password. Stored values."""

    TOTP = "totp"
    PASSKEY = "passkey"
    RECOVERY = "recovery"
    LINK = "link"


class Owed(StrEnum):
    """What a person must set up before their session opens anything else. Stored values."""

    NOTHING = ""
    FACTOR = "factor"
    PASSKEY = "passkey"


class PasskeyExpected(WorkbenchError):
    """Their role asks for a passkey, and they have one."""

    def __init__(self) -> None:
        super().__init__("Your role signs in with a passkey. Start again and choose “Use a passkey”.")


class FactorWaits(WorkbenchError):
    """Too many wrong codes in a row: the authenticator takes none for a while."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        minutes = max(1, -(-int(wait.total_seconds()) // 60))
        super().__init__(f"Too many wrong codes. Wait {minutes} minute{'s' if minutes > 1 else ''}, then try again.")


class FactorOff(WorkbenchError):
    """So many wrong codes that the authenticator must be set up anew."""

    def __init__(self) -> None:
        super().__init__("This authenticator is switched off after 100 wrong codes. Use a passkey or a recovery code.")


class PasskeyRefused(WorkbenchError):
    """What the browser sent is no valid answer of that passkey to that challenge."""

    def __init__(self) -> None:
        super().__init__("The passkey was not accepted. Try again, or use another way to sign in.")


@dataclass(frozen=True)
class Ceremony:
    """One asking for a passkey: for which site, from which origin, with which 32 random bytes. Used once."""

    rp_id: str
    origin: str
    challenge: bytes = field(repr=False)


@dataclass(frozen=True)
class PasskeyShown:
    """A browser's answer (JSON, a stranger's text) to a ceremony."""

    ceremony: Ceremony
    answer: str = field(repr=False)


@dataclass(frozen=True)
class Proof:
    """What was shown: exactly one of the three."""

    code: str = field(default="", repr=False)
    recovery: str = field(default="", repr=False)
    passkey: PasskeyShown | None = None


@dataclass(frozen=True)
class Device:
    """The browser, coarsely: `name` such as “Firefox on Windows”, the network, the hash of its device cookie."""

    name: str = ""
    network: str = ""
    token_hash: str = ""


def owed_by(roles: Collection[Role], shown: Factor, *, has_passkey: bool, is_synthetic: bool) -> Owed:
    """What must be set up first. In a synthetic practice codes stay enough, so that anybody can try it out.

    Raises:
        PasskeyExpected: a code where the role's passkey is there to be used.
    """
    if shown is Factor.PASSKEY:
        return Owed.NOTHING
    if not is_synthetic and PASSKEY_ROLES & set(roles):
        if has_passkey and shown is Factor.TOTP:
            raise PasskeyExpected
        return Owed.PASSKEY
    return Owed.FACTOR if shown is Factor.RECOVERY else Owed.NOTHING


def first_owed(roles: Collection[Role], *, is_synthetic: bool) -> Owed:
    """What somebody sets up who came by a link and has no second factor yet."""
    return Owed.PASSKEY if PASSKEY_ROLES & set(roles) and not is_synthetic else Owed.FACTOR


def factor_wait(wrong: int) -> timedelta:
    """How long an authenticator takes no code after so many wrong ones in a row: 30 s after ten, doubling to an hour
    (NIST SP 800-63B-4, 3.2.2)."""
    if wrong < WRONG_IN_A_ROW:
        return timedelta(0)
    doublings = min(wrong - WRONG_IN_A_ROW, 12)
    return min(timedelta(seconds=30 << doublings), LONGEST_FACTOR_WAIT)


def wait_left(wrong: int, last_at: datetime, now: datetime) -> timedelta:
    """How much of that wait is still to come."""
    return max(last_at + factor_wait(wrong) - now, timedelta(0))


def new_recovery_code() -> str:
    """Six groups of four letters and digits: 120 random bits, none of them easily misread."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, _CODE_LENGTH, 4))


def plain_recovery_code(typed: str) -> str:
    """The code without what people put between its letters; "" if it cannot be one."""
    plain = "".join(letter for letter in typed.upper() if letter in _LETTERS)
    return plain if len(plain) == _CODE_LENGTH and len(typed) <= 2 * _CODE_LENGTH else ""


def hash_of_credential(credential_id: bytes) -> str:
    """By what a passkey is found: SHA-256 of its id, hex."""
    return hashlib.sha256(credential_id).hexdigest()
