"""Who may be registered as what, and what a person can be found by. Pure: no clock, no database, no keys."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from metaphone import doublemetaphone

from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import whole_years
from workbench.people.tables import PatientDetails, Staff

OLDEST_YEARS: Final = 120
LONGEST_PREFIX: Final = 12
"""Letters of a name that are told apart while typing; whoever types more finds the same people."""

STATES: Final = frozenset({
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA",
    "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR",
    "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "AS", "GU", "MP", "PR", "VI",
})  # fmt: skip
"""The two-letter codes that a claim's address may name (USPS Publication 28, appendix B)."""

ZONES: Final = {
    "America/New_York": "Eastern",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Phoenix": "Arizona",
    "America/Los_Angeles": "Pacific",
    "America/Anchorage": "Alaska",
    "America/Adak": "Aleutian",
    "Pacific/Honolulu": "Hawaii",
    "America/Puerto_Rico": "Atlantic (Puerto Rico)",
    "Pacific/Pago_Pago": "Samoa",
    "Pacific/Guam": "Chamorro (Guam)",
}
"""The zones somebody in the United States can be in, as they are called."""

SEXES: Final = frozenset({"F", "M", "U"})


class DetailsUnclear(WorkbenchError):
    """Some fields cannot be used as they are. `fields`: a kind sentence for each, by its name."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("Some of this cannot be used yet. Please look at the marked fields.")
        self.fields = dict(fields)


class AlreadyRegistered(WorkbenchError):
    """A file for this name and birth date exists. Two people may share both, so a person decides."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"File {number} already has this name and birth date. Open it, or confirm that this is somebody else."
        )
        self.number = number


class NothingCorrected(WorkbenchError):
    """The file says all of this already."""

    def __init__(self) -> None:
        super().__init__("Nothing is different from what the file says.")


class ClinicianGone(WorkbenchError):
    """The person does not see patients at the practice on that day."""

    def __init__(self) -> None:
        super().__init__("This clinician does not see anybody here on that day. Please choose another clinician.")


class NoLongerHere(WorkbenchError):
    """The person does not work at the practice any more."""

    def __init__(self) -> None:
        super().__init__("This person does not work here any more.")


def check_here(staff: Staff, on: date) -> None:
    """Insist that a member of staff has not left by that day. Who begins later may be prepared for.

    Raises:
        NoLongerHere: they have left.
    """
    if staff.ended_on is not None and staff.ended_on <= on:
        raise NoLongerHere


def practises(clinician: Staff, on: date) -> bool:
    """Whether a member of staff sees patients on that day: from the first day of work until before the end."""
    gone = clinician.ended_on is not None and on >= clinician.ended_on
    return clinician.is_clinician and on >= clinician.started_on and not gone


def check_practising(clinician: Staff, on: date) -> None:
    """Insist that `clinician` practises on that day.

    Raises:
        ClinicianGone: no.
    """
    if not practises(clinician, on):
        raise ClinicianGone


def checked(details: PatientDetails, today: date) -> PatientDetails:
    """The details as they are kept: no space around them, phone as ten digits, state and sex in capitals.

    Raises:
        DetailsUnclear: with a sentence for every field that cannot be used, all at once.
    """
    texts: dict[str, Any] = {name: " ".join(str(getattr(details, name)).split()) for name in _TEXTS}
    tidy = replace(
        details,
        **texts,
        phone=phone_digits(details.phone),
        sex=details.sex.strip().upper() or "U",
        state=details.state.strip().upper(),
    )
    if problems := dict(_problems(details, tidy, today)):
        raise DetailsUnclear(problems)
    return tidy


_TEXTS = ("given_name", "family_name", "preferred_name", "pronouns", "email", "street", "city", "zip_code")


def _problems(typed: PatientDetails, tidy: PatientDetails, today: date) -> Iterator[tuple[str, str]]:
    for name, what in (("given_name", "first name"), ("family_name", "last name")):
        if not any(letter.isalpha() for letter in getattr(tidy, name)):
            yield name, f"Please give the {what}."
    for name in _TEXTS:
        if len(getattr(tidy, name)) > 100:
            yield name, "This is longer than 100 characters. Please shorten it."
    if tidy.born_on > today:
        yield "born_on", "This day is still to come. Please check the year."
    elif today.year - tidy.born_on.year > OLDEST_YEARS:
        yield "born_on", f"This is more than {OLDEST_YEARS} years ago. Please check the year."
    if typed.phone.strip() and len(tidy.phone) != 10:
        yield "phone", "Please give ten digits, such as 555-010-0123."
    if tidy.email and not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", tidy.email):
        yield "email", "Please give an address such as name@example.com."
    if tidy.zone and tidy.zone not in ZONES:
        yield "zone", "Please choose a time zone of the list."
    if tidy.sex not in SEXES:
        yield "sex", "Please choose female, male or unknown, as the insurer has it."
    if tidy.state and tidy.state not in STATES:
        yield "state", "Please give the two letters of a state, such as OR."
    if tidy.zip_code and not re.fullmatch(r"\d{5}(-?\d{4})?", tidy.zip_code, re.ASCII):
        yield "zip_code", "Please give five or nine digits."


def scoring_facts(details: PatientDetails, today: date) -> dict[str, int | str]:
    """What cut-offs of measures hang on: age in years, and sex where the file says one."""
    sex = {"F": "female", "M": "male"}.get(details.sex)
    return {"age": whole_years(details.born_on, today), **({"sex": sex} if sex else {})}


def zone_of(details: PatientDetails, practice: ZoneInfo) -> ZoneInfo:
    """The clock the person lives by: their own, or the practice's where nothing else was said."""
    return ZoneInfo(details.zone) if details.zone else practice


def phone_digits(typed: str) -> str:
    """The digits of a US phone number without the country code; other input keeps all its digits, to be refused."""
    digits = "".join(character for character in typed if character in "0123456789")
    return digits[1:] if len(digits) == 11 and digits.startswith("1") else digits


@dataclass(frozen=True)
class Clue:
    """One thing a person can be found by. `field` keeps equal values of different fields apart."""

    field: str
    value: str


PREFIX, SOUND, BORN, PHONE, SAME = "name prefix", "name sound", "born on", "phone", "name and birth"


def clues(details: PatientDetails) -> frozenset[Clue]:
    """Everything this person can be found by: two letters of a name and more, its sound, birth date, phone digits."""
    found = {Clue(BORN, details.born_on.isoformat()), same_person(details)}
    for word in _words(f"{details.given_name} {details.family_name} {details.preferred_name}"):
        found |= {Clue(PREFIX, word[:length]) for length in range(2, min(len(word), LONGEST_PREFIX) + 1)}
        found |= {Clue(SOUND, sound) for sound in _sounds(word)}
    if details.phone:
        found |= {Clue(PHONE, details.phone), Clue(PHONE, details.phone[-4:])}
    return frozenset(found)


def same_person(details: PatientDetails) -> Clue:
    """What two files of one person share: whole name and birth date, whatever the accents and capitals."""
    names = "|".join(_words(f"{details.given_name} {details.family_name}"))
    return Clue(SAME, f"{names}|{details.born_on.isoformat()}")


@dataclass(frozen=True)
class Sought:
    """What somebody typed, understood. Each set of `all_of` is met by any of its clues; `number` is a file number."""

    all_of: tuple[frozenset[Clue], ...] = ()
    number: int | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether too little was typed to look for anybody."""
        return not self.all_of and self.number is None


def sought(typed: str, *, by_sound: bool = False) -> Sought:
    """What to look for: names (two letters or more), a birth date, a file number, a phone number or its last four.

    Several words must all fit one person. by_sound: names that sound alike instead of beginning alike.
    """
    text, born = _take_birth_date(typed)
    all_of = [frozenset({Clue(BORN, born.isoformat())})] if born else []
    digits = phone_digits(text)
    number = None
    if digits and not any(letter.isalpha() for letter in text):
        if len(digits) == 10:
            return Sought((*all_of, frozenset({Clue(PHONE, digits)})))
        number = int(digits) if len(digits) <= 9 else None
        if len(digits) == 4:
            all_of.append(frozenset({Clue(PHONE, digits)}))
    for word in _words(text):
        fits = {Clue(SOUND, s) for s in _sounds(word)} if by_sound else {Clue(PREFIX, word[:LONGEST_PREFIX])}
        if fits:
            all_of.append(frozenset(fits))
    return Sought(tuple(all_of), number)


_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", re.ASCII)
_AMERICAN = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b", re.ASCII)


def _take_birth_date(typed: str) -> tuple[str, date | None]:
    iso, american = _ISO.search(typed), _AMERICAN.search(typed)
    found = iso or american
    if found is None:
        return typed, None
    first, second, third = (int(part) for part in found.groups())
    year, month, day = (first, second, third) if iso else (third, first, second)
    try:
        return typed.replace(found.group(), " "), date(year, month, day)
    except ValueError:
        return typed, None


def _words(text: str) -> tuple[str, ...]:
    # José is found by “jo” and by “josé”: accents and capitals go, hyphens and apostrophes part or join words.
    plain = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", "")).casefold()
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(word for word in re.split(r"[^\w]+|\d+|_", letters) if len(word) >= 2)


def _sounds(word: str) -> frozenset[str]:
    return frozenset(sound for sound in doublemetaphone(word) if len(sound) >= 2)
