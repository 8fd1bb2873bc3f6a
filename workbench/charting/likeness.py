"""How much of a note stands in another one. Pure.

The measure is containment over shingles (Broder 1997): the share of this note's words that lie in a run of four words
or more which the other note has too. It says what a reader wants to know, "how much of this is not new", and so it is
not symmetric: a short note that was copied out of a long one is copied whole. Moving paragraphs, capitals, accents and
punctuation change nothing; each new word lowers it. Edit distances (difflib) miss moved paragraphs, and are quadratic.

Source: Medicare contractors deny notes that are worded alike across dates or patients (Noridian, "cloned
documentation"). The threshold is the practice's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from workbench.charting.tables import NoteText
from workbench.charting.wording import free_text, words_of

RUN: Final = 4
"""Words of a run that counts as taken over: shorter ones are the language's, not the author's."""
LEAST_WORDS: Final = 20
"""A note of fewer words is not compared: "Doing well. Weekly." is said alike by honest notes."""
WARN_ABOVE: Final = 85
"""Per cent of the free text."""
OWN_PATIENT_NOTES: Final = 5
OTHERS_NOTES: Final = 20
"""The last notes a note is compared with: of the patient, and the author's of other patients."""


@dataclass(frozen=True)
class Likeness:
    """The most of a note that stands in one of others. percent: whole, rounded down. compared: with how many.

    is_over: it is more than the practice takes without asking. is_same: one of them has the very same words.
    """

    percent: int = 0
    compared: int = 0
    is_over: bool = False
    is_same: bool = False


def likeness(text: NoteText, others: Iterable[NoteText]) -> Likeness:
    """Of a note to those it is compared with."""
    own = words_of(free_text(text))
    theirs = [words_of(free_text(one)) for one in others]
    if len(own) < LEAST_WORDS:
        return Likeness(compared=len(theirs))
    most = max((words_found(own, one) for one in theirs), default=0)
    return Likeness(
        100 * most // len(own), len(theirs), 100 * most > WARN_ABOVE * len(own), any(own == one for one in theirs)
    )


def words_found(own: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many words of one text lie in runs that the other has too."""
    runs = set(_runs(other))
    found: set[int] = set()
    for at, run in enumerate(_runs(own)):
        if run in runs:
            found.update(range(at, at + len(run)))
    return len(found)


def _runs(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [words[at : at + RUN] for at in range(len(words) - RUN + 1)]
