"""Short texts of one's own, with blanks: what they may be, and what of them is still open in a note. Pure."""

import re
from typing import Final

from workbench.kernel.errors import WorkbenchError

LONGEST_NAME: Final = 40
LONGEST_TEXT: Final = 4_000
MOST: Final = 200
"""Texts of one person at a time."""
_BLANK: Final = re.compile(r"\[\[[^\[\]]*\]\]")


class SnippetUnclear(WorkbenchError):
    """A short text that cannot be kept. `fields`: a sentence by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("Please look at the marked fields.")
        self.fields = fields


class SnippetNamedAlike(SnippetUnclear):
    """Another one has this name."""

    def __init__(self) -> None:
        super().__init__({"name": "You have a text of this name. Change that one, or choose another name."})


class SnippetRetired(WorkbenchError):
    """It was retired."""

    def __init__(self) -> None:
        super().__init__("This text is retired. Add it anew if you need it.")


class TooManySnippets(WorkbenchError):
    """No more fit in a list that is still of use."""

    def __init__(self) -> None:
        super().__init__(f"You have {MOST} texts, which is the most. Retire one you no longer use.")


def checked(name: str, text: str) -> tuple[str, str]:
    """Name and text as they are kept.

    Raises:
        SnippetUnclear: one says nothing or too much, or a bracket is left open.
    """
    tidy, told = " ".join(name.split()), text.strip()
    problems = {}
    if not 0 < len(tidy) <= LONGEST_NAME:
        problems["name"] = f"Name it in at most {LONGEST_NAME} letters."
    if not 0 < len(told) <= LONGEST_TEXT:
        problems["text"] = f"Write the text, in at most {LONGEST_TEXT:,} letters."
    elif any(brackets in _BLANK.sub("", told) for brackets in ("[[", "]]")):
        problems["text"] = "A blank begins with [[ and ends with ]], such as [[mood]]."
    if problems:
        raise SnippetUnclear(problems)
    return tidy, told


def blanks(text: str) -> tuple[str, ...]:
    """What is still open in a text, in order: `[[mood]]`, each once."""
    return tuple(dict.fromkeys(_BLANK.findall(text)))


def blanks_sentence(text: str) -> str:
    """What is to be filled in; empty where nothing is open."""
    left = blanks(text)
    if not left:
        return ""
    more = f" and {len(left) - 3} more" if len(left) > 3 else ""
    return f"Still to be filled in: {', '.join(left[:3])}{more}."
