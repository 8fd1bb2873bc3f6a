"""How somebody is invited to the portal: the code that is sent, the word that is handed over, what is asked of them."""

import re
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from workbench.accounts.access_rules import LONGEST_ADDRESS
from workbench.kernel.errors import WorkbenchError

INVITATION_LASTS: Final = timedelta(hours=72)
MOST_WRONG: Final = 5
"""So many wrong tries burn an invitation."""
NOTICE: Final = "2026-11"
"""The edition of what people acknowledge when they join; kept with the invitation they joined by."""
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # 32: neither I nor O, neither 0 nor 1
_CODE_LENGTH: Final = 12
_DESK_LENGTH: Final = 6
_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class SeenHow(StrEnum):
    """How staff made sure who it is before they invited them. Stored values."""

    PHOTO_ID = "photo_id"
    KNOWN = "known"
    VIDEO = "video"


class PortalState(StrEnum):
    """Whether somebody has a way into the portal."""

    NOT_INVITED = "not_invited"
    INVITED = "invited"
    EXPIRED = "expired"
    BURNED = "burned"
    JOINED = "joined"
    ENDED = "ended"


class InvitationRefused(WorkbenchError):
    """Unknown, used, too old, burned, a wrong date or word: one sentence for all, so that it tells nothing."""

    def __init__(self) -> None:
        super().__init__("These details do not open an invitation. Check them, or ask the practice for a new one.")


class IdentityUnsaid(WorkbenchError):
    """Whoever invites somebody says how they made sure who that is."""

    def __init__(self) -> None:
        super().__init__("Say how you made sure that it is them.")
        self.fields = {"identity_checked": str(self)}


class AddressUnfit(WorkbenchError):
    """No address by which somebody could sign in."""

    def __init__(self) -> None:
        super().__init__("Give the e-mail address they will sign in with, such as name@example.com.")
        self.fields = {"email": str(self)}


class SignInAddressTaken(WorkbenchError):
    """Another account signs in with this address: a child's is not the parent's."""

    def __init__(self) -> None:
        super().__init__("Somebody else signs in with this address. Each person needs an address of their own.")
        self.fields = {"email": str(self)}


class JoinedAlready(WorkbenchError):
    """A claimed account is not claimed again."""

    def __init__(self) -> None:
        super().__init__("They have joined already. A lost password is helped by a sign-in link, not by an invitation.")


class NothingToEnd(WorkbenchError):
    """They have no way into the portal."""

    def __init__(self) -> None:
        super().__init__("They have no way into the portal that could be ended.")


def new_code() -> str:
    """Twelve letters and figures (60 random bits), in three groups of four."""
    drawn = _drawn(_CODE_LENGTH)
    return "-".join(drawn[at : at + 4] for at in range(0, _CODE_LENGTH, 4))


def new_desk_word() -> str:
    """Six letters and figures (30 random bits), which never travel with the code."""
    return _drawn(_DESK_LENGTH)


def plain(typed: str) -> str:
    """A code or word as it is compared: capitals, without spaces and dashes."""
    return "".join(one for one in typed.upper() if one.isascii() and one.isalnum())


def checked_address(email: str) -> str:
    """The address, trimmed.

    Raises:
        AddressUnfit: it is none.
    """
    trimmed = email.strip()
    if len(trimmed) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(trimmed):
        raise AddressUnfit
    return trimmed


def state_of_invitation(*, is_over: bool, wrong: int, expires_at: datetime, now: datetime) -> PortalState:
    """How somebody stands who may not sign in, by their newest invitation. is_over: it was used or ended."""
    if wrong >= MOST_WRONG:
        return PortalState.BURNED
    if is_over:
        return PortalState.ENDED
    return PortalState.INVITED if now < expires_at else PortalState.EXPIRED


def _drawn(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))
