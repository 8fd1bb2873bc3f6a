"""What a browser may say to a page: one verb with text values. Judged here for shape and size, never for rights."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from workbench.kernel.errors import WorkbenchError
from workbench.kernel.money import Cents, cents

VERB = re.compile(r"[a-z][a-z0-9_]{0,59}(\.[a-z][a-z0-9_]{0,39})?")
FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]{0,79}")
KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")

LONGEST_VALUE = 64_000
"""Characters in one field: a long note, with room."""
LARGEST_MESSAGE = 400_000
"""Characters in all fields of one message together."""
MOST_FIELDS = 400
CHUNK_BYTES = 512 * 1024
PIECE = "shell.piece"
"""The verb under which a file comes in pieces; only there may one value be as long as a piece."""


class BadMessage(WorkbenchError):
    """The browser sent something no page of ours sends."""


class FieldProblem(WorkbenchError):
    """One field cannot be read as what it should be. `name` is the field, the text is shown next to it."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name = name


@dataclass(frozen=True)
class UploadedFile:
    """A file that arrived whole. `filename` and `media_type` are the sender's claims, not facts."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Message:
    """One request of a person: the verb, every value as text, and a key that is the same if it is sent twice.

    `seq` is only for the answer to find its way back to the button that was pressed.
    """

    do: str
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    key: str | None = None
    seq: int = 0
    files: Mapping[str, tuple[UploadedFile, ...]] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """The value of `name` without space around it, or `default` if it is absent."""
        found = self.values.get(name)
        return found[0].strip() if found else default

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of `name`: ticked boxes, selected rows."""
        return self.values.get(name, ())

    def ticked(self, name: str) -> bool:
        """Whether the box `name` is ticked."""
        return bool(self.values.get(name))

    def required(self, name: str, text: str = "Please fill this in.") -> str:
        """The value of `name`.

        Raises:
            FieldProblem: it is empty.
        """
        if not (found := self.text(name)):
            raise FieldProblem(name, text)
        return found

    def day(self, name: str) -> date:
        """The day in a date field (ISO 8601).

        Raises:
            FieldProblem: it is not a day.
        """
        try:
            return date.fromisoformat(self.required(name))
        except ValueError as error:
            raise FieldProblem(name, "Please give a date such as 2026-03-09.") from error

    def time(self, name: str) -> time:
        """The wall-clock time in a time field (ISO 8601).

        Raises:
            FieldProblem: it is not a time.
        """
        try:
            return time.fromisoformat(self.required(name)).replace(tzinfo=None)
        except ValueError as error:
            raise FieldProblem(name, "Please give a time such as 14:30.") from error

    def whole(self, name: str, *, least: int = 0, most: int = 1_000_000_000) -> int:
        """The whole number in a field, `least <= n <= most`.

        Raises:
            FieldProblem: it is not such a number.
        """
        found = self.required(name)
        if not re.fullmatch(r"-?\d{1,12}", found, re.ASCII) or not least <= int(found) <= most:
            raise FieldProblem(name, f"Please give a whole number from {least:,} to {most:,}.")
        return int(found)

    def money(self, name: str) -> Cents:
        """The amount in a field written in dollars.

        Raises:
            FieldProblem: it is not an amount.
        """
        try:
            return cents(self.required(name))
        except FieldProblem:
            raise
        except WorkbenchError as error:
            raise FieldProblem(name, str(error)) from error


def read_message(data: Any) -> Message:
    """A message from what came over the wire, or a refusal. Nothing in `data` is trusted, types included.

    Raises:
        BadMessage: it is not what our own script sends.
    """
    if not isinstance(data, dict):
        raise BadMessage("That did not arrive in one piece. Please try again.")
    do, key, seq = data.get("do"), data.get("key"), data.get("seq", 0)
    if not isinstance(do, str) or not VERB.fullmatch(do):
        raise BadMessage("This page does not know what was asked. Please reload it.")
    if key is not None and (not isinstance(key, str) or not KEY.fullmatch(key)):
        raise BadMessage("That did not arrive in one piece. Please try again.")
    if type(seq) is not int or not 0 <= seq < 2**31:
        raise BadMessage("That did not arrive in one piece. Please try again.")
    longest = CHUNK_BYTES * 4 // 3 + 4 if do == PIECE else LONGEST_VALUE
    return Message(do=do, values=_values(data.get("values"), longest), key=key, seq=seq)


def _values(raw: Any, longest: int) -> dict[str, tuple[str, ...]]:
    if raw is None:
        return {}
    if not isinstance(raw, dict) or len(raw) > MOST_FIELDS:
        raise BadMessage("That did not arrive in one piece. Please try again.")
    values: dict[str, tuple[str, ...]] = {}
    total = 0
    for name, value in raw.items():
        if not isinstance(name, str) or not FIELD.fullmatch(name):
            raise BadMessage("That did not arrive in one piece. Please try again.")
        many = value if isinstance(value, list) else [value]
        if len(many) > 2_000:
            raise BadMessage("Too many things were chosen at once. Please choose fewer.")
        values[name] = tuple(_one(item, longest) for item in many)
        total += sum(len(item) for item in values[name])
    if total > max(LARGEST_MESSAGE, longest + 1_000):
        raise BadMessage("This is longer than the page can take. Please shorten it.")
    return values


def _one(item: Any, longest: int) -> str:
    if not isinstance(item, str):
        raise BadMessage("That did not arrive in one piece. Please try again.")
    if len(item) > longest:
        raise BadMessage("One field is longer than the page can take. Please shorten it.")
    # A lone surrogate cannot be stored as UTF-8, and NUL ends text in too many places.
    return item.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
