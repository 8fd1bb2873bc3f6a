"""What goes into a copy and what stays behind. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final

from workbench.paper.leaf import Leaf, RecordKind
from workbench.releases.part_2 import ConsentStanding, Marks, consent_for, same_name
from workbench.releases.part_2_tables import ConsentKind
from workbench.releases.rules import LEGAL, LONGEST, ORDER_WORDS, ORDERS, Ground, ReleaseUnclear
from workbench.releases.tables import ReleaseText

_FITTING: Final = {
    Ground.AUTHORIZATION: (ConsentKind.NAMED,),
    Ground.CARE: (ConsentKind.CARE, ConsentKind.NAMED),
    Ground.PAYER: (ConsentKind.CARE, ConsentKind.NAMED),
    Ground.SUBPOENA: (ConsentKind.PROCEEDINGS,),
    Ground.COURT_ORDER: (ConsentKind.PROCEEDINGS,),
}


class LeftBehind(StrEnum):
    """Why a record does not go. Told to who approves, to nobody else."""

    DRAFT = "draft"
    PART_2 = "part_2"
    RESTRICTED = "restricted"


LEFT_WORDS: Final = {
    LeftBehind.DRAFT: "not signed yet",
    LeftBehind.PART_2: "under 42 CFR part 2, without a consent or an order that covers this recipient",
    LeftBehind.RESTRICTED: "under a restriction the practice agreed to",
}


@dataclass(frozen=True)
class Asked:
    """What a copy is to hold, for whom and by which right. from_on, to_on: both included, None: no bound."""

    ground: Ground
    recipient: str
    kinds: frozenset[RecordKind]
    from_on: date | None = None
    to_on: date | None = None
    order_under: str = ""
    proceeding: str = ""

    @property
    def is_ordered(self) -> bool:
        """Whether a court ordered it under the section that fits the proceeding."""
        return (
            self.ground is Ground.COURT_ORDER
            and bool(ORDERS.get(self.proceeding))
            and (self.order_under == ORDERS[self.proceeding])
        )


@dataclass(frozen=True)
class Held:
    """A restriction in force."""

    against: str
    recipient: str
    kinds: frozenset[str]
    from_on: date | None
    to_on: date | None

    def keeps(self, leaf: Leaf, asked: Asked) -> bool:
        """Whether it keeps this record from this recipient.

        What a court orders, and what the person takes of their own, no restriction keeps (164.522(a)(1)(v)).
        """
        if asked.ground in (Ground.COURT_ORDER, Ground.OWN_ACCESS):
            return False
        is_meant = (
            self.against == "all"
            or (self.against == "payers" and asked.ground is Ground.PAYER)
            or (self.against == "named" and same_name(self.recipient) == same_name(asked.recipient))
        )
        return is_meant and leaf.kind in self.kinds and within(leaf.on, self.from_on, self.to_on)


@dataclass(frozen=True)
class Standing:
    """What holds of one person's record now."""

    today: date
    marks: Marks = field(default_factory=Marks)
    consents: tuple[ConsentStanding, ...] = ()
    restrictions: tuple[Held, ...] = ()


@dataclass(frozen=True)
class Choice:
    """goes: in order of day. left: what was asked for and stays, with the reason. part_2: ids of what goes under it.

    consent: what the Part 2 data goes by; None where a court ordered it, or none goes.
    """

    goes: tuple[Leaf, ...]
    left: tuple[tuple[Leaf, LeftBehind], ...]
    part_2: frozenset[str]
    consent: ConsentStanding | None


def choose(leaves: Iterable[Leaf], asked: Asked, standing: Standing) -> Choice:
    """What goes and what stays."""
    fitting = _FITTING.get(asked.ground, ())
    consent = consent_for(standing.consents, fitting, asked.recipient, standing.today)
    may_part_2 = consent is not None or asked.is_ordered or asked.ground is Ground.OWN_ACCESS
    goes, left, part_2 = [], [], set()
    for leaf in sorted(leaves, key=lambda one: (one.on, one.kind, one.record_id)):
        if leaf.kind not in asked.kinds or not within(leaf.on, asked.from_on, asked.to_on):
            continue
        is_part_2 = standing.marks.cover(leaf.kind, leaf.record_id, leaf.on)
        if why := _why_not(leaf, asked, standing, is_held=is_part_2 and not may_part_2):
            left.append((leaf, why))
            continue
        goes.append(leaf)
        if is_part_2:
            part_2.add(leaf.record_id)
    return Choice(tuple(goes), tuple(left), frozenset(part_2), consent if part_2 else None)


def _why_not(leaf: Leaf, asked: Asked, standing: Standing, *, is_held: bool) -> LeftBehind | None:
    # What is held back under Part 2 is told as that, also of a draft: who approves learns the stronger reason.
    if is_held:
        return LeftBehind.PART_2
    if any(one.keeps(leaf, asked) for one in standing.restrictions):
        return LeftBehind.RESTRICTED
    return None if leaf.is_final else LeftBehind.DRAFT


def is_same(one: Asked, other: Asked) -> bool:
    """Whether both ask for the same copy, however the recipient's name was typed."""
    return replace(one, recipient=same_name(one.recipient)) == replace(other, recipient=same_name(other.recipient))


def within(on: date, from_on: date | None, to_on: date | None) -> bool:
    """Whether a day lies between these, both included."""
    return (from_on is None or from_on <= on) and (to_on is None or on <= to_on)


def checked_request(asked: Asked, told: ReleaseText, *, expires_on: date | None, today: date) -> ReleaseText:
    """What is kept of a request.

    Raises:
        ReleaseUnclear: by field.
    """
    tidy = ReleaseText(*(" ".join(one.split()) for one in (told.recipient, told.address, told.purpose, told.authority)))
    problems = {
        name: said for name, said in (
            ("recipient", "Please name who gets it."), ("address", "Please say where it is sent."),
            ("purpose", "Please say what it is for."), ("authority", "Please name the paper it rests on and its date."),
        ) if not 0 < len(getattr(tidy, name)) <= LONGEST
    }  # fmt: skip
    if not asked.kinds:
        problems["kinds"] = "Please choose at least one kind of record."
    if asked.from_on and asked.to_on and asked.to_on < asked.from_on:
        problems["to_on"] = "The last day comes after the first."
    if asked.ground is Ground.AUTHORIZATION and expires_on is None:
        problems["expires_on"] = "An authorization has an end (45 CFR 164.508(c)(1)(v)). Please give its day."
    if expires_on is not None and expires_on <= today:
        problems["expires_on"] = "This paper has expired. Ask the person for a new one."
    if asked.order_under not in ORDER_WORDS:
        problems["order_under"] = "Please choose one."
    if asked.ground in LEGAL and asked.proceeding not in ORDERS:
        problems["proceeding"] = "Please say what the proceeding is."
    if asked.order_under and asked.ground is not Ground.COURT_ORDER:
        problems["order_under"] = "An order is a court order: choose that as the ground."
    if problems:
        raise ReleaseUnclear(problems)
    return tidy
