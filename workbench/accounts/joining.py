"""The link by which somebody comes in first, or again after a reset: how long it counts, and when it does not."""

from datetime import datetime, timedelta
from typing import Final

from workbench.accounts.tables import SignInLink
from workbench.kernel.errors import WorkbenchError

LINK_LASTS: Final = timedelta(hours=72)
"""NIST SP 800-63B-4 leaves it to the practice; three days reach over a weekend."""
TOKEN_BYTES: Final = 32


class LinkRefused(WorkbenchError):
    """Unknown, used, too old, replaced, or of a disabled account: one sentence for all, so that it tells nothing."""

    def __init__(self) -> None:
        super().__init__("This link does not work, or not any more. Ask whoever gave it to you for a new one.")


class OwnLink(WorkbenchError):
    """Nobody makes a link for themself."""

    def __init__(self) -> None:
        super().__init__("Somebody else makes your link. You change your own password under “Sign-in and security”.")


class NoLinkForDisabled(WorkbenchError):
    """A disabled account comes back by a request, not by a link."""

    def __init__(self) -> None:
        super().__init__("This account is disabled, so no link can be made for it.")


class IdentityNotChecked(WorkbenchError):
    """Whoever resets somebody's password says how they made sure who that is."""

    def __init__(self) -> None:
        super().__init__("Say how you made sure that it is them: in person, or by video.")


def still_counts(link: SignInLink, now: datetime) -> bool:
    """Whether the link lets somebody in at `now`; at exactly its end it does not."""
    return link.used_at is None and link.ended_at is None and now < link.expires_at
