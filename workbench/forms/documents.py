"""JSON of strangers: read within limits, written again without losing a digit.

A number such as 1.50 stays 1.50, because its precision is part of what FHIR says. A document that means two things, or
that is made to exhaust whoever reads it, is refused with the place.
"""

import hashlib
import json
from decimal import Decimal
from typing import Any, Final

from workbench.kernel.errors import WorkbenchError

LARGEST: Final = 5 * 1024 * 1024
"""Bytes of a form."""
_DEEPEST: Final = 64
_MOST_PARTS: Final = 200_000
_DIGITS: Final = 40


class Refused(WorkbenchError):
    """A file is not taken. `where`: the place, such as `item[2].enableWhen[0]`; empty is the whole file."""

    def __init__(self, what: str, where: str = "") -> None:
        super().__init__(f"{where}: {what}" if where else what)
        self.where = where


def read_document(data: bytes) -> dict[str, Any]:
    """The JSON object that a file is.

    Raises:
        Refused: it is none, is too large or too deep, or says one thing twice.
    """
    if len(data) > LARGEST:
        raise Refused(f"The file is larger than {LARGEST // (1024 * 1024)} MB.")
    # Counted before anything is read: each takes memory of its own, and a million empty ones fit into a small file.
    if data.count(b"{") + data.count(b"[") > _MOST_PARTS:
        raise Refused(f"The file has more than {_MOST_PARTS:,} objects and lists.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Refused(f"Byte {wrong.start + 1}: the file is not UTF-8.") from None
    try:
        read = json.loads(text, parse_float=_number, parse_constant=_constant, object_pairs_hook=_object)
    except json.JSONDecodeError as wrong:
        raise Refused(f"Line {wrong.lineno}, column {wrong.colno}: this is not JSON.") from None
    except RecursionError:
        raise Refused(f"The file is nested deeper than {_DEEPEST} levels.") from None
    except ValueError:
        raise Refused("A number has more digits than any number needs.") from None
    if not isinstance(read, dict):
        raise Refused("The file is not a JSON object.")
    _check_depth(read)
    return read


def write_document(document: object, *, is_sorted: bool = False) -> str:
    """The document as JSON, numbers as they were read. is_sorted: the one text that a hash is taken of."""
    return _written(document, is_sorted)


def digest(document: object) -> str:
    """SHA-256 of the document in its one form: sorted keys, no spaces."""
    return hashlib.sha256(write_document(document, is_sorted=True).encode()).hexdigest()


def _written(value: object, is_sorted: bool) -> str:
    if isinstance(value, dict):
        pairs = sorted(value.items()) if is_sorted else value.items()
        return "{" + ",".join(f"{json.dumps(key, ensure_ascii=False)}:{_written(one, is_sorted)}"
                              for key, one in pairs) + "}"  # fmt: skip
    if isinstance(value, list | tuple):
        return "[" + ",".join(_written(one, is_sorted) for one in value) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def _number(text: str) -> Decimal:
    if len(text) > _DIGITS:
        raise ValueError
    return Decimal(text)


def _constant(text: str) -> None:
    raise Refused(f"{text} is no number in JSON.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused(f"“{twice[:60]}” is said twice in one object.")
    return found


def _check_depth(document: object) -> None:
    level: list[object] = [document]
    for _ in range(_DEEPEST):
        level = [
            inner
            for value in level
            for inner in (value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())
            if isinstance(inner, dict | list)
        ]
        if not level:
            return
    raise Refused(f"The file is nested deeper than {_DEEPEST} levels.")
