"""Whom a clinician can take: languages, licences by state, payers. Pure: no clock, no database."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from workbench.kernel.errors import WorkbenchError
from workbench.people.rules import STATES

LANGUAGES: Final[Mapping[str, str]] = {
    "ar": "Arabic", "bn": "Bengali", "zh": "Chinese", "en": "English", "fr": "French", "de": "German",
    "ht": "Haitian Creole", "hi": "Hindi", "it": "Italian", "ja": "Japanese", "ko": "Korean", "pl": "Polish",
    "pt": "Portuguese", "ru": "Russian", "ase": "Sign language (ASL)", "es": "Spanish", "tl": "Tagalog",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "yi": "Yiddish",
}  # fmt: skip
"""What can be spoken, by ISO 639 code."""


class ProfileUnclear(WorkbenchError):
    """Something of it cannot be kept. `fields`: a sentence by field."""

    def __init__(self, sentence: str, name: str) -> None:
        super().__init__(sentence)
        self.fields = {name: sentence}


@dataclass(frozen=True)
class Profile:
    """What a clinician speaks, where they are licensed and until which day, whose plans they take.

    licences: by state; the day is the last on which it counts. payer_ids: plans the practice bills for them.
    """

    languages: frozenset[str] = frozenset()
    licences: Mapping[str, date] = field(default_factory=dict)
    payer_ids: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sought:
    """What somebody needs of a clinician; "" is no matter.

    state: where they are when they are seen by video. In the office it is the practice's own state that counts, and
    nobody works there without its licence.
    """

    language: str = ""
    state: str = ""
    payer_id: str = ""


ANYBODY: Final = Sought()


def checked_profile(profile: Profile) -> Profile:
    """The profile as it can be kept.

    Raises:
        ProfileUnclear: a language or a state there is not.
    """
    if not profile.languages <= set(LANGUAGES):
        raise ProfileUnclear("There is no such language in the list.", "languages")
    unknown = sorted(set(profile.licences) - STATES)
    if unknown:
        raise ProfileUnclear(f"{unknown[0]} is not a state's two letters, such as NY.", "licences")
    return profile


def suits(profile: Profile | None, sought: Sought, on: date, *, by_video: bool | None) -> bool:
    """Whether a clinician can take somebody on that day. Nobody is ruled out by what was never written down of them.

    by_video: None where it could be either, so that a missing licence only rules out the video.
    """
    if profile is None:
        return True
    ends = profile.licences.get(sought.state)
    return (
        _among(sought.language, profile.languages)
        and _among(sought.payer_id, profile.payer_ids)
        and (not sought.state or not by_video or not profile.licences or (ends is not None and on <= ends))
    )


def _among(wanted: str, has: Collection[str]) -> bool:
    return not wanted or not has or wanted in has
