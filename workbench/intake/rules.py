"""What a packet holds and whom it is for. Pure: JSON in and out, no clock, no database."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

from workbench.kernel.errors import WorkbenchError

LONGEST_NAME: Final = 120
MOST_ITEMS: Final = 30
OF_AGE: Final = 18


class ItemKind(StrEnum):
    """What stands in a packet. Stored values."""

    FORM = "form"
    MEASURE = "measure"


class Ages(StrEnum):
    """For whom. Stored values."""

    ANY = "any"
    MINOR = "minor"
    ADULT = "adult"


class PacketUnclear(WorkbenchError):
    """Something is missing or is nothing. `fields`: a sentence by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("Please look at the marked fields.")
        self.fields = fields


class PacketUnused(WorkbenchError):
    """The packet is not assigned any more."""

    def __init__(self) -> None:
        super().__init__("This packet is not in use now. Please choose again.")
        self.fields = {"packet_id": str(self)}


class AlreadyAssigned(WorkbenchError):
    """They have it and are not done."""

    def __init__(self) -> None:
        super().__init__("This packet is with them already and is not finished.")
        self.fields = {"packet_id": str(self)}


@dataclass(frozen=True)
class PacketItem:
    """One thing to fill in. key: the id of a form, or the rule of a measure."""

    kind: ItemKind
    key: str
    is_required: bool = True


@dataclass(frozen=True)
class PacketRules:
    """When a booking assigns it: everything said must hold. by_booking: else only staff assign it, by hand.

    is_first: only with the first appointment. type_ids: kinds of appointments, none for any. payers: how claims are
    filed with their plan (SBR09, such as MC), none for any.
    """

    by_booking: bool = False
    is_first: bool = True
    ages: Ages = Ages.ANY
    is_telehealth: bool = False
    type_ids: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()


@dataclass(frozen=True)
class BookingFacts:
    """What is known when an appointment is booked. age: whole years on the day of the appointment."""

    is_first: bool
    age: int
    is_telehealth: bool
    type_id: str
    payers: frozenset[str]


def fits(rules: PacketRules, facts: BookingFacts) -> bool:
    """Whether this booking assigns it."""
    of_age = facts.age >= OF_AGE
    return (
        rules.by_booking
        and (facts.is_first or not rules.is_first)
        and (rules.ages is Ages.ANY or (rules.ages is Ages.ADULT) is of_age)
        and (facts.is_telehealth or not rules.is_telehealth)
        and (not rules.type_ids or facts.type_id in rules.type_ids)
        and (not rules.payers or not facts.payers.isdisjoint(rules.payers))
    )


def checked_packet(name: str, items: Iterable[PacketItem]) -> tuple[str, tuple[PacketItem, ...]]:
    """Name and contents as they are kept.

    Raises:
        PacketUnclear.
    """
    kept, tidy = tuple(dict.fromkeys(items)), " ".join(name.split())
    problems = {}
    if not 0 < len(tidy) <= LONGEST_NAME:
        problems["name"] = f"Give it a name of at most {LONGEST_NAME} letters."
    if not 0 < len(kept) <= MOST_ITEMS:
        problems["items"] = f"Choose at least one form or measure, and at most {MOST_ITEMS}."
    if len({(one.kind, one.key) for one in kept}) < len(kept):
        problems["items"] = "Each form and measure stands in a packet once."
    if problems:
        raise PacketUnclear(problems)
    return tidy, kept


def write_items(items: Iterable[PacketItem]) -> str:
    """Contents as they are stored."""
    return json.dumps([asdict(one) for one in items])


def read_items(stored: str) -> tuple[PacketItem, ...]:
    """Contents of a version."""
    return tuple(PacketItem(ItemKind(one["kind"]), one["key"], one["is_required"]) for one in json.loads(stored))


def write_rules(rules: PacketRules) -> str:
    """Rules as they are stored."""
    return json.dumps(asdict(rules))


def read_rules(stored: str) -> PacketRules:
    """Rules of a version."""
    said = json.loads(stored)
    return PacketRules(
        said["by_booking"], said["is_first"], Ages(said["ages"]), said["is_telehealth"], tuple(said["type_ids"]),
        tuple(said["payers"]),
    )  # fmt: skip
