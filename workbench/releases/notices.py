"""The notice of privacy practices: which version is in force, and who has yet to say that they have it.

Source: 45 CFR 164.520(b)(1)(viii) (its effective date), (b)(3) (revisions), (c)(2)(ii) (acknowledgement in good faith).
"""

from datetime import date
from typing import Final

from sqlalchemy import select

from workbench.kernel.errors import WorkbenchError
from workbench.releases.notice_tables import NoticeAnswer, NoticeAnswerKind, PrivacyNotice
from workbench.store.newest import Rows

LONGEST: Final = 60_000
LONGEST_SAID: Final = 2_000


class NoticeUnclear(WorkbenchError):
    """Something is missing or does not fit. `fields`: a sentence by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("Please look at the marked fields.")
        self.fields = fields


class NoticeAnswered(WorkbenchError):
    """The same was said of this version before."""

    def __init__(self) -> None:
        super().__init__("This was noted already. Nothing was noted twice.")


class NoticeReplaced(WorkbenchError):
    """Another version is in force than the one that was looked at."""

    def __init__(self) -> None:
        super().__init__("Another version of the notice is in force by now. Look at it, then answer.")


def notice_in_force(rows: Rows, today: date) -> PrivacyNotice | None:
    """The version that counts today; None before the first."""
    query = select(PrivacyNotice).where(PrivacyNotice.effective_on <= today).order_by(PrivacyNotice.number.desc())
    found: PrivacyNotice | None = rows.scalars(query.limit(1)).first()
    return found


def answers_of(rows: Rows, patient_id: str) -> dict[str, list[NoticeAnswer]]:
    """What one person said to each version, by its id, the oldest first."""
    found: dict[str, list[NoticeAnswer]] = {}
    query = select(NoticeAnswer).where(NoticeAnswer.patient_id == patient_id).order_by(NoticeAnswer.at)
    for row in rows.scalars(query):
        found.setdefault(row.notice_id, []).append(row)
    return found


def checked_notice(words: str, changed: str, effective_on: date, today: date, *, is_first: bool) -> tuple[str, str]:
    """Words and what changed, as they are kept.

    Raises:
        NoticeUnclear: by field.
    """
    tidy, said, problems = words.strip(), changed.strip(), {}
    if not 0 < len(tidy) <= LONGEST:
        problems["words"] = f"Please give the whole notice, in at most {LONGEST:,} letters."
    if not is_first and not 0 < len(said) <= LONGEST_SAID:
        problems["changed"] = f"Please say what is new in it, in at most {LONGEST_SAID:,} letters."
    if effective_on < today:
        problems["effective_on"] = "A notice takes effect on the day it is published at the earliest."
    if problems:
        raise NoticeUnclear(problems)
    return tidy, said


def checked_answer(answer: str, effort: str) -> tuple[NoticeAnswerKind, str]:
    """An answer as it is kept.

    Raises:
        NoticeUnclear: by field.
    """
    said, problems = effort.strip(), {}
    if answer not in set(NoticeAnswerKind):
        problems["answer"] = "Please choose one."
    if answer == NoticeAnswerKind.DECLINED and not said:
        problems["effort"] = "Say what was done to get it confirmed, and why it was not (45 CFR 164.520(c)(2)(ii))."
    if len(said) > LONGEST_SAID:
        problems["effort"] = f"At most {LONGEST_SAID:,} letters."
    if problems:
        raise NoticeUnclear(problems)
    return NoticeAnswerKind(answer), said
