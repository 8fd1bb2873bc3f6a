"""What was typed becomes an answer, or a kind sentence that says what is wanted."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from workbench.forms.asking import Asked, compares
from workbench.forms.filling import MOST_COPIES, Layout, Path
from workbench.forms.patterns import keeps_to
from workbench.forms.questionnaire import LONGEST_TEXT, NO_QUESTION, Answer, Coding, Item, ItemType, Quantity
from workbench.kernel.errors import WorkbenchError

_NUMBER: Final = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,10})?", re.ASCII)
_OTHER: Final = "other:"
"""How a page says that somebody wrote an answer of their own beside the choices."""


class NotAnAnswer(WorkbenchError):
    """What was typed is no answer to this question."""


def typed(item: Item, texts: Sequence[str]) -> tuple[Answer, ...]:
    """The answers that were typed or chosen; none where nothing was.

    Raises:
        NotAnAnswer: one is none.
    """
    if item.type in NO_QUESTION or item.is_read_only or item.calculated is not None:
        raise NotAnAnswer("This is not answered by hand.")
    said = [text.strip() for text in texts if text.strip()]
    if len(said) > (MOST_COPIES if item.repeats else 1):
        raise NotAnAnswer(
            "One answer is wanted here." if not item.repeats else f"At most {MOST_COPIES} answers fit here."
        )
    if any(len(text) > LONGEST_TEXT for text in said):
        raise NotAnAnswer(f"At most {LONGEST_TEXT:,} characters fit here.")
    return tuple(dict.fromkeys(_one(item, text) for text in said))


def _one(item: Item, text: str) -> Answer:
    if item.options and item.type in (ItemType.CHOICE, ItemType.OPEN_CHOICE, *_LISTED):
        return _choice(item, text)
    if item.type is ItemType.BOOLEAN:
        if text not in ("true", "false"):
            raise NotAnAnswer("Choose yes or no.")
        return text == "true"
    if item.type in (ItemType.INTEGER, ItemType.DECIMAL, ItemType.QUANTITY):
        return _number(item, text)
    if item.type in _CLOCK:
        return _CLOCK[item.type](text)
    return text


_LISTED: Final = (ItemType.STRING, ItemType.TEXT, ItemType.INTEGER, ItemType.DATE, ItemType.TIME)


def _choice(item: Item, text: str) -> Answer:
    """One of the choices, by its place in the list; or an answer of one's own, where the question is open."""
    if text.startswith(_OTHER) and item.type is ItemType.OPEN_CHOICE:
        own = text.removeprefix(_OTHER).strip()
        if own:
            return own
    if text.isdecimal() and len(text) <= 3 and int(text) < len(item.options):
        return item.options[int(text)].value
    raise NotAnAnswer("Choose one of the answers.")


def _number(item: Item, text: str) -> Answer:
    plain = text.replace(",", "")
    unit = ""
    if item.type is ItemType.QUANTITY and " " in plain:
        plain, unit = plain.split(" ", 1)
    if not _NUMBER.fullmatch(plain):
        raise NotAnAnswer("Write a number, such as 12 or 12.5." if item.type is not ItemType.INTEGER else
                          "Write a whole number, such as 12.")  # fmt: skip
    if item.type is ItemType.INTEGER:
        if "." in plain:
            raise NotAnAnswer("Write a whole number, such as 12.")
        return int(plain)
    value = Decimal(plain)
    if item.type is ItemType.DECIMAL:
        return value
    units = [one.display or one.code for one in item.units]
    if unit and units and unit not in units:
        raise NotAnAnswer(f"The unit is one of {', '.join(units)}.")
    return Quantity(value, unit or (units[0] if units else ""))


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise NotAnAnswer("Write a day as 2026-03-09.") from None


def _clock(text: str) -> str:
    try:
        return time.fromisoformat(text).replace(tzinfo=None).isoformat("seconds")
    except ValueError:
        raise NotAnAnswer("Write a time as 14:30.") from None


def _instant(text: str) -> str:
    try:
        return datetime.fromisoformat(text).isoformat(timespec="seconds")
    except ValueError:
        raise NotAnAnswer("Write a day and a time as 2026-03-09T14:30.") from None


_CLOCK: Final = {ItemType.DATE: _day, ItemType.TIME: _clock, ItemType.DATE_TIME: _instant}


def wrong(item: Item, answers: Sequence[Answer]) -> str:
    """What an answer does not keep to, as a kind sentence; empty where all is well."""
    bounds = item.bounds
    least, most = item.occurs
    if least is not None and 0 < len(answers) < least:
        return f"At least {least} answers are wanted."
    if most is not None and len(answers) > most:
        return f"At most {most} answers fit here."
    if len(answers) > 1 and any(option.is_exclusive and option.value in answers for option in item.options):
        return "One of these answers stands alone."
    for answer in answers:
        if isinstance(answer, str) and (said := _text_wrong(item, answer)):
            return said
        if isinstance(answer, Decimal | Quantity) and bounds.max_decimals is not None:
            value = answer.value if isinstance(answer, Quantity) else answer
            if -int(Decimal(value).as_tuple().exponent) > bounds.max_decimals:
                return f"At most {bounds.max_decimals} digits after the point."
        if bounds.min_value is not None and compares("<", answer, bounds.min_value):
            return f"Not below {_shown(bounds.min_value)}."
        if bounds.max_value is not None and compares(">", answer, bounds.max_value):
            return f"Not above {_shown(bounds.max_value)}."
    return ""


def _text_wrong(item: Item, answer: str) -> str:
    bounds = item.bounds
    if bounds.min_length is not None and len(answer) < bounds.min_length:
        return f"At least {bounds.min_length} characters are wanted."
    if bounds.max_length is not None and len(answer) > bounds.max_length:
        return f"At most {bounds.max_length} characters fit here; there are {len(answer)}."
    if bounds.pattern and not keeps_to(bounds.pattern, answer):
        return f"This is not of the form that is wanted{': ' + item.entry_format if item.entry_format else ''}."
    return ""


def _shown(value: Answer) -> str:
    return f"{value.value} {value.unit}".strip() if isinstance(value, Quantity) else (
        value.display or value.code if isinstance(value, Coding) else str(value))  # fmt: skip


def missing_and_wrong(layout: Layout, found: Asked) -> Mapping[Path, str]:
    """What a signature still needs, by place and in reading order: what is required and not answered, what is wrong."""
    problems: dict[Path, str] = {}
    places: dict[str, list[Path]] = {}
    for place in sorted(found.places):
        places.setdefault(place[-1].link_id, []).append(place)
    for item in layout.items.values():
        for place in places.get(item.link_id, ()):
            answers = found.answers.get(place, ())
            if item.is_question and item.is_required and not answers and not item.is_hidden:
                if not _is_spare(layout, place, found):
                    problems[place] = "Please answer this."
            elif answers and (said := wrong(item, answers)):
                problems[place] = said
    return problems


def _is_spare(layout: Layout, place: Path, found: Asked) -> bool:
    """Whether a place is in a copy of a group, at whatever depth, that nobody began and nobody has to fill in."""
    return any(
        step.nth >= (layout.items[step.link_id].occurs[0] or 1)
        and not any(path[: depth + 1] == place[: depth + 1] for path in found.answers)
        for depth, step in enumerate(place[:-1])
    )
