"""How messages are spoken of on the pages of staff."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

TOPICS: Final[Mapping[str, str]] = {"clinical": "Clinical", "billing": "Billing", "scheduling": "Scheduling"}
TOPIC_HINTS: Final[Mapping[str, str]] = {
    "clinical": "Those who care for this person, and who supervises them.",
    "billing": "Those who care for this person, and the office.",
    "scheduling": "Those who care for this person, and the office.",
}
BASES: Final[Mapping[str, str]] = {
    "parent": "parent", "guardian_order": "guardian by court order", "power_of_attorney": "by power of attorney",
    "patients_wish": "by their own wish",
}  # fmt: skip
HAPPENED: Final[Mapping[str, str]] = {
    "opened": "Begun", "answered": "Answered", "assigned": "Given to {}", "moved": "Moved to {}",
    "handed_over": "Earlier messages opened to the office", "closed": "Closed", "reopened": "Opened again",
    "escalated": "Waited too long: {} called", "reported": "Privacy officer called",
}  # fmt: skip


def role_words(role: str) -> str:
    """A role as people say it."""
    return role.replace("_", " ")


def how_long(span: timedelta) -> str:
    """`25 min`, `3 h`, `2 days`."""
    minutes = int(span / timedelta(minutes=1))
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"


def waits(since: datetime | None, now: datetime) -> str:
    """How long somebody waits already; "" where nobody does."""
    return how_long(now - since) if since is not None else ""
