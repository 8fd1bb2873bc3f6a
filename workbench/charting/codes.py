"""The diagnosis codes there are: found by code or by words, valid on a day, and the nearest to one that is none.

The list is ICD-10-CM chapter 5 and what behavioural health codes beside it (`library/codes/icd10cm.tsv`).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from workbench.kernel.errors import WorkbenchError

MOST_FOUND: Final = 12
MOST_NAMED: Final = 4
_WORD = re.compile(r"[a-z0-9]+")
_SAID: Final = {
    "adhd": "attention deficit hyperactivity", "bpd": "borderline", "did": "dissociative identity",
    "gad": "generalized anxiety", "mdd": "major depressive", "ocd": "obsessive compulsive", "odd": "oppositional",
    "ptsd": "post traumatic stress", "sad": "social phobia", "asd": "autistic",
}  # fmt: skip
"""What people type for short, in words of the titles."""


class UnknownCode(WorkbenchError):
    """A code is not one that can be given on that day; `fields` names it and the nearest."""

    def __init__(self, said: Mapping[str, str]) -> None:
        super().__init__("A diagnosis is no code of ICD-10-CM that can be given here. Please look at the marked field.")
        self.fields = dict(said)


@dataclass(frozen=True)
class Code:
    """A line of the list. is_billable: a claim may carry it; else there are only more exact ones below it.

    first_on, ended_on: the first day a claim may carry it, the first it may not any more; None where not known.
    """

    code: str
    title: str
    is_billable: bool
    first_on: date | None
    ended_on: date | None

    def is_valid(self, on: date) -> bool:
        """Whether a claim for this day may carry it."""
        is_begun = self.first_on is None or self.first_on <= on
        return self.is_billable and is_begun and (self.ended_on is None or on < self.ended_on)


@cache
def codes() -> Mapping[str, Code]:
    """Every line by its code, in the order of the codes."""
    text = (resources.files("workbench.library") / "codes" / "icd10cm.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")][1:]
    return {
        code: Code(code, title, billable == "1", _day(first), _day(ended))
        for code, billable, first, ended, title in lines
    }


def title_of(code: str) -> str:
    """What a code means; empty for one the list does not hold, such as of an old or an imported note."""
    found = codes().get(code)
    return found.title if found else ""


def find_codes(typed: str, on: date, *, most: int = MOST_FOUND) -> tuple[Code, ...]:
    """The codes valid on this day that are meant by a code, its beginning, or words of the title in any order.

    Best first: the code itself, then what begins with it; of words, whole ones before begun ones, titles
    that begin with one before others, and those that say little else before long ones.
    """
    wanted = _words(" ".join(_SAID.get(one, one) for one in typed.casefold().split()))
    if not wanted:
        return ()
    begun = "".join(wanted).upper()
    ranked = (
        (rank, one.code, one)
        for one in codes().values()
        if one.is_valid(on) and (rank := _rank(one, wanted, begun)) is not None
    )
    return tuple(one for _, _, one in sorted(ranked)[:most])


def check_codes(typed: Iterable[str], on: date, field: str = "diagnoses") -> None:
    """Whether each can be given for this day.

    Raises:
        UnknownCode: one of them cannot; the field says which are near.
    """
    if said := codes_not_given(typed, on):
        raise UnknownCode({field: said})


def codes_not_given(typed: Iterable[str], on: date) -> str:
    """Why the first of them that cannot be given for this day cannot; empty where all can."""
    return next((said for code in typed if (said := not_given(code, on))), "")


def not_given(code: str, on: date) -> str:
    """Why this code cannot be given for this day, and what could be instead; empty where it can."""
    line = codes().get(code)
    if line is not None and line.is_valid(on):
        return ""
    near = "; ".join(f"{one.code} {_short(one.title)}" for one in nearest(code, on))
    if line is not None and not line.is_billable:
        return f"{code} has to be said more exactly: {near}."
    if line is not None:
        since = line.ended_on if line.ended_on and line.ended_on <= on else None
        ended = "is not given any more" if since else "is not given yet"
        return f"{code} {ended} on this day. Near it: {near}." if near else f"{code} {ended} on this day."
    return f"{code} is no code in our list. Near it: {near}." if near else f"{code} is no code in our list."


def is_past_or_header(code: str, on: date) -> bool:
    """Whether a payer refuses this code for this day: it has more exact codes below it, is over, or not begun.

    False for a code the list does not hold: medicine has many more.
    """
    line = codes().get(code)
    return line is not None and not line.is_valid(on)


def nearest(code: str, on: date) -> tuple[Code, ...]:
    """The valid codes of the same category that begin most alike; none where the list does not hold the category."""
    plain = code.replace(".", "")
    same = [one for one in codes().values() if one.code[:3] == plain[:3] and one.is_valid(on)]
    return tuple(sorted(same, key=lambda one: (-_alike(one.code.replace(".", ""), plain), one.code))[:MOST_NAMED])


def _rank(one: Code, wanted: list[str], begun: str) -> tuple[int, ...] | None:
    """Less is better; None where it is not meant."""
    plain = one.code.replace(".", "")
    if plain.startswith(begun):
        return (0, len(plain))
    words = _title_words(one.code)
    if not all(any(word.startswith(part) for word in words) for part in wanted):
        return None
    is_named_so = words[0].startswith(tuple(wanted))
    return (1, sum(part not in words for part in wanted), 0 if is_named_so else 1, len(words))


@cache
def _title_words(code: str) -> tuple[str, ...]:
    return tuple(_words(codes()[code].title))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _alike(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _short(title: str) -> str:
    return title if len(title) <= 60 else title[:57].rsplit(" ", 1)[0] + "…"


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
