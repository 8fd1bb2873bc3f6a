"""Publish a version of the notice of privacy practices. Everybody is asked to confirm it once it is in force."""

from dataclasses import dataclass
from datetime import date

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.releases.notice_tables import PrivacyNotice
from workbench.releases.notices import checked_notice
from workbench.store.newest import next_nth


@dataclass(frozen=True)
class NoticePublished:
    """number: of the version."""

    notice_id: str
    number: int


@action(
    Permission.PUBLISH_NOTICE,
    refuses={"privacy_notices.number": StalePage, "uq_privacy_notices_number": StalePage},
)
def publish_notice(work: Work, *, words: str, effective_on: date, changed: str = "") -> NoticePublished:
    """words: paragraphs with an empty line between. changed: what is new, told to everybody; of the first, nothing.

    Raises:
        NoticeUnclear: by field.
    """
    number = next_nth(work, PrivacyNotice.number)
    tidy, said = checked_notice(words, changed, effective_on, work.today, is_first=number == 1)
    row = PrivacyNotice(number=number, words=tidy, changed=said, effective_on=effective_on, published_at=work.now,
                        published_by=work.actor.user_id)  # fmt: skip
    work.add(row)
    work.flush()
    work.record(AuditEvent.NOTICE_PUBLISHED, subject=row, number=number)
    return NoticePublished(row.id, number)
