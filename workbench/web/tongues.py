"""The languages of the pages that everybody signs in by: English, or what a person chose in the portal.

The English sentence is the key, in templates as `_("…")`; `words/es.toml` holds the Spanish one. What it does not hold
is said in English.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from tornado.web import RequestHandler

LANGUAGES: Final[Mapping[str, str]] = {"en": "English", "es": "Español"}
"""By their tags, each in its own name."""
USUAL: Final = "en"
COOKIE: Final = "lang"
_FILE: Final = Path(__file__).parent / "words" / "es.toml"


@cache
def spanish() -> Mapping[str, str]:
    """The Spanish of each English sentence."""
    found: dict[str, str] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return found


def translated(language: str, english: str) -> str:
    """The sentence in this language."""
    return spanish().get(english, english) if language == "es" else english


def kept_cookie(*, secure: bool) -> str:
    """The name of the cookie that keeps the choice."""
    return f"__Host-{COOKIE}" if secure else COOKIE


def chosen_language(handler: RequestHandler, *, secure: bool) -> str:
    """What was chosen in this browser, else the usual one."""
    kept = handler.get_cookie(kept_cookie(secure=secure)) or ""
    return kept if kept in LANGUAGES else USUAL
