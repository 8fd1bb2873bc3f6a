"""The notice of privacy practices: every version for who publishes it, and the one in force with what a person said."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.tables import Patient
from workbench.releases.notice_tables import NoticeAnswer, NoticeAnswerKind, PrivacyNotice
from workbench.releases.notices import answers_of, notice_in_force
from workbench.screens.account_names import account_names

__all__ = ["NoticeAnswerKind", "NoticeOfPerson", "NoticeVersion", "own_notice", "privacy_notices"]


@dataclass(frozen=True)
class NoticeVersion:
    """One version. received, declined: how many people said so."""

    notice_id: str
    number: int
    words: str
    changed: str
    effective_on: date
    published_at: datetime
    is_in_force: bool
    received: int = 0
    declined: int = 0


@dataclass(frozen=True)
class AnswerShown:
    """What was said to the version in force. by: the member of staff who noted it; empty for the person themselves."""

    answer: str
    at: datetime
    by: str
    effort: str


@dataclass(frozen=True)
class NoticeOfPerson:
    """notice: the version in force, None before the first. answers: to it, the oldest first. number: of the file.

    waits: whether it is still to be asked: neither received nor declined.
    """

    notice: NoticeVersion | None
    answers: tuple[AnswerShown, ...] = ()
    number: int = 0

    @property
    def waits(self) -> bool:
        """Nothing was said to it."""
        return self.notice is not None and not self.answers

    @property
    def is_received(self) -> bool:
        """It was confirmed."""
        return any(one.answer == NoticeAnswerKind.RECEIVED for one in self.answers)


@view(Permission.PUBLISH_NOTICE, shows=AuditEvent.NOTICE_VERSIONS_SEEN)
def privacy_notices(look: Look) -> tuple[NoticeVersion, ...]:
    """Every version, the newest first."""
    held = notice_in_force(look, look.today)
    grouped = look.execute(
        select(NoticeAnswer.notice_id, NoticeAnswer.answer, func.count()).group_by(
            NoticeAnswer.notice_id, NoticeAnswer.answer
        )
    )
    counts = {(notice_id, answer): number for notice_id, answer, number in grouped}
    rows = look.scalars(select(PrivacyNotice).order_by(PrivacyNotice.number.desc()))
    return tuple(_version(row, held, counts) for row in rows)


@view(Permission.ANSWER_NOTICE, shows=AuditEvent.OWN_NOTICE_SEEN, on=Patient)
def own_notice(look: Look, patient: Patient) -> NoticeOfPerson:
    """The version in force, and what was said to it."""
    look.shown(patient.id)
    held = notice_in_force(look, look.today)
    if held is None:
        return NoticeOfPerson(None, number=patient.number)
    rows = answers_of(look, patient.id).get(held.id, [])
    names = account_names(look, {row.said_by for row in rows})
    answers = tuple(AnswerShown(row.answer, row.at, names.get(row.said_by, ""), row.told.words) for row in rows)
    return NoticeOfPerson(_version(held, held, {}), answers, patient.number)


def _version(row: PrivacyNotice, held: PrivacyNotice | None, counts: dict[tuple[str, str], int]) -> NoticeVersion:
    return NoticeVersion(
        row.id, row.number, row.words, row.changed, row.effective_on, row.published_at,
        held is not None and row.id == held.id, counts.get((row.id, NoticeAnswerKind.RECEIVED.value), 0),
        counts.get((row.id, NoticeAnswerKind.DECLINED.value), 0),
    )  # fmt: skip
