"""A calendar feed: whose device it is that asks, what it is told, and which devices one has."""

import hmac
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from workbench.accounts.queries import roles_at, runs_at
from workbench.accounts.rules import AccountState
from workbench.accounts.tables import User
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.relations import OwnRecord
from workbench.gate.view import Look, view
from workbench.kernel.digests import hash_of_token
from workbench.people.names import patients_named
from workbench.scheduling.feed_tables import CalendarFeed, FeedShows
from workbench.scheduling.rules import ENDED
from workbench.scheduling.tables import Appointment, AppointmentStatus, Attendance
from workbench.screens.calendar_rows import leads

__all__ = ["Entry", "FeedShown", "FeedShows", "calendar_feed", "feed_owner", "own_feeds"]

BACK, AHEAD = timedelta(days=30), timedelta(days=180)
BUSY = "Busy"


@dataclass(frozen=True)
class Entry:
    """One appointment as a device shows it: `Busy`, initials such as `F. O.`, or `5 people` where several come.

    Never a name, a kind or a place.
    """

    appointment_id: str
    starts_at: datetime
    ends_at: datetime
    title: str


@dataclass(frozen=True)
class FeedShown:
    """A device that may read now."""

    feed_id: str
    label: str
    shows: str
    made_at: datetime


def feed_owner(gate: Gate, name: str, password: str, *, now: datetime) -> Actor | None:
    """Whose device this is, with the roles they hold now; None unless name and password fit a device that may read.

    Asked at the edge, before anybody is known. The feed then goes through the door as what its owner may see.
    """
    feed = (
        select(CalendarFeed.password_hash, CalendarFeed.user_id, CalendarFeed.person_id, OwnRecord.patient_id)
        .join(User, User.id == CalendarFeed.user_id)
        .outerjoin(OwnRecord, OwnRecord.staff_id == CalendarFeed.person_id)
        .where(
            CalendarFeed.id == name, CalendarFeed.ended_at.is_(None), User.state == AccountState.ACTIVE, runs_at(now)
        )
    )
    with gate.store.reading() as session:
        found = session.execute(feed).first()
        kept, given = found[0] if found else "", hash_of_token(password)
        if not hmac.compare_digest(kept, given) or found is None:
            return None
        _, user_id, person_id, own_patient_id = found
        roles = roles_at(session, {user_id}, now).get(user_id, frozenset())
    return Actor(user_id, person_id, roles, given, None, own_patient_id or "")


@view(Permission.SEE_SCHEDULE, shows=AuditEvent.FEED_READ)
def calendar_feed(look: Look, *, feed_id: str) -> tuple[Entry, ...]:
    """One's own appointments from 30 days back to 180 ahead, within reach; cancelled ones are not there.

    Raises:
        NotFound: it is not one's own device, or may not read any more.
    """
    feed = look.get(CalendarFeed, feed_id)
    if feed.person_id != look.actor.person_id or feed.ended_at is not None:
        raise NotFound
    query = (
        select(Appointment.id, Appointment.starts_at, Appointment.ends_at, Attendance.patient_id)
        .join(Attendance, Attendance.appointment_id == Appointment.id)
        .where(
            leads({feed.person_id}),
            Appointment.status == AppointmentStatus.HELD,
            Attendance.status.not_in(ENDED),
            Appointment.starts_at >= look.now - BACK,
            Appointment.starts_at < look.now + AHEAD,
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )
    if (reach := look.reach()) is not None:
        query = query.where(Attendance.patient_id.in_(reach))
    rows = look.execute(query).all()
    titles = dict.fromkeys((row.patient_id for row in rows), BUSY)
    if feed.shows == FeedShows.INITIALS:
        look.shown(titles)
        titles = {key: _initials(one.shown_name) for key, one in patients_named(look, titles).items()}
    many = Counter(row.id for row in rows)
    entries: dict[str, Entry] = {}
    for appointment_id, starts_at, ends_at, patient_id in rows:
        title = titles[patient_id]
        if title != BUSY and many[appointment_id] > 1:
            title = f"{many[appointment_id]} people"
        entries.setdefault(appointment_id, Entry(appointment_id, starts_at, ends_at, title))
    return tuple(entries.values())


@view(Permission.SEE_OWN_SIGN_IN, shows=AuditEvent.FEEDS_SEEN, on=User)
def own_feeds(look: Look, user: User) -> tuple[FeedShown, ...]:
    """The person's devices that may read, the newest first."""
    query = select(CalendarFeed).where(CalendarFeed.user_id == user.id, CalendarFeed.ended_at.is_(None))
    rows = look.scalars(query.order_by(CalendarFeed.made_at.desc(), CalendarFeed.id))
    return tuple(FeedShown(one.id, one.label, one.shows, one.made_at) for one in rows)


def _initials(name: str) -> str:
    words = [word for word in name.split() if word[0].isalpha()]
    return " ".join(f"{word[0].upper()}." for word in (words[:1] + words[-1:] if len(words) > 1 else words)) or BUSY
