"""Messages of one thread as they are shown, with their files and who has read them. Shared by the reads of threads."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from workbench.documents.filing_tables import PatientDocument
from workbench.documents.kinds_of_file import FileKind, kind_named
from workbench.gate.view import Look
from workbench.messaging.thread_tables import MessageAttachment, MessageRead, MessageThread, ThreadMessage
from workbench.messaging.threads import unread_by


@dataclass(frozen=True)
class FileShown:
    """A file that came with a message."""

    attachment_id: str
    document_id: str
    kind: FileKind
    byte_count: int


@dataclass(frozen=True)
class MessageShown:
    """One message. by_basis: by which right a proxy wrote it. read_by: persons, by id."""

    nth: int
    author: str
    by_name: str
    by_basis: str
    text: str = field(repr=False)
    written_at: datetime
    is_mine: bool
    is_remark: bool
    is_new: bool
    files: tuple[FileShown, ...]
    read_by: frozenset[str]


def messages_of(look: Look, thread: MessageThread) -> list[ThreadMessage]:
    """All of them, the oldest first."""
    query = select(ThreadMessage).where(ThreadMessage.thread_id == thread.id)
    return list(look.scalars(query.order_by(ThreadMessage.nth)))


def first_messages(look: Look, thread_ids: Collection[str]) -> dict[str, ThreadMessage]:
    """The first message of each thread: the subject is as clinical as that was."""
    query = select(ThreadMessage).where(ThreadMessage.nth == 1, ThreadMessage.thread_id.in_(thread_ids))
    return {row.thread_id: row for row in look.scalars(query)}


def shown_messages(look: Look, rows: Collection[ThreadMessage]) -> tuple[MessageShown, ...]:
    """These; the caller has judged that they may be shown."""
    ids = [row.id for row in rows]
    files, read = _files(look, ids), _read(look, ids)
    return tuple(
        MessageShown(
            nth=row.nth, author=row.author, by_name=row.words.by_name, by_basis=row.words.by_basis,
            text=row.words.text, written_at=row.written_at, is_mine=row.person_id == look.actor.person_id,
            is_remark=row.is_remark,
            is_new=row.person_id != look.actor.person_id and look.actor.person_id not in read[row.id],
            files=tuple(files[row.id]), read_by=frozenset(read[row.id]),
        )
        for row in rows
    )  # fmt: skip


def unread_counts(look: Look, *, outside: bool) -> dict[str, int]:
    """How many messages of each thread the actor has not read; a thread with none is not among them."""
    rows = look.execute(unread_by(look.actor.person_id, outside=outside))
    return {row[0]: row[1] for row in rows}


def _files(look: Look, ids: Iterable[str]) -> dict[str, list[FileShown]]:
    query = (
        select(MessageAttachment.message_id, MessageAttachment.id, PatientDocument.id, PatientDocument.media_type,
               PatientDocument.byte_count)
        .join(PatientDocument, PatientDocument.id == MessageAttachment.document_id)
        .where(MessageAttachment.message_id.in_(ids))
    )  # fmt: skip
    found: dict[str, list[FileShown]] = defaultdict(list)
    for message_id, attachment_id, document_id, media_type, count in look.execute(query):
        found[message_id].append(FileShown(attachment_id, document_id, kind_named(media_type), count))
    return found


def _read(look: Look, ids: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    query = select(MessageRead.message_id, MessageRead.person_id).where(MessageRead.message_id.in_(ids))
    for message_id, person_id in look.execute(query):
        found[message_id].add(person_id)
    return found
