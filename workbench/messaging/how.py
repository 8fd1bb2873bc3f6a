"""How reminders go out now: what the practice set last, and what is usual until then."""

from dataclasses import dataclass, field

from sqlalchemy import select

from workbench.messaging.reminder_rules import SendingHours
from workbench.messaging.tables import ReminderSettings
from workbench.messaging.wording import DEFAULT, DEFAULT_DISPLAY
from workbench.store.newest import Rows


@dataclass(frozen=True)
class How:
    """is_on: whether any are sent at all; off until somebody turns them on. settings_id: "" until something is set."""

    is_on: bool = False
    display: str = DEFAULT_DISPLAY
    body: str = DEFAULT
    hours: SendingHours = field(default_factory=SendingHours)
    settings_id: str = ""


def how_now(rows: Rows) -> How:
    """What was set last."""
    newest = select(ReminderSettings).order_by(ReminderSettings.nth.desc()).limit(1)
    row: ReminderSettings | None = rows.scalars(newest).first()
    if row is None:
        return How()
    hours = SendingHours(row.from_minute, row.until_minute, row.on_weekends)
    return How(row.is_on, row.display, row.body, hours, row.id)
