"""Say whether reminders go out, when, in whose name, and in which words."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.reminder_rules import SendingHours
from workbench.messaging.tables import ReminderSettings
from workbench.messaging.wording import checked_body, checked_display
from workbench.people.tables import Staff
from workbench.scheduling.tables import AppointmentType
from workbench.store.newest import next_nth


@dataclass(frozen=True)
class RemindersSet:
    """It counts for everything that is sent from now on."""

    settings_id: str


@action(Permission.SET_REMINDERS, refuses={"uq_reminder_settings_nth": StalePage})
def set_reminders(work: Work, *, is_on: bool, display: str, body: str, hours: SendingHours) -> RemindersSet:
    """A new version of how reminders go out. What would tell a stranger too much is refused, whoever wants it.

    Raises:
        TextTells: the name or the text tells, or cannot be sent. HoursWrong: nobody may be written to at such hours.
    """
    own = own_names(work)
    row = ReminderSettings(
        nth=next_nth(work, ReminderSettings.nth), is_on=is_on,
        display=checked_display(display, own), body=checked_body(body, own),
        from_minute=hours.checked().from_minute, until_minute=hours.until_minute, on_weekends=hours.on_weekends,
        set_at=work.now, set_by=work.actor.user_id,
    )  # fmt: skip
    work.add(row)
    work.flush()
    work.record(AuditEvent.REMINDERS_SET, subject=row, on=is_on)
    return RemindersSet(row.id)


def own_names(work: Work) -> frozenset[str]:
    """What the practice calls its services, and the family names of its people."""
    people = {staff.details.family_name for staff in work.scalars(select(Staff))}
    return frozenset(work.scalars(select(AppointmentType.name))) | people
