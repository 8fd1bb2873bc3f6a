"""What a place of the practice can be, and what is wrong with one somebody wants to add. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Final

from workbench.kernel.errors import WorkbenchError
from workbench.people.rules import STATES, ZONES, DetailsUnclear
from workbench.x12.identifiers import is_npi

LONGEST: Final = 60


class PlaceKind(StrEnum):
    """What a place is. Stored values. At all but the first somebody is met."""

    TELEHEALTH = "telehealth"
    OFFICE = "office"
    HOME = "home"
    SCHOOL = "school"


CODES: Final[Mapping[PlaceKind, Mapping[str, str]]] = {
    PlaceKind.OFFICE: {
        "11": "Office",
        "50": "Federally qualified health center",
        "53": "Community mental health center",
        "22": "On-campus outpatient hospital",
        "19": "Off-campus outpatient hospital",
    },
    PlaceKind.TELEHEALTH: {"10": "By video, at home", "02": "By video, elsewhere"},
    PlaceKind.HOME: {
        "12": "Home",
        "13": "Assisted living",
        "14": "Group home",
        "33": "Custodial care",
        "99": "Another place",
    },
    PlaceKind.SCHOOL: {"03": "School"},
}
"""The codes a claim may name for each kind, the usual one first (CMS place of service code set)."""


@dataclass(frozen=True)
class PlaceDetails:
    """What is said of a place. zone: where its clock is another one than the practice's (IANA), else ""."""

    name: str
    kind: str
    place_code: str
    npi: str = ""
    zone: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    zip_code: str = ""


class PlaceThere(DetailsUnclear):
    """A place in use has the name."""

    def __init__(self) -> None:
        super().__init__({"name": "A place of this name is in use already. Choose another name."})


class NotTheSamePlace(DetailsUnclear):
    """A place people come to cannot turn into video, nor the other way round: what is booked there would move."""

    def __init__(self) -> None:
        super().__init__({"kind": "By video stays by video, and what people come to stays so. Add another place."})


class NothingDifferent(WorkbenchError):
    """The place is all of this already."""

    def __init__(self) -> None:
        super().__init__("Nothing is different from what is said of this place.")


class PlaceRetired(WorkbenchError):
    """It is used no more."""

    def __init__(self) -> None:
        super().__init__("This place is used no more. Please choose another one.")
        self.fields = {"location_id": str(self)}


class PlaceInUse(WorkbenchError):
    """Something still hangs on it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}. Then the place can be retired.")


def checked_place(details: PlaceDetails) -> PlaceDetails:
    """The details as they are kept.

    Raises:
        DetailsUnclear: with a sentence for every field that cannot be used, all at once.
    """
    told = {one.name: " ".join(str(getattr(details, one.name)).split()) for one in fields(details)}
    tidy = PlaceDetails(**told)
    tidy = replace(tidy, state=tidy.state.upper(), npi=tidy.npi.replace(" ", ""))
    if problems := dict(_problems(tidy)):
        raise DetailsUnclear(problems)
    return tidy


def _problems(tidy: PlaceDetails) -> Iterator[tuple[str, str]]:
    if not 0 < len(tidy.name) <= LONGEST:
        yield "name", f"Give the place a name of {LONGEST} letters at most."
    if tidy.kind not in tuple(PlaceKind):
        yield "kind", "Please choose what it is."
    elif tidy.place_code not in CODES[PlaceKind(tidy.kind)]:
        yield "place_code", "This code is not one of such a place. Please choose again."
    if tidy.npi and not is_npi(tidy.npi):
        yield "npi", "An NPI has ten digits, the last of which proves the others. Please look at it again."
    if tidy.zone and tidy.zone not in ZONES:
        yield "zone", "Please choose a time zone."
    for name in ("street", "city"):
        if len(getattr(tidy, name)) > LONGEST:
            yield name, f"{LONGEST} letters at most."
    if tidy.state and tidy.state not in STATES:
        yield "state", "Please give the two letters of a state, such as OR."
    if tidy.zip_code and not re.fullmatch(r"\d{5}(-?\d{4})?", tidy.zip_code, re.ASCII):
        yield "zip_code", "Please give five or nine digits."
