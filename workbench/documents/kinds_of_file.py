"""What a file is, by its bytes and never by its name. Pure.

Only what is listed here is taken in: whatever can run something when it is opened (programs, pages, macros, archives)
is refused before anybody can open it (45 CFR 164.308(a)(5)(ii)(B)).
"""

import io
import zipfile
from dataclasses import dataclass
from typing import Final

from workbench.kernel.errors import WorkbenchError

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of one file."""
_MOST_UNPACKED: Final = 200 * 1024 * 1024
_ACCEPTED: Final = "PDF, PNG, JPEG, GIF or WebP pictures, Word documents without macros, and plain text"


@dataclass(frozen=True)
class FileKind:
    """media_type and ending: what it is given out as. is_picture, is_text: what a browser may show of it."""

    media_type: str
    ending: str
    is_picture: bool = False
    is_text: bool = False


PDF: Final = FileKind("application/pdf", "pdf")
DOCX: Final = FileKind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")
TEXT: Final = FileKind("text/plain", "txt", is_text=True)
_BY_BEGINNING: Final = (
    (b"\x89PNG\r\n\x1a\n", FileKind("image/png", "png", is_picture=True)),
    (b"\xff\xd8\xff", FileKind("image/jpeg", "jpg", is_picture=True)),
    (b"GIF87a", FileKind("image/gif", "gif", is_picture=True)),
    (b"GIF89a", FileKind("image/gif", "gif", is_picture=True)),
    (b"%PDF-", PDF),
)
_WEBP: Final = FileKind("image/webp", "webp", is_picture=True)
_KINDS: Final = {kind.media_type: kind for kind in (PDF, DOCX, TEXT, _WEBP, *(kind for _, kind in _BY_BEGINNING))}


class NotAFileWeKeep(WorkbenchError):
    """It is of no kind that is kept, or too large, or empty."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.fields = {"file": why}


def kind_of(content: bytes) -> FileKind:
    """What these bytes are.

    Raises:
        NotAFileWeKeep: with what is kept.
    """
    if not content:
        raise NotAFileWeKeep("This file is empty.")
    if len(content) > LARGEST:
        raise NotAFileWeKeep(f"This file is larger than {LARGEST // 2**20} MB. Please send it smaller, or in parts.")
    found = next((kind for beginning, kind in _BY_BEGINNING if content.startswith(beginning)), None)
    found = found or _webp(content) or _docx(content) or _text(content)
    if found is None:
        raise NotAFileWeKeep(f"This is no file that is kept here. Kept are {_ACCEPTED}.")
    return found


def kind_named(media_type: str) -> FileKind:
    """The kind of a kept file."""
    return _KINDS[media_type]


def _webp(content: bytes) -> FileKind | None:
    return _WEBP if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None


def _docx(content: bytes) -> FileKind | None:
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    except zipfile.BadZipFile:
        return None
    names = {entry.filename for entry in entries}
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        return None
    if any("vbaproject" in name.lower() or name.lower().startswith("word/activex") for name in names):
        raise NotAFileWeKeep("This Word document has macros in it. Please save it without them, or as PDF.")
    if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise NotAFileWeKeep("This Word document unpacks to more than is safe to open. Please save it as PDF.")
    return DOCX


def _text(content: bytes) -> FileKind | None:
    try:
        words = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in words):
        return None
    # A page or a script is text too, and opens as what it is wherever it is saved.
    begins = words.lstrip("\ufeff \t\r\n").lower()
    return None if begins.startswith(("<", "#!", "{\\rtf")) else TEXT
