"""What markup in a form may not hold. Looked for by RE2, so that no text takes long to look through."""

from html import unescape
from typing import Final

import re2

# A script, a handler of an event, an address that runs; the last two anywhere a tag could be.
_SCRIPT: Final = re2.compile(r"(?i)<\s*/?\s*script|<[^>]*[\s/\"']on[a-z]{3,20}\s*=|javascript\s*:")
_REACHES_OUT: Final = re2.compile(
    r"(?i)<\s*(?:iframe|object|embed|form|link|meta|base)\b|<\s*img[^>]*\bsrc\s*=\s*[\"']?\s*(?:https?:)?//"
)
_TAG: Final = re2.compile(r"<[^<>]*>")
_BREAK: Final = re2.compile(r"(?i)<\s*(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]*>")


def holds_script(text: str) -> bool:
    """Whether it would run something in a browser that believed it."""
    return ("<" in text or ":" in text) and _SCRIPT.search(text) is not None


def reaches_out(text: str) -> bool:
    """Whether it would fetch something from elsewhere."""
    return "<" in text and _REACHES_OUT.search(text) is not None


def plain(text: str) -> str:
    """The words of a text with markup, one line a block."""
    if "<" not in text:
        return text.strip()
    lines = unescape(_TAG.sub("", _BREAK.sub("\n", text))).replace("\xa0", " ").splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())
