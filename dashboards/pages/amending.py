"""Adding to what is locked: more, a correction, a late entry."""

from collections.abc import Callable
from typing import Any, Final

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.replies import Ask, Done
from workbench.screens.after_signing import AddendumKind

KINDS: Final = (
    (AddendumKind.ADDENDUM.value, "Addendum", "More about it."),
    (AddendumKind.CORRECTION.value, "Correction", "Something in it is wrong, and this holds."),
    (AddendumKind.LATE_ENTRY.value, "Late entry", "It was known then and was not written down."),
)


def ask_amend() -> Ask:
    """What, and why?"""
    return flyout("Add to it", render("pages/amend.html", kinds=KINDS))


def keep_amendment(amend: Callable[..., Any], target_id: str, message: Message) -> Done:
    """Signed and kept after the original."""
    done = amend(
        target_id, kind=message.text("kind"), reason=message.text("reason"), text=message.text("text"),
        idempotency_key=message.key,
    )  # fmt: skip
    return Done(f"Added and signed as {done.signed_as}")
