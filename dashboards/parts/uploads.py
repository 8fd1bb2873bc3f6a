"""Files on their way from a browser, in pieces of at most 512 KiB, kept in memory until their form is sent."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass, field

from dashboards.parts.message import CHUNK_BYTES, BadMessage, Message, UploadedFile

MOST_FILES = 20
MOST_BYTES = 25 * 1024 * 1024
"""All files of one person that wait for their form, together."""


@dataclass
class _Waiting:
    filename: str
    media_type: str
    content: bytearray = field(default_factory=bytearray)


class Uploads:
    """The files one person has sent whose form has not come yet. inspect: looks at each whole file, or refuses it."""

    def __init__(self, inspect: Callable[[bytes], None] = lambda content: None) -> None:  # noqa: ARG005
        self._inspect = inspect
        self._waiting: dict[str, _Waiting] = {}

    def take_piece(self, message: Message) -> None:
        """Keep one piece; pieces of a file come in order.

        Raises:
            BadMessage: too large, too many, or not a piece.
        """
        name, piece = message.text("upload"), _piece(message.text("data"))
        held = sum(len(waiting.content) for waiting in self._waiting.values())
        if held + len(piece) > MOST_BYTES:
            self._waiting.clear()
            raise BadMessage(f"The files are larger than {MOST_BYTES // 2**20} MB together. Please send fewer.")
        if name not in self._waiting:
            if len(self._waiting) >= MOST_FILES:
                raise BadMessage(f"Please send at most {MOST_FILES} files at once.")
            self._waiting[name] = _Waiting(message.text("filename")[:200], message.text("media_type")[:100])
        if message.text("at") != str(len(self._waiting[name].content)):
            del self._waiting[name]
            raise BadMessage("The file did not arrive in one piece. Please send it again.")
        self._waiting[name].content.extend(piece)

    def with_files(self, message: Message) -> Message:
        """The message of a form with the files it names in fields `file:<field>`, which then wait no longer."""
        files: dict[str, tuple[UploadedFile, ...]] = {}
        values = {}
        for name, value in message.values.items():
            if name.startswith("file:"):
                files[name.removeprefix("file:")] = tuple(self._whole(upload) for upload in value)
            else:
                values[name] = value
        return Message(message.do, values, message.key, message.seq, files) if files else message

    def _whole(self, upload: str) -> UploadedFile:
        waiting = self._waiting.pop(upload, None)
        if waiting is None:
            raise BadMessage("The file did not arrive in one piece. Please send it again.")
        content = bytes(waiting.content)
        self._inspect(content)
        return UploadedFile(waiting.filename, waiting.media_type, content)


def _piece(text: str) -> bytes:
    if len(text) > CHUNK_BYTES * 4 // 3 + 4:
        raise BadMessage("The file came in pieces that are too large. Please send it again.")
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise BadMessage("The file did not arrive in one piece. Please send it again.") from error
