"""The templates this product brings along: one file each, in outlines of our own words. Knows no practice.

A file has a head in TOML, a line of three dashes, and the outline. Source of the list and of what each needs: the
templates' research of this product; each file names the regulation or convention it rests on.
"""

import re
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, Final

from workbench.forms.documents import digest
from workbench.forms.library_words import translate
from workbench.forms.outline import items_of
from workbench.kernel.errors import WorkbenchError

URL: Final = "urn:therapy-practice-workbench:template:"
# In a file {client} stands where the practice's own word goes; while lines are read, braces mean answers.
_WORDS: Final = re.compile(r"«([Cc])lient»")
_OF_A_SERVICE: Final = frozenset({"head", "risk", "sign"})
_OF_A_SESSION: Final = _OF_A_SERVICE | {"thread", "plan"}


class Kind(StrEnum):
    """What a template is for; the folder it lies in."""

    PROGRESS = "progress"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    CONTACT = "contact"
    LETTER = "letter"
    CONSENT = "consent"


class Signer(StrEnum):
    """Who signs, in this order."""

    CLINICIAN = "clinician"
    PRESCRIBER = "prescriber"
    SUPERVISOR = "supervisor"
    PATIENT = "patient"
    GUARDIAN = "guardian"
    PATIENT_OR_GUARDIAN = "patient or guardian"
    OFFICE = "office"


class Mark(StrEnum):
    """What else holds for a template."""

    BILLABLE = "billable"
    """It documents a service: it has a head, risk and a signature; a session the golden thread and next steps too."""
    PART_TWO = "part two"
    """What is in it is protected by 42 CFR Part 2."""
    PRACTICE = "practice"
    """It is about no single patient and is in nobody's chart."""
    RELEASE = "release"
    """It leaves the practice only by a release or another legal basis."""
    RESTRICTED = "restricted"
    """Fewer people see it than the rest of the chart."""
    ALONE = "alone"
    """It may not be joined with another consent."""
    OFF = "off"
    """It is not offered before the practice asks for it by itself."""


class NoSuchTemplate(WorkbenchError):
    """The library has none of this name."""

    def __init__(self) -> None:
        super().__init__("The library has no template of this name.")


@dataclass(frozen=True)
class Template:
    """One template. key: its file's name. review_by: when it must have been looked at again.

    languages: those it is in beside English, whole.
    """

    key: str
    kind: Kind
    number: int
    title: str
    version: str
    signers: tuple[Signer, ...]
    marks: frozenset[Mark]
    source: str
    reviewed: date
    review_by: date
    outline: str
    languages: tuple[str, ...] = ()

    def questionnaire(self, patient_word: str = "client") -> dict[str, Any]:
        """The FHIR Questionnaire of it. patient_word: what the practice calls a patient, in small letters."""
        return deepcopy(_built(self, patient_word)[0])

    def shown_title(self, patient_word: str = "client") -> str:
        """Its title with the practice's word."""
        return str(_built(self, patient_word)[0]["title"])

    def hash(self, patient_word: str = "client") -> str:
        """SHA-256 of the questionnaire."""
        return _built(self, patient_word)[1]

    def build(self, patient_word: str) -> dict[str, Any]:
        """Read the outline; `questionnaire` keeps what comes of it."""
        told = {
            "resourceType": "Questionnaire", "status": "draft", "url": f"{URL}{self.key}", "version": self.version,
            "title": _marked(self.title), "subjectType": ["Patient"], "lastReviewDate": self.reviewed.isoformat(),
            "effectivePeriod": {"end": self.review_by.isoformat()}, "purpose": self.source,
            "item": items_of(_marked(self.outline), _blocks()),
        }  # fmt: skip
        for tag in self.languages:
            translate(told, tag, patient_word)
            told["language"] = "en"
        said: dict[str, Any] = _worded(told, patient_word)
        return said


@cache
def _built(template: Template, patient_word: str) -> tuple[dict[str, Any], str]:
    """Made once for each word: the page of the library asks all of them at once."""
    made = template.build(patient_word)
    return made, digest(made)


@cache
def templates() -> Mapping[str, Template]:
    """All of them by key, in the order of their numbers."""
    folder = resources.files("workbench.library") / "templates"
    read = [
        _read(kind, file.name.removesuffix(".outline"), file.read_text(encoding="utf-8"))
        for kind in Kind
        for file in (folder / kind.value).iterdir()
        if file.name.endswith(".outline")
    ]
    return {one.key: one for one in sorted(read, key=lambda one: one.number)}


def template_named(key: str) -> Template:
    """One of them.

    Raises:
        NoSuchTemplate: there is none.
    """
    found = templates().get(key)
    if found is None:
        raise NoSuchTemplate
    return found


@cache
def _blocks() -> Mapping[str, str]:
    folder = resources.files("workbench.library") / "template_blocks"
    return {file.name.removesuffix(".outline"): _marked(file.read_text(encoding="utf-8")) for file in folder.iterdir()}


def _read(kind: Kind, key: str, text: str) -> Template:
    head, _, outline = text.partition("\n---\n")
    said = tomllib.loads(head)
    made = Template(
        key, kind, said["number"], said["title"], said["version"], tuple(Signer(one) for one in said["signers"]),
        frozenset(Mark(one) for one in said["marks"]), said["source"], said["reviewed"], said["review_by"], outline,
        tuple(said.get("languages", ())),
    )  # fmt: skip
    blocks = set(re.findall(r"^@(\w+)$", outline, re.MULTILINE))
    needed = _OF_A_SESSION if kind is Kind.PROGRESS else _OF_A_SERVICE
    if Mark.BILLABLE in made.marks and not needed <= blocks:
        raise ValueError(f"{key}: a service is documented with all of the shared blocks")
    return made


def _marked(outline: str) -> str:
    return re.sub(r"\{([Cc]lient)\}", r"«\1»", outline)


def _worded(value: Any, word: str) -> Any:
    """The same with the practice's word wherever the outline has a place for it."""
    if isinstance(value, str):
        return _WORDS.sub(lambda found: word if found[1] == "c" else word[:1].upper() + word[1:], value)
    if isinstance(value, dict):
        return {name: _worded(one, word) for name, one in value.items()}
    return [_worded(one, word) for one in value] if isinstance(value, list) else value
