"""Alerts: an answer that somebody must look at soon. Pure: whose it is, until when, what it says.

Not the score raises one but the answer, whatever else is missing (rule 2 of section 3 in the measures' list).
"""

from datetime import datetime, timedelta
from typing import Final

from workbench.kernel.errors import WorkbenchError
from workbench.measures.scoring import PRORATED, Score

ANSWER_WITHIN: Final = timedelta(hours=2)
"""From then on an alert is overdue, and whoever supervises is shown it first."""
LONGEST_ANSWER: Final = 4_000


class AlertAnswered(WorkbenchError):
    """Somebody answered the alert before."""

    def __init__(self) -> None:
        super().__init__("Somebody answered this alert in the meantime. Please look at what was done.")


class AnswerUnclear(WorkbenchError):
    """What was done is not said."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.fields = {"done": what}


def raised(found: Score) -> tuple[str, ...]:
    """The flags that somebody must answer: of critical items, and what the measure itself says is at once."""
    return tuple(flag for flag in found.flags if flag != PRORATED)


def due_at(raised_at: datetime) -> datetime:
    """Until when it is to be answered."""
    return raised_at + ANSWER_WITHIN


def is_overdue(raised_at: datetime, now: datetime) -> bool:
    """Whether nobody answered in time; the exact instant counts as late."""
    return now >= due_at(raised_at)


def flag_words(flag: str) -> str:
    """A flag as it is read: `item9_positive` is “Item 9 is positive”."""
    words = flag.replace("_", " ").capitalize()
    return words.replace("Item", "Item ", 1).replace(" positive", " is positive") if flag.startswith("item") else words


def checked_answer(done: str) -> str:
    """What was done, as it is kept.

    Raises:
        AnswerUnclear: nothing is said, or too much to keep.
    """
    told = done.strip()
    if not told:
        raise AnswerUnclear("Say what you did, so that the next one who reads it knows.")
    if len(told) > LONGEST_ANSWER:
        raise AnswerUnclear(f"At most {LONGEST_ANSWER:,} characters.")
    return told
