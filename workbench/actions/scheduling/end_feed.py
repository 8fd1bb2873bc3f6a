"""Stop a device from reading one's calendar."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.feed_tables import CalendarFeed


@dataclass(frozen=True)
class FeedEnded:
    """It reads nothing from now on; what it has read already stays on the device."""

    feed_id: str


@action(Permission.END_FEED, on=CalendarFeed)
def end_feed(work: Work, feed: CalendarFeed) -> FeedEnded:
    """End it. One that has ended already stays as it ended."""
    if feed.ended_at is None:
        feed.ended_at = work.now
        work.flush()
    work.record(AuditEvent.FEED_ENDED)
    return FeedEnded(feed.id)
