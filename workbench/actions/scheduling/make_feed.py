"""Let a device read one's own calendar."""

import secrets
from dataclasses import dataclass, field

from sqlalchemy import func, select

from workbench.accounts.tables import User
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.digests import hash_of_token
from workbench.people.tables import Staff
from workbench.scheduling.feed_tables import CalendarFeed
from workbench.scheduling.feeds import MOST, PASSWORD_BYTES, FeedUnclear, checked_feed


@dataclass(frozen=True)
class FeedMade:
    """name and password are what the device asks for; the password is shown this once."""

    name: str
    password: str = field(repr=False)


@action(Permission.MAKE_FEED, on=User)
def make_feed(work: Work, user: User, *, label: str, shows: str) -> FeedMade:
    """A name and a password of its own for one device. What it shows cannot be changed; make another.

    Raises:
        FeedUnclear: the name or the choice, ten devices already, or the person sees nobody here.
    """
    label, choice = checked_feed(label, shows)
    if not work.scalar(select(Staff.is_clinician).where(Staff.id == user.person_id)):
        raise FeedUnclear("A calendar has who sees people here. There is none for you.")
    running = select(func.count()).where(CalendarFeed.user_id == user.id, CalendarFeed.ended_at.is_(None))
    if (work.scalar(running) or 0) >= MOST:
        raise FeedUnclear("Ten devices are the most. End one that you no longer use.", "label")
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    feed = CalendarFeed(
        user_id=user.id, person_id=user.person_id, label=label, shows=choice,
        password_hash=hash_of_token(password), made_at=work.now,
    )  # fmt: skip
    work.add(feed)
    work.flush()
    work.record(AuditEvent.FEED_MADE, subject=feed, shows=choice)
    return FeedMade(feed.id, password)
