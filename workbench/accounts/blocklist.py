"""Passwords that are too well known to be used. A file beside the code; nothing is asked of anybody else."""

import base64
import hashlib
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from workbench import library

FILE: Final = Path(library.__file__).parent / "common_passwords.txt"
DIGEST_BYTES: Final = 5
"""Of SHA-256. Of a hundred million good passwords about five are taken for one of the sixty thousand."""
_SHORTEST_CONTEXT: Final = 4
_OWN_PART: Final = 5
PRODUCT_WORDS: Final = ("therapy practice workbench", "practice workbench", "workbench", "therapy", "practice")


def digest_of(password: str) -> bytes:
    """What the file holds of a password; capital letters and the way an accent is composed make no difference."""
    plain = unicodedata.normalize("NFC", password).casefold()
    return hashlib.sha256(plain.encode()).digest()[:DIGEST_BYTES]


def is_common(password: str) -> bool:
    """Whether the whole password is one of the listed."""
    digests, wanted = _digests(), digest_of(password)
    at = bisect_left(digests, wanted)
    return at < len(digests) and digests[at] == wanted


def context_word_in(password: str, words: Iterable[str]) -> str:
    """The word of the practice, the product or the person that the password is made of, or "".

    Made of: at most four letters and digits besides it. So “Maple Grove 2026” is refused at Maple Grove, and a sentence
    that happens to hold the word is not.
    """
    squeezed = _letters(password)
    for word in sorted(words, key=len, reverse=True):
        plain = _letters(word)
        if len(plain) >= _SHORTEST_CONTEXT and len(squeezed.replace(plain, "")) < _OWN_PART and plain in squeezed:
            return word
    return ""


def _letters(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFC", text).casefold() if character.isalnum())


@cache
def _digests() -> tuple[bytes, ...]:
    packed = base64.urlsafe_b64decode(FILE.read_bytes().strip())
    return tuple(packed[at : at + DIGEST_BYTES] for at in range(0, len(packed), DIGEST_BYTES))
