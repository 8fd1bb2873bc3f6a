"""Regular expressions of strangers, run by RE2: the time grows with the text and no faster, whatever the pattern.

What RE2 does not have (looking ahead, referring back) is kept in the form and not checked, and the import says so.
"""

from functools import lru_cache
from typing import Final

import re2

_LONGEST: Final = 500
_MEMORY: Final = 1 << 20


def unsafe(pattern: str) -> str:
    """Why a pattern is not checked; empty where it is."""
    if len(pattern) > _LONGEST:
        return f"it is longer than {_LONGEST} characters"
    return "" if _compiled(pattern) else "it is no regular expression that ends in good time"


def keeps_to(pattern: str, text: str) -> bool:
    """Whether the whole text is of the pattern. FHIR's regex is of the whole answer."""
    compiled = _compiled(pattern)
    return compiled is None or compiled.fullmatch(text) is not None


@lru_cache(maxsize=500)
def _compiled(pattern: str) -> "re2._Regexp[str] | None":
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return re2.compile(pattern, options)
    except re2.error:
        return None
