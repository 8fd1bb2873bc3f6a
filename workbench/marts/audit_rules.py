"""Who is near to whom, by what the practice knows of both, and when reading is more than usual. Pure.

What comes out of here is never kept as it is: the index of the audit log holds blind tokens of it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Final

from workbench.people.tables import PatientDetails, StaffDetails


class Near(StrEnum):
    """What two people have in common. Stored values of the index."""

    SURNAME = "surname"
    HOME = "home"
    SELF = "self"


@dataclass(frozen=True)
class Mark:
    """Something a person is compared by, in the plainest spelling."""

    near: Near
    value: str


MASS_LEAST: Final = 20
"""Different records in one clock hour that are unusual for anybody; up to this many nobody is asked about."""
MASS_TIMES: Final = 3
"""… and how many times the person's own median of the 30 days before it must be, to tell a busy desk from a trawl."""
MASS_DAYS: Final = 30


def is_mass(opened: int, before: tuple[int, ...]) -> bool:
    """Whether so many different records in one hour are mass reading.

    before: how many they opened in each hour of the 30 days before in which they opened any.
    """
    return opened > MASS_LEAST and opened > MASS_TIMES * (median(before) if before else 0)


def is_after_hours(iso_weekday: int, hour: int, opens: int, closes: int) -> bool:
    """Whether an hour of the practice's clock lies outside its hours: Monday to Friday, `opens <= hour < closes`."""
    return iso_weekday > 5 or not opens <= hour < closes


def marks_of_patient(details: PatientDetails) -> frozenset[Mark]:
    """What a patient is compared by: each part of the surname, street and ZIP code, whole names and e-mail."""
    names = [f"{given} {details.family_name}" for given in (details.given_name, details.preferred_name) if given]
    return frozenset({
        *_surnames(details.family_name), *_home(details.street, details.zip_code), *_selves(names, details.email)
    })  # fmt: skip


def marks_of_staff(details: StaffDetails) -> frozenset[Mark]:
    """What a member of staff is compared by: surname, whole name, e-mail. Their address the practice does not keep."""
    name = f"{details.given_name} {details.family_name}"
    return frozenset({*_surnames(details.family_name), *_selves([name], details.email)})


def _surnames(family_name: str) -> Iterator[Mark]:
    # Fernández-Oak is compared as Fernandez and as Oak: relatives often share one part only.
    yield from (Mark(Near.SURNAME, part) for part in _words(family_name) if len(part) >= 2)


def _selves(names: list[str], email: str) -> Iterator[Mark]:
    yield from (Mark(Near.SELF, "".join(_words(name))) for name in names if len(_words(name)) >= 2)
    if email.strip():
        yield Mark(Near.SELF, email.strip().casefold())


def _home(street: str, zip_code: str) -> Iterator[Mark]:
    """The street without house number and flat, and the five digits: neighbours are all who live in it."""
    words = [_SHORT.get(word, word) for word in _words(_UNIT.sub(" ", street.casefold()))]
    named = [word for word in words if not word[0].isdigit() or _ORDINAL.fullmatch(word)]
    digits = "".join(re.findall(r"\d", zip_code))[:5]
    if named and len(digits) == 5:
        yield Mark(Near.HOME, f"{' '.join(named)} {digits}")


_UNIT: Final = re.compile(r"(\b(apt|apartment|unit|suite|ste|rm|room|fl|floor|lot|bldg)\b\.?|#)\s*\S+")
_ORDINAL: Final = re.compile(r"\d+(st|nd|rd|th)")
_SHORT: Final = {
    "avenue": "ave", "boulevard": "blvd", "circle": "cir", "court": "ct", "drive": "dr", "east": "e", "lane": "ln",
    "north": "n", "parkway": "pkwy", "place": "pl", "road": "rd", "south": "s", "square": "sq", "street": "st",
    "terrace": "ter", "west": "w",
}  # fmt: skip
"""As the post writes them (USPS Publication 28, appendix C)."""


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", "")).casefold()
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return [word for word in re.split(r"[\W_]+", letters) if word]
