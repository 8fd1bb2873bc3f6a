"""Which answers say something about the record: they are proposed to it field by field, never written unseen. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from workbench.kernel.errors import WorkbenchError


@dataclass(frozen=True)
class Field:
    """One thing the record says. of_file: a name in the details of the file. is_clinical: for who reads the chart."""

    words: str
    of_file: bool = False
    is_clinical: bool = False


FIELDS: Final[Mapping[str, Field]] = {
    "preferred_name": Field("Name they go by", of_file=True),
    "pronouns": Field("Pronouns", of_file=True),
    "phone": Field("Phone", of_file=True),
    "email": Field("E-mail", of_file=True),
    "street": Field("Street", of_file=True),
    "city": Field("City", of_file=True),
    "state": Field("State", of_file=True),
    "zip_code": Field("ZIP code", of_file=True),
    "emergency_contact": Field("Emergency contact"),
    "insurer": Field("Insurer"),
    "member_number": Field("Member number"),
    "medication": Field("Medication", is_clinical=True),
    "allergies": Field("Allergies", is_clinical=True),
}
"""By their keys, in the order staff read them."""

_PATHS: Final = {"patient.pronouns": "pronouns", "patient.phone": "phone", "patient.email": "email"}
_QUESTIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "intake-self-report": {
        "called": "preferred_name", "reach": "phone", "street": "street", "city": "city", "state": "state",
        "zip": "zip_code", "insurer": "insurer", "member": "member_number", "medicines": "medication",
        "allergies": "allergies",
    },
    "emergency-contact": {
        "contact_name": "emergency_contact", "contact_relation": "emergency_contact",
        "contact_when": "emergency_contact",
    },
    "cards": {"cd_payer": "insurer", "cd_member": "member_number"},
}  # fmt: skip
"""Of templates of the library: which question speaks of which field. Several for one field are put together."""


class AlreadyDecided(WorkbenchError):
    """Somebody decided about it before."""

    def __init__(self) -> None:
        super().__init__("Somebody decided about this answer in the meantime. Please look at what the file says now.")


@dataclass(frozen=True)
class Answered:
    """One answer in words, and by which path of the record its question was filled in."""

    link_id: str
    words: str
    prefilled_by: str


def field_of(library_key: str, one: Answered) -> str:
    """The field an answer speaks of; "" for none."""
    return _QUESTIONS.get(library_key, {}).get(one.link_id) or _PATHS.get(one.prefilled_by, "")


def proposed(library_key: str, answers: Iterable[Answered], now: Mapping[str, str]) -> dict[str, str]:
    """Values by field, where they are another than what the record says. now: what it says, by field.

    An empty answer proposes nothing: to leave a question out says nothing about the record.
    """
    said: dict[str, list[str]] = {}
    for one in answers:
        if (name := field_of(library_key, one)) and one.words.strip():
            said.setdefault(name, []).append(one.words.strip())
    found = {name: "; ".join(parts) for name, parts in said.items()}
    return {name: value for name, value in found.items() if _plain(name, value) != _plain(name, now.get(name, ""))}


def _plain(name: str, value: str) -> str:
    """As two values are compared: a telephone by its digits."""
    if name == "phone":
        digits = "".join(letter for letter in value if letter in "0123456789")
        return digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    return " ".join(value.split()).casefold() if name == "email" else " ".join(value.split())
