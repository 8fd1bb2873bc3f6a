"""What a psychotherapy note is not. Pure: no clock, no database.

Source: 45 CFR 164.501: the term excludes medication prescription and monitoring, session start and stop times,
modalities and frequencies, results of clinical tests, and any summary of diagnosis, functional status, treatment plan,
symptoms, prognosis and progress to date. Those are chart, wherever somebody writes them, and are given out with it.
"""

import re
from enum import StrEnum
from typing import Final

from workbench.kernel.errors import WorkbenchError

LONGEST: Final = 60_000
"""Characters of one note."""


class BelongsInChart(StrEnum):
    """What the definition excludes, in the words that the author is told."""

    MEDICATION = "medication"
    TIMES = "start and stop times"
    MODALITY = "modality or frequency of treatment"
    TEST_RESULT = "a test result"
    DIAGNOSIS = "a diagnosis"
    SUMMARY = "a summary of plan, symptoms, prognosis or progress"


class PsychotherapyTooLong(WorkbenchError):
    """It is longer than can be kept."""

    def __init__(self) -> None:
        super().__init__(f"This is longer than {LONGEST:,} characters. Please shorten it.")
        self.fields = {"words": str(self)}


class NotTheirSession(WorkbenchError):
    """Psychotherapy notes are of a session, by the clinician who held it."""

    def __init__(self) -> None:
        super().__init__("Only the clinician who held this session keeps notes of this kind about it.")
        self.fields = {"attendance_id": str(self)}


_CLOCK = r"(?:[01]?\d|2[0-3])[:.][0-5]\d\s?(?:[ap]\.?m\.?)?"
_SIGNS: Final = (
    (BelongsInChart.MEDICATION, re.compile(r"\b\d+(?:[.,]\d+)?\s?(?:mg|mcg|µg|ml)\b", re.IGNORECASE)),
    (BelongsInChart.TIMES, re.compile(
        rf"\b{_CLOCK}\s?(?:-|–|to|until)\s?{_CLOCK}|\b(?:start|stop|end)(?:ed)?(?: time)?\s?(?:at|:)\s?{_CLOCK}",
        re.IGNORECASE)),
    (BelongsInChart.MODALITY, re.compile(r"^\s*(?:modality|frequency)\s*[:=]", re.IGNORECASE | re.MULTILINE)),
    (BelongsInChart.TEST_RESULT, re.compile(
        r"\b[A-Z]{2,7}(?:-[A-Z]{1,3})?-?\d{0,2}\b\s*(?:score|total|was|is|of|[:=])\s*\d{1,3}\b")),
    (BelongsInChart.DIAGNOSIS, re.compile(
        r"\bF\d\d(?:\.\d{1,3})?\b|^\s*(?:dx|diagnos[ie]s)\s*[:=]", re.IGNORECASE | re.MULTILINE)),
    (BelongsInChart.SUMMARY, re.compile(
        r"^\s*(?:(?:treatment )?plan|symptoms|prognosis|progress(?: to date)?|functional status)\s*[:=]",
        re.IGNORECASE | re.MULTILINE)),
)  # fmt: skip


def belongs_in_chart(words: str) -> tuple[BelongsInChart, ...]:
    """What in these words looks like something the definition excludes. A sign, not a judgement: the author decides."""
    return tuple(kind for kind, sign in _SIGNS if sign.search(words))


def check_length(words: str) -> None:
    """Whether it can be kept.

    Raises:
        PsychotherapyTooLong.
    """
    if len(words) > LONGEST:
        raise PsychotherapyTooLong
