"""What a form is made of. Source: HL7 FHIR Questionnaire R4, with the SDC extensions that a practice needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from workbench.formula.syntax import Node

MOST_ITEMS: Final = 2_000
MOST_ON_A_PAGE: Final = 350
"""Questions of a form that is filled in; longer ones are taken in and looked at, and published in parts."""
DEEPEST: Final = 12
MOST_OPTIONS: Final = 500
_DIGITS: Final = 15
LONGEST_TEXT: Final = 64 * 1024
"""Characters of one text that is shown."""


class ItemType(StrEnum):
    """What an item asks for; the values are FHIR's of R4."""

    GROUP = "group"
    DISPLAY = "display"
    BOOLEAN = "boolean"
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    DATE_TIME = "dateTime"
    TIME = "time"
    STRING = "string"
    TEXT = "text"
    URL = "url"
    CHOICE = "choice"
    OPEN_CHOICE = "open-choice"
    ATTACHMENT = "attachment"
    REFERENCE = "reference"
    QUANTITY = "quantity"


HELP: Final = frozenset({"help", "flyover", "instructions"})
"""Controls by which something to read belongs to the question above it."""
NO_QUESTION: Final = frozenset({ItemType.GROUP, ItemType.DISPLAY})


def is_number(code: str) -> bool:
    """Whether a code is a whole number as it is written, 1 and not 01; formulas then count with it."""
    return code.removeprefix("-").isdecimal() and len(code) <= _DIGITS and str(int(code)) == code


@dataclass(frozen=True)
class Coding:
    """A choice by its code. Two are the same if code and system are; who gives no system means any."""

    code: str
    system: str = ""
    display: str = ""


@dataclass(frozen=True)
class Quantity:
    """A number with its unit."""

    value: int | Decimal
    unit: str = ""


Answer = bool | int | Decimal | str | Coding | Quantity
"""Days, times and instants are texts as FHIR writes them: 2026, 2026-03, 2026-03-09, 14:30:00."""


def answer_words(answer: Answer) -> str:
    """An answer as it is read."""
    if isinstance(answer, bool):
        return "Yes" if answer else "No"
    if isinstance(answer, Coding):
        return answer.display or answer.code
    return f"{answer.value} {answer.unit}".strip() if isinstance(answer, Quantity) else str(answer)


@dataclass(frozen=True)
class Option:
    """One of the answers to choose from. weight: its ordinal value, a hint that no score is made of.

    translations: language and words of each. shown: what is shown instead of the value's own words.
    """

    value: Answer
    is_chosen: bool = False
    is_exclusive: bool = False
    weight: Decimal | int | None = None
    translations: tuple[tuple[str, str], ...] = ()
    shown: str = ""

    @property
    def label(self) -> str:
        """What is shown."""
        return self.shown or self._own

    @property
    def _own(self) -> str:
        return (self.value.display or self.value.code) if isinstance(self.value, Coding) else str(self.value)


@dataclass(frozen=True)
class Condition:
    """What another question must have been answered. operator: exists = != > < >= <=."""

    question: str
    operator: str
    answer: Answer


@dataclass(frozen=True)
class Bounds:
    """What an answer must keep to. None and empty: anything. Lengths are characters."""

    min_length: int | None = None
    max_length: int | None = None
    min_value: Answer | None = None
    max_value: Answer | None = None
    max_decimals: int | None = None
    pattern: str = ""


@dataclass(frozen=True)
class Translated:
    """A text of an item in another language. part: text, prefix or entry_format."""

    language: str
    part: str
    words: str


@dataclass(frozen=True)
class Item:
    """One line of a form: a question, a group of them, or something to read.

    conditions: when it is asked; `needs_all` of them or any. occurs: how many answers or copies, at least and at most.
    control: how it wants to be shown, such as `radio-button`. asked_when: a formula beside the conditions.
    calculated: the formula it is worked out by. prefilled_by: a path of the record. is_carried: last time's answer is.
    spoken: the language its text is in, where the form around it is shown in another.
    """

    link_id: str
    type: ItemType
    text: str = ""
    prefix: str = ""
    help: str = ""
    entry_format: str = ""
    control: str = ""
    is_required: bool = False
    repeats: bool = False
    is_read_only: bool = False
    is_hidden: bool = False
    occurs: tuple[int | None, int | None] = (None, None)
    bounds: Bounds = Bounds()
    options: tuple[Option, ...] = ()
    units: tuple[Coding, ...] = ()
    initial: tuple[Answer, ...] = ()
    conditions: tuple[Condition, ...] = ()
    needs_all: bool = True
    asked_when: Node | None = None
    calculated: Node | None = None
    prefilled_by: str = ""
    is_carried: bool = False
    translations: tuple[Translated, ...] = ()
    spoken: str = ""
    items: tuple["Item", ...] = ()

    @property
    def is_question(self) -> bool:
        """Whether it can be answered."""
        return self.type not in NO_QUESTION

    def walk(self) -> Iterator["Item"]:
        """It and everything under it, in reading order."""
        yield self
        for item in self.items:
            yield from item.walk()


@dataclass(frozen=True)
class Warned:
    """What a form has and this product does not do, so that nobody finds out later. link_id: "" is the whole form."""

    link_id: str
    what: str


@dataclass(frozen=True)
class Form:
    """A form as it is asked. The questionnaire it was read from is what is kept and exported.

    language: of its texts, "" where it does not say. translation_statuses: a language, and how far it was reviewed.
    """

    title: str
    url: str
    version: str
    items: tuple[Item, ...]
    warnings: tuple[Warned, ...]
    language: str = ""
    title_translations: tuple[tuple[str, str], ...] = ()
    translation_statuses: tuple[tuple[str, str], ...] = ()

    def walk(self) -> Iterator[Item]:
        """Every item, in reading order."""
        for item in self.items:
            yield from item.walk()
