"""The one way in which text that somebody typed becomes part of markup."""

import unicodedata

from markupsafe import Markup, escape

_KEPT = frozenset("\n\t")


def safe_text(text: object) -> Markup:
    """`text` as markup that shows it and does nothing else: escaped, without control and direction characters.

    Direction characters go too: they can make a name or an amount read backwards beside what it belongs to.
    """
    plain = "".join(character for character in str(text) if character in _KEPT or not _invisible(character))
    return escape(plain)


def _invisible(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Cc", "Cs")
        or 0x202A <= ord(character) <= 0x202E
        or (0x2066 <= ord(character) <= 0x2069)
    )
