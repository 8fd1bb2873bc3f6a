"""What a note may take over from the last one, and what in it still stands as it stood there. Pure.

Source: the copy-forward rule of the practice's charting policy, after Medicare contractors' denials of cloned notes
(Noridian; CMS Program Integrity Manual 3.3.2.1): each part for itself, marked until it is edited, and never what has to
be seen, judged or timed anew: risk, mental status, response, start and stop.

- *Plan* says what was agreed and goes on; *Subjective* what the person came with. Both may be taken over.
- *Objective* is the mental status and what was measured this time, *Assessment* the risk and the response to this
  session. Neither is.
- A paragraph that speaks of risk, or names a time of the clock, is left behind wherever it stands.

The mark is no state: a paragraph is carried while it is, word for word, one of the last note's. So a text that was
pasted is marked like one that was taken over by the button, and nobody can take the mark away but by writing.
"""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from workbench.charting.tables import NoteText
from workbench.charting.wording import PARTS, paragraph, words_of

MAY_BE_CARRIED: Final = ("subjective", "plan")
WRITTEN_ANEW: Final = tuple(part for part in PARTS if part not in MAY_BE_CARRIED)
SAYS_SOMETHING: Final = 6
"""Words of a paragraph in a part that is written anew from which on repeating it has to be meant. What is shorter
("Alert and oriented.") is said alike by honest notes."""

_RISK: Final = re.compile(
    r"suicid|homicid|self[- ]?(?:harm|injur)|parasuicid|overdos|\b(?:si|hi|nssi|c-?ssrs)\b|\brisks?\b|\bat risk\b"
    r"|safety plan|\blethal|\bmeans restrict|\b(?:kill|hurt|harm)(?:s|ing|ed)?\b|\babuse|\bneglect|\bviolen|\bdanger"
    r"|\bweapons?\b|\bfirearms?\b|\bguns?\b|\bcrisis\b|\b988\b",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(
    r"\b\d{1,2}:\d{2}\b|\b\d{1,2}\s?[ap]\.?m\b|\b\d+\s?min(?:ute)?s?\b|\b(?:start|stop|began|ended)\s+(?:time|at)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Carried:
    """What of one part may be taken over, and how many of its paragraphs stay behind."""

    text: str
    left_behind: int


@dataclass(frozen=True)
class Piece:
    """A stretch of one part, line breaks included. is_carried: each paragraph of it is one of the last note's."""

    text: str
    is_carried: bool


def carried_from(last: NoteText) -> dict[str, Carried]:
    """By part; a part of which nothing may be taken over is not there."""
    found = {}
    for part in MAY_BE_CARRIED:
        lines = [line.rstrip() for line in getattr(last, part).splitlines()]
        kept = [line for line in lines if not must_be_written_anew(line)]
        text = "\n".join(kept).strip()
        if text:
            found[part] = Carried(text, len(lines) - len(kept))
    return found


def must_be_written_anew(line: str) -> bool:
    """Whether a paragraph speaks of risk or names a time of the clock."""
    return bool(_RISK.search(line) or _CLOCK.search(line))


def in_pieces(part: str, last: NoteText) -> tuple[Piece, ...]:
    """One part of a note in order, joined the same text again. An empty line belongs to what is before it."""
    known = _paragraphs(last)
    marked, is_carried = [], False
    for line in part.splitlines(keepends=True):
        is_carried = paragraph(line) in known if line.strip() else is_carried
        marked.append((is_carried, line))
    runs = groupby(marked, key=lambda one: one[0])
    return tuple(Piece("".join(line for _, line in run), is_carried) for is_carried, run in runs)


def unchanged(text: NoteText, last: NoteText) -> dict[str, int]:
    """How many paragraphs of each part are the last note's; parts without one are not there."""
    known = _paragraphs(last)
    counted = {part: sum(paragraph(line) in known for line in getattr(text, part).splitlines() if line.strip())
               for part in PARTS}  # fmt: skip
    return {part: count for part, count in counted.items() if count}


def repeated_though_new(text: NoteText, last: NoteText) -> tuple[str, ...]:
    """The parts in which something stands as in the last note that has to be seen and judged anew."""
    known = _paragraphs(last)
    return tuple(part for part in PARTS if any(
        paragraph(line) in known and _has_to_be_new(part, line) for line in getattr(text, part).splitlines()
    ))  # fmt: skip


def _has_to_be_new(part: str, line: str) -> bool:
    says_something = len(words_of(line)) >= SAYS_SOMETHING
    return says_something and (part in WRITTEN_ANEW or must_be_written_anew(line))


def _paragraphs(text: NoteText) -> frozenset[str]:
    found = (paragraph(line) for part in PARTS for line in getattr(text, part).splitlines())
    return frozenset(found) - {""}
