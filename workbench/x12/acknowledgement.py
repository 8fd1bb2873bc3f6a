"""Counts of what answers our files: 999 and 277CA (taken or turned away), 271 and 277 (who, what, why not)."""

from collections import Counter
from dataclasses import dataclass

from workbench.x12.envelope import Transaction
from workbench.x12.segments import at

_TAKEN = frozenset("AEP")  # IK501: accepted, with errors noted, or partially


@dataclass(frozen=True)
class Answered:
    """How many of our sets (999) or claims (277CA) were taken and turned away."""

    accepted: int
    rejected: int


@dataclass(frozen=True)
class Inquiry:
    """270, 271, 276, 277: subscribers or claims named, benefits or statuses told, and requests turned away (AAA)."""

    subscribers: int
    benefits: int
    rejections: int


def count_answers(transaction: Transaction) -> Answered:
    """999: one IK5 a set of ours. 277CA: one STC a claim, below its own patient level (HL03 = PT); U turns it away."""
    segments = [one.split(transaction.marks.element) for one in transaction.each()]
    if transaction.type == "999":
        taken = [at(one, 1) in _TAKEN for one in segments if one[0] in ("IK5", "AK5")]
        return Answered(taken.count(True), taken.count(False))
    level, accepted, rejected = "", 0, 0
    for one in segments:
        if one[0] == "HL":
            level = at(one, 3)
        elif one[0] == "STC" and level == "PT":
            accepted += at(one, 3) != "U"
            rejected += at(one, 3) == "U"
            level = ""  # the claim's own status comes first; those of its lines follow
        elif one[0] == "TRN" and at(one, 1) == "2":
            level = "PT" if level in ("", "PT") else level
    return Answered(accepted, rejected)


def count_inquiry(transaction: Transaction) -> Inquiry:
    """Subscriber levels (HL03 = 22), what was told of them (EB, or STC in a 277), and AAA segments."""
    segments = [one.split(transaction.marks.element) for one in transaction.each()]
    names = Counter(one[0] for one in segments)
    subscribers = sum(1 for one in segments if one[0] == "HL" and at(one, 3) == "22")
    return Inquiry(subscribers, names["EB"] + names["EQ"] + names["STC"], names["AAA"])


def is_claim_acknowledgement(transaction: Transaction) -> bool:
    """Whether a 277 is the one that acknowledges claims (005010X214) and not an answer to a status request."""
    return transaction.type == "277" and transaction.version.startswith("005010X214")
