"""A line of a chart's course before it is opened: when, what kind, and how to say it. Shared by its parts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

SNIPPET: Final = 180


class Kind(StrEnum):
    """What a line is about, in the order of the filter."""

    VISIT = "visit"
    NOTE = "note"
    FORM = "form"
    MEASURE = "measure"
    ALERT = "alert"
    PLAN = "plan"
    STATEMENT = "statement"
    DOCUMENT = "document"
    CONTACT = "contact"


@dataclass(frozen=True)
class Said:
    """title, detail: what is shown. text: what else is searched and not shown."""

    title: str
    detail: str = ""
    text: str = ""


@dataclass(frozen=True)
class Head:
    """say: opens what is sealed, so it is called only for a line that is shown or searched.

    session: the attendance it is, or is written about; "" for what belongs to none.
    """

    key: str
    kind: Kind
    at: datetime
    say: Callable[[], Said]
    staff_id: str = ""
    state: str = ""
    path: str = ""
    session: str = ""


def snippet(text: str) -> str:
    """The beginning of a text, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= SNIPPET else flat[: SNIPPET - 1].rsplit(" ", 1)[0] + "…"
