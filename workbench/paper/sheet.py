"""A sheet as it is told, and the PDF that is made of it.

Words go in as data and never as markup, so nothing that somebody wrote can be run, drawn or fetched. The file is tagged
for who has it read aloud (PDF/UA-1), every page says about whom it is and which of how many it is.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib import resources
from typing import Literal

import typst

from workbench.kernel.errors import WorkbenchError

Look = Literal["heading", "words", "answer", "choice", "line", "lines"]
"""How a part is set. choice: boxes, ticked or not; line and lines: space to write on by hand."""


class CannotBeSet(WorkbenchError):
    """No font has the letters it is written in."""

    def __init__(self) -> None:
        super().__init__("This could not be set on paper. Please tell who looks after the server.")


@dataclass(frozen=True)
class Part:
    """One part of a sheet. level: of a heading, 2 to 6. choices: words, and whether they are ticked."""

    look: Look
    label: str = ""
    text: str = ""
    level: int = 2
    choices: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class Signature:
    """A line to sign on, or who signed. text: name, credentials and time; empty is a line to sign by hand."""

    role: str
    text: str = ""


@dataclass(frozen=True)
class Sheet:
    """All that is on it. about: whom, on every page. foot: what proves which text it is. after: behind the signatures.

    watermark: DRAFT, or empty. notice: what the law wants said with every copy, on every page; or empty.
    """

    title: str
    about: str
    practice: str
    foot: str
    parts: tuple[Part, ...]
    signatures: tuple[Signature, ...] = ()
    after: tuple[Part, ...] = ()
    watermark: str = ""
    is_large: bool = False
    notice: str = ""


def pdf_of(sheet: Sheet) -> bytes:
    """The sheet as PDF, on letter paper.

    Raises:
        CannotBeSet: no font of this machine has its letters.
    """
    return set_in_type("sheet.typ", asdict(sheet))


def set_in_type(source: str, told: Mapping[str, object]) -> bytes:
    """A file of this room, set with these words as PDF.

    Raises:
        CannotBeSet: no font of this machine has its letters.
    """
    room = resources.files("workbench.paper")
    files = {"main.typ": room.joinpath(source).read_bytes(), "parts.typ": room.joinpath("parts.typ").read_bytes()}
    data = {"data": json.dumps(told, ensure_ascii=False)}
    try:
        return _compiled(files, data, pdf_standards=["ua-1"], ignore_system_fonts=True)
    except typst.TypstError:
        # Letters beyond Latin, Greek, Cyrillic and Hebrew: the fonts of the machine are looked through.
        try:
            return _compiled(files, data)
        except typst.TypstError as failed:
            raise CannotBeSet from failed


def _compiled(files: Mapping[str, bytes], data: Mapping[str, str], **how: object) -> bytes:
    made: bytes = typst.compile(dict(files), sys_inputs=dict(data), **how)  # type: ignore[call-overload]
    return made
