"""The link in a reminder: what can be answered by it, and until when."""

from datetime import datetime
from enum import StrEnum

from workbench.kernel.errors import WorkbenchError
from workbench.messaging.tables import ReminderLink


class Answer(StrEnum):
    """What somebody says by their link. Stored values."""

    CONFIRM = "confirm"
    CANCEL = "cancel"


class LinkOver(WorkbenchError):
    """Unknown, too late, or the appointment is not as it was: one sentence for all, so that it tells nothing."""

    def __init__(self) -> None:
        super().__init__("This link does not work, or not any more. Please call the office.")


def counts(link: ReminderLink, now: datetime) -> bool:
    """Whether it can be answered by at `now`; at the start it cannot."""
    return now < link.expires_at
