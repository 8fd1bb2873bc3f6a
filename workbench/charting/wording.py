"""The free text of a note taken apart: its parts, its paragraphs, its words. Pure."""

import re
import unicodedata
from typing import Final

from workbench.charting.tables import NoteText

PARTS: Final = ("subjective", "objective", "assessment", "plan")
"""The parts of a note that are free text, in their order."""
_WORD: Final = re.compile(r"\w+")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: no capitals, no accents, no punctuation.

    `Fernández-Oak's` is `fernandez`, `oak`, `s`.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return tuple(_WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter))))


def free_text(text: NoteText) -> str:
    """All four parts."""
    return "\n".join(getattr(text, part) for part in PARTS)


def paragraph(line: str) -> str:
    """A line as it is compared with others: the space between its words is no difference."""
    return " ".join(line.split())
