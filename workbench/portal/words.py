"""What the portal says, in each language: `words/<page>.toml` holds the texts of one page, side by side.

```toml
[title]
en = "Your appointments"
es = "Sus citas"
reviewed = ["en"]
```
is the key `appointments.title`. `reviewed` names the languages a native reader has approved.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from workbench.kernel.errors import WorkbenchError, sentence
from workbench.web.tongues import LANGUAGES, USUAL

FOLDER: Final = Path(__file__).parent / "words"


@dataclass(frozen=True)
class Phrase:
    """One text in every language, and the languages in which a native reader approved it."""

    texts: Mapping[str, str]
    reviewed: frozenset[str]


@cache
def catalogue() -> Mapping[str, Phrase]:
    """Every phrase by its key, `<file>.<name>`."""
    return {
        f"{path.stem}.{name}": Phrase({tag: entry[tag] for tag in LANGUAGES}, frozenset(entry.get("reviewed", ())))
        for path in sorted(FOLDER.glob("*.toml"))
        for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


def said(language: str, key: str, **values: object) -> str:
    """The text of a key, with its `{places}` filled in.

    Raises:
        KeyError: there is no such key. A bug: the tests read every key that a page names.
    """
    return catalogue()[key].texts[language].format(**values)


def said_of(language: str, error: WorkbenchError) -> str:
    """A refusal in this language: in English its own sentence, else the key `errors.<its class>`, if there is one."""
    if language == USUAL:
        return sentence(error)
    key = f"errors.{type(error).__name__}"
    return said(language, key if key in catalogue() else "errors.refused_more")


def language_of(asked: str, kept: str, accepted: str) -> str:
    """The language to speak: as the address asks, as it was chosen before, as the browser says, else the usual one.

    accepted: the browser's `Accept-Language`, such as `es-MX,es;q=0.9,en;q=0.5`; its order is taken for its wish.
    """
    wishes = (one.partition(";")[0].strip().partition("-")[0].lower() for one in accepted.split(","))
    return next((one for one in (asked, kept, *wishes) if one in LANGUAGES), USUAL)
