"""Within which time each topic is answered, and how one is away oneself."""

from dataclasses import dataclass
from datetime import date

from workbench.gate.actor import Role
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.messaging.inbox_tables import OutOfOffice
from workbench.messaging.thread_rules import ESCALATES_TO, Terms, Topic
from workbench.messaging.threads import terms_now
from workbench.people.tables import Staff
from workbench.store.newest import last_said

__all__ = ["OwnAway", "Terms", "TopicTerms", "message_terms", "own_away"]


@dataclass(frozen=True)
class TopicTerms:
    """What counts for a topic, and the roles that may be named for it."""

    topic: Topic
    terms: Terms
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class OwnAway:
    """What was said last of being away; `is_on` false where nothing counts."""

    is_on: bool
    from_on: date
    until_on: date
    cover_id: str
    text: str


@view(Permission.SET_MESSAGE_TERMS, shows=AuditEvent.MESSAGES_SEEN)
def message_terms(look: Look) -> tuple[TopicTerms, ...]:
    """One a topic."""
    now = terms_now(look)
    return tuple(TopicTerms(topic, now[topic], ESCALATES_TO[topic]) for topic in Topic)


@view(Permission.SET_OUT_OF_OFFICE, shows=AuditEvent.MESSAGES_SEEN, on=Staff)
def own_away(look: Look, staff: Staff) -> OwnAway:
    """Today and the same day where nothing was ever said."""
    row: OutOfOffice | None = look.scalar(last_said(OutOfOffice, OutOfOffice.staff_id, OutOfOffice.nth, [staff.id]))
    if row is None:
        return OwnAway(is_on=False, from_on=look.today, until_on=look.today, cover_id="", text="")
    return OwnAway(row.is_on and row.until_on >= look.today, row.from_on, row.until_on, row.cover_id, row.away.text)
