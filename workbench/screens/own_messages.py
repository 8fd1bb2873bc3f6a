"""Messages as somebody in care, or who stands in for them, sees them: no remark of staff, and no one else's thread."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from workbench.documents.filing import Audience, held_filing
from workbench.documents.filing_tables import PatientDocument
from workbench.documents.kinds_of_file import FileKind, kind_named
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.relations import CareTeamMember
from workbench.gate.view import Look, view
from workbench.messaging.thread_rules import Topic
from workbench.messaging.thread_tables import DraftText, MessageAttachment, MessageThread, ThreadMessage
from workbench.messaging.threads import NEW, away_on, drafted, terms_now
from workbench.people.names import staff_named
from workbench.people.tables import Patient, Staff
from workbench.screens.message_lines import MessageShown, first_messages, messages_of, shown_messages, unread_counts

__all__ = [
    "AwayShown", "MessageShown", "OwnFile", "OwnMessages", "OwnThread", "OwnThreadLine", "Topic", "own_message_file",
    "own_messages", "own_thread",
]  # fmt: skip
MOST = 200


@dataclass(frozen=True)
class AwayShown:
    """Somebody who is away: their words, and until which day."""

    name: str
    text: str
    until_on: date
    cover: str


@dataclass(frozen=True)
class OwnThreadLine:
    """One thread in the list."""

    thread_id: str
    topic: str
    subject: str = field(repr=False)
    last_at: datetime
    unread: int
    is_closed: bool


@dataclass(frozen=True)
class OwnMessages:
    """topics: that may be written about. hours: of business within which each is answered. draft: of a new thread."""

    threads: tuple[OwnThreadLine, ...]
    topics: tuple[Topic, ...]
    hours: dict[Topic, int]
    draft: DraftText
    away: tuple[AwayShown, ...]


@dataclass(frozen=True)
class OwnThread:
    """One thread. seen: numbers of one's own messages that somebody at the practice has read."""

    thread_id: str
    patient_id: str
    topic: str
    subject: str = field(repr=False)
    is_closed: bool
    messages: tuple[MessageShown, ...]
    seen: frozenset[int]
    draft: DraftText
    away: tuple[AwayShown, ...]
    last_nth: int


@dataclass(frozen=True)
class OwnFile:
    """The bytes, named by what they are."""

    name: str
    kind: FileKind
    content: bytes = field(repr=False)


@view(Permission.OWN_MESSAGES, shows=AuditEvent.MESSAGES_SEEN, on=Patient)
def own_messages(look: Look, patient: Patient) -> OwnMessages:
    """The newest 200. Who has no right to what is clinical does not learn that there is any."""
    look.shown(patient.id)
    reads_clinical = look.allowed(Permission.OWN_CLINICAL_MESSAGES, patient)
    topics = tuple(Topic) if reads_clinical else _OFFICE
    query = select(MessageThread).where(MessageThread.patient_id == patient.id, MessageThread.topic.in_(topics))
    rows = list(look.scalars(query.order_by(MessageThread.last_at.desc(), MessageThread.id).limit(MOST)))
    unread = unread_counts(look, outside=True)
    firsts = first_messages(look, [row.id for row in rows])

    def line(row: MessageThread) -> OwnThreadLine:
        may = reads_clinical or firsts[row.id].topic != Topic.CLINICAL
        subject = row.title.subject if may else ""
        return OwnThreadLine(row.id, row.topic, subject, row.last_at, unread.get(row.id, 0), row.is_closed)

    hours = {topic: terms.hours for topic, terms in terms_now(look).items()}
    draft = drafted(look, patient.id, look.actor.person_id, NEW)
    return OwnMessages(tuple(map(line, rows)), topics, hours, draft, _away(look, patient.id, ""))


_OFFICE = (Topic.BILLING, Topic.SCHEDULING)


@view(Permission.OWN_MESSAGES, shows=AuditEvent.MESSAGE_THREAD_READ, on=MessageThread)
def own_thread(look: Look, thread: MessageThread) -> OwnThread:
    """What was written in it.

    Raises:
        NotFound: it is clinical, and they have no right to that.
    """
    reads_clinical = _reads(look, thread)
    look.shown(thread.patient_id)
    rows = [
        row for row in messages_of(look, thread)
        if not row.is_remark and (reads_clinical or row.topic != Topic.CLINICAL)
    ]  # fmt: skip
    messages = shown_messages(look, rows)
    readers = {one for message in messages for one in message.read_by}
    staff = set(look.scalars(select(Staff.id).where(Staff.id.in_(readers))))
    return OwnThread(
        thread.id, thread.patient_id, thread.topic,
        thread.title.subject if rows and rows[0].nth == 1 else "", thread.is_closed, messages,
        frozenset(one.nth for one in messages if one.is_mine and one.read_by & staff),
        drafted(look, thread.patient_id, look.actor.person_id, thread.id),
        _away(look, thread.patient_id, thread.assigned_to), rows[-1].nth if rows else 0,
    )  # fmt: skip


@view(Permission.OWN_MESSAGES, shows=AuditEvent.DOCUMENT_OPENED, on=MessageAttachment)
def own_message_file(look: Look, attachment: MessageAttachment) -> OwnFile:
    """A file that came with a message.

    Raises:
        NotFound: the message is not for them, or the file was taken out of the record.
    """
    message = look.get(ThreadMessage, attachment.message_id)
    reads_clinical = _reads(look, look.get(MessageThread, message.thread_id))
    row = look.get(PatientDocument, attachment.document_id)
    held = held_filing(look, row.id)
    is_clinical = message.topic == Topic.CLINICAL or held.audience == Audience.CLINICAL
    if message.is_remark or held.is_out or (is_clinical and not reads_clinical):
        raise NotFound
    look.shown(row.patient_id)
    kind = kind_named(row.media_type)
    return OwnFile(f"file-{row.sha256[:12]}.{kind.ending}", kind, row.content.data)


def _reads(look: Look, thread: MessageThread) -> bool:
    reads_clinical = look.allowed(Permission.OWN_CLINICAL_MESSAGES, thread)
    if thread.topic == Topic.CLINICAL and not reads_clinical:
        raise NotFound
    return reads_clinical


def _away(look: Look, patient_id: str, assigned_to: str) -> tuple[AwayShown, ...]:
    """Who of those that a message is for is away today."""
    first = select(CareTeamMember.staff_id).where(
        CareTeamMember.patient_id == patient_id, CareTeamMember.is_primary, CareTeamMember.from_on <= look.today,
        CareTeamMember.until_on.is_(None) | (CareTeamMember.until_on > look.today),
    )  # fmt: skip
    found = away_on(look, {assigned_to, *look.scalars(first)}, look.today)
    names = staff_named(look, {*found, *(row.cover_id for row in found.values())})
    return tuple(
        AwayShown(names[one].shown_name, row.away.text, row.until_on, names[row.cover_id].shown_name)
        for one, row in found.items()
    )
