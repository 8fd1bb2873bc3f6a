"""The library's templates in other languages: a file a language, by the English words, so that blocks are said once.

A template that names a language is whole in it, or it is refused when it is read. Codes of answers are made from the
English words and stay.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from workbench.forms.line_parts import every
from workbench.forms.translating import STATUS, TRANSLATION

_FORMAT: Final = "http://hl7.org/fhir/StructureDefinition/entryFormat"
_PLACE: Final = re.compile(r"\{([Cc])lient\}")


@dataclass(frozen=True)
class Language:
    """status: how far it was reviewed. clients: the practice's word for a patient by its English one."""

    tag: str
    status: str
    clients: Mapping[str, str]
    words: Mapping[str, str]


@cache
def language(tag: str) -> Language:
    """A language the library has words in."""
    file = resources.files("workbench.library") / "translations" / f"{tag}.toml"
    said = tomllib.loads(file.read_text(encoding="utf-8"))
    return Language(tag, said["status"], said["client"], said["words"])


def translate(document: dict[str, Any], tag: str, client: str) -> None:
    """Say a template in one more language. client: the practice's word for a patient, in English and small letters.

    Raises:
        ValueError: a text of it is not in the language's file.
    """
    spoken = language(tag)
    own = spoken.clients.get(client, "persona")

    def said(english: str) -> dict[str, Any]:
        key = re.sub(r"«([Cc])lient»", r"{\1lient}", english)
        if key not in spoken.words:
            raise ValueError(f"{tag}: “{key}” is not translated")
        told = _PLACE.sub(lambda found: own if found[1] == "c" else own.capitalize(), spoken.words[key])
        parts = [{"url": "lang", "valueCode": tag}, {"url": "content", "valueString": told}]
        return {"extension": [{"url": TRANSLATION, "extension": parts}]}

    document["_title"] = said(document["title"])
    for item in every(document):
        if "text" in item:
            item["_text"] = said(item["text"])
        for one in item.get("answerOption", ()):
            one["valueCoding"]["_display"] = said(one["valueCoding"]["display"])
        for one in item.get("extension", ()):
            if one["url"] == _FORMAT:
                one["_valueString"] = said(one["valueString"])
    status = [{"url": "lang", "valueCode": tag}, {"url": "status", "valueCode": spoken.status}]
    document.setdefault("extension", []).append({"url": STATUS, "extension": status})
