"""Say within which time a topic is answered, who is called when it is not, and how long its messages are kept."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.actor import Role
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.inbox_tables import MessageTerms
from workbench.messaging.thread_rules import ESCALATES_TO, MessageUnclear, Terms, topic_of
from workbench.store.newest import next_nth


@dataclass(frozen=True)
class MessageTermsSet:
    """They count for whoever begins to wait from now on."""

    terms_id: str


@action(
    Permission.SET_MESSAGE_TERMS,
    refuses={"uq_message_terms_nth": StalePage, "message_terms.topic, message_terms.nth": StalePage},
)
def set_message_terms(work: Work, *, topic: str, hours: int, escalate_to: str, retention_years: int) -> MessageTermsSet:
    """hours: of business. Nothing is deleted by itself: `retention_years` says until when nothing may be.

    Raises:
        MessageUnclear: by field.
    """
    chosen = topic_of(topic)
    if escalate_to not in ESCALATES_TO[chosen]:
        raise MessageUnclear({"escalate_to": "Please choose a role that reads the topic."})
    terms = Terms(hours, Role(escalate_to), retention_years).checked(chosen)
    row = MessageTerms(
        topic=chosen, nth=next_nth(work, MessageTerms.nth, MessageTerms.topic == chosen), hours=terms.hours,
        escalate_to=terms.escalate_to, retention_years=terms.retention_years, set_at=work.now,
        set_by=work.actor.user_id,
    )  # fmt: skip
    work.add(row)
    work.flush()
    work.record(AuditEvent.MESSAGE_TERMS_SET, subject=row, topic=chosen, hours=hours, role=escalate_to,
                years=retention_years)  # fmt: skip
    return MessageTermsSet(row.id)
