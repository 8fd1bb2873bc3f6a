"""By which right a copy leaves, what goes into it and what stays behind. Pure."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from workbench.kernel.errors import WorkbenchError
from workbench.paper.leaf import RecordKind
from workbench.releases.tables import DisclosureText

LONGEST: Final = 500
MOST_RECORDS: Final = 300
"""Of one packet: it is set and filed in one piece while nobody else writes."""


class Ground(StrEnum):
    """Why a copy leaves. Stored values."""

    AUTHORIZATION = "authorization"
    OWN_ACCESS = "own_access"
    CARE = "care"
    PAYER = "payer"
    SUBPOENA = "subpoena"
    COURT_ORDER = "court_order"
    REPORT = "report"
    """Required by law or to avert harm: recorded in the accounting, never made into a packet."""


GROUND_WORDS: Final = {
    Ground.AUTHORIZATION: "Written authorization",
    Ground.OWN_ACCESS: "The person's own access",
    Ground.CARE: "Coordination of care",
    Ground.PAYER: "Payer",
    Ground.SUBPOENA: "Subpoena",
    Ground.COURT_ORDER: "Court order",
    Ground.REPORT: "Report required or permitted by law",
}
ASKED_GROUNDS: Final = tuple(one for one in Ground if one is not Ground.REPORT)
EXEMPT: Final = frozenset({Ground.AUTHORIZATION, Ground.OWN_ACCESS, Ground.CARE, Ground.PAYER})
"""What the accounting may leave out: 45 CFR 164.528(a)(1)(i), (ii), (iv)."""
LEGAL: Final = frozenset({Ground.SUBPOENA, Ground.COURT_ORDER})
ORDERS: Final = {"civil": "2.64", "criminal": "2.65"}
"""The section an order must rest on to open Part 2 data, by what the proceeding is (42 CFR 2.61 to 2.65)."""
PROCEEDING_WORDS: Final = {
    "civil": "Civil, administrative or legislative",
    "criminal": "Criminal, against the person",
}
ORDER_WORDS: Final = {
    "": "No order under 42 CFR part 2",
    "2.64": "Order under 42 CFR 2.64",
    "2.65": "Order under 42 CFR 2.65",
}
SUBPOENA_IS_NOT_ENOUGH: Final = (
    "A subpoena alone opens nothing that is under 42 CFR part 2. That takes the person's consent for legal "
    "proceedings, or a court order under 42 CFR 2.64 or 2.65 together with a subpoena."
)


class ReleaseUnclear(WorkbenchError):
    """Something is missing or does not fit. `fields`: a sentence by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("Please look at the marked fields.")
        self.fields = fields


class AskedAlready(WorkbenchError):
    """The same copy waits for its approval."""

    def __init__(self) -> None:
        super().__init__("The same copy for the same recipient waits for approval already. Nothing was asked twice.")


class AnotherApproves(WorkbenchError):
    """Whoever asked does not approve."""

    def __init__(self) -> None:
        super().__init__("You asked for this copy, so somebody else decides about it.")


class ReleaseDecided(WorkbenchError):
    """It was decided before."""

    def __init__(self) -> None:
        super().__init__("This was decided already. The page shows how.")


class PaperExpired(WorkbenchError):
    """What the request rests on counts no longer."""

    def __init__(self) -> None:
        super().__init__("The paper this rests on has expired, so nothing may leave by it. Ask for a new one.")


class PaperRevoked(WorkbenchError):
    """What the request rests on was taken back."""

    def __init__(self) -> None:
        super().__init__("The person took back what this rests on, so nothing may leave by it.")


class NothingToRelease(WorkbenchError):
    """Nothing of what was asked for may go."""

    def __init__(self) -> None:
        super().__init__("Nothing of this record may go to this recipient, so no packet was made. Refuse it.")


class TooMuchAtOnce(WorkbenchError):
    """More records than one packet holds."""

    def __init__(self) -> None:
        super().__init__(f"One packet holds at most {MOST_RECORDS} records. Please ask for a shorter time.")


def checked_words(words: str, name: str = "reason") -> str:
    """A reason that was given.

    Raises:
        ReleaseUnclear.
    """
    if not 0 < len(words.strip()) <= LONGEST:
        raise ReleaseUnclear({name: f"Say why, in at most {LONGEST} letters."})
    return words.strip()


def kinds_of(stored: str) -> frozenset[RecordKind]:
    """The kinds in a stored list."""
    return frozenset(RecordKind(one) for one in stored.split(",") if one)


def checked_kinds(kinds: Collection[str]) -> frozenset[RecordKind]:
    """Kinds as they were chosen.

    Raises:
        ReleaseUnclear.
    """
    if not kinds or not set(kinds) <= set(RecordKind):
        raise ReleaseUnclear({"kinds": "Please choose at least one kind of record."})
    return frozenset(map(RecordKind, kinds))


AGAINST_WORDS: Final = {"payers": "Payers", "named": "One recipient by name", "all": "Every recipient"}


class RestrictionEnded(WorkbenchError):
    """It was ended before."""

    def __init__(self) -> None:
        super().__init__("This restriction has ended already.")


def checked_disclosure(recipient: str, address: str, what: str, purpose: str) -> DisclosureText:
    """A line of the accounting.

    Raises:
        ReleaseUnclear: by field.
    """
    told = DisclosureText(*(" ".join(one.split()) for one in (recipient, address, what, purpose)))
    problems = {
        name: said for name, said in (
            ("recipient", "Please name who was told."), ("address", "Please give their address, or say it is unknown."),
            ("what", "Please say in short what was told."), ("purpose", "Please say what for."),
        ) if not 0 < len(getattr(told, name)) <= LONGEST
    }  # fmt: skip
    if problems:
        raise ReleaseUnclear(problems)
    return told
