"""Which items are asked, given what was answered, and what is worked out from it. Pure; today comes in.

An item that is not asked counts as not answered for all that hangs on it, so hiding a question hides what follows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from operator import ge, gt, le, lt
from typing import Any, Final

from workbench.forms.filling import Answers, Layout, Path
from workbench.forms.questionnaire import Answer, Coding, Condition, Item, ItemType, Quantity, is_number
from workbench.formula.evaluating import Known
from workbench.formula.functions import Value
from workbench.formula.syntax import Node

_ORDER: Final[Mapping[str, Any]] = {">": gt, "<": lt, ">=": ge, "<=": le}


@dataclass(frozen=True)
class Asked:
    """The places that are asked, and every answer that counts: given where it is asked, or worked out."""

    places: frozenset[Path]
    answers: Answers

    def is_asked(self, path: Path) -> bool:
        """Whether the item at a place is asked."""
        return path in self.places


def asked(layout: Layout, answers: Answers, *, today: date, names: Mapping[str, Value] | None = None) -> Asked:
    """What is asked. names: what else formulas may read, such as `age`."""
    known = {"today": today, **(names or {})}
    places: set[Path] = set()
    counting: dict[Path, tuple[Answer, ...]] = {}
    run = _Run(layout, answers, places, counting, known)
    for item in layout.order:
        for place in layout.places(item.link_id, answers):
            if run.is_asked(item, place):
                places.add(place)
                run.settle(item, place)
    return Asked(frozenset(places), counting)


class _Run:
    """One pass over a form, each item after all that it hangs on."""

    def __init__(
        self,
        layout: Layout,
        given: Answers,
        places: set[Path],
        counting: dict[Path, tuple[Answer, ...]],
        names: Mapping[str, Value],
    ) -> None:
        self._layout, self._given = layout, given
        self._places, self._counting, self._names = places, counting, names

    def is_asked(self, item: Item, place: Path) -> bool:
        parent = self._layout.parents[item.link_id]
        if parent and not any(one in self._places for one in self._layout.places(parent, self._given, place)):
            return False
        if item.asked_when is not None and self._comes_to(item.asked_when, place) is not True:
            return False
        if not item.conditions:
            return True
        met = (self._holds(condition, place) for condition in item.conditions)
        return all(met) if item.needs_all else any(met)

    def settle(self, item: Item, place: Path) -> None:
        """Keep what counts here: what is worked out, or what was given."""
        if item.calculated is not None:
            told = _as_answer(item, self._comes_to(item.calculated, place))
            if told is not None:
                self._counting[place] = (told,)
        elif self._given.get(place):
            self._counting[place] = self._given[place]

    def _holds(self, condition: Condition, place: Path) -> bool:
        found = self._answers(condition.question, place)
        if condition.operator == "exists":
            return bool(found) is condition.answer
        if condition.operator == "!=":
            return not any(same(one, condition.answer) for one in found)
        if condition.operator == "=":
            return any(same(one, condition.answer) for one in found)
        return any(compares(condition.operator, one, condition.answer) for one in found)

    def _answers(self, link_id: str, near: Path) -> list[Answer]:
        if link_id not in self._layout.items:
            return []
        places = self._layout.places(link_id, self._given, near)
        return [answer for place in places for answer in self._counting.get(place, ())]

    def _comes_to(self, node: Node, place: Path) -> Value:
        run, wanted = self._layout.formula(node)
        return run(Known({key: self._value(key, place) for key in wanted}, self._names))

    def _value(self, link_id: str, near: Path) -> Value:
        """What formulas read for an item: one value, or a list where it may have several."""
        item = self._layout.items.get(link_id)
        if item is None:
            return None
        found = tuple(as_value(one) for one in self._answers(link_id, near))
        around = self._layout.around[link_id]
        apart = any(len(near) <= depth or near[depth].link_id != group for depth, group in enumerate(around))
        if item.repeats or apart:
            return found
        return found[0] if found else None


def as_value(answer: Answer) -> int | Decimal | str:
    """An answer as formulas and scores read it: a choice by its code, as a number where the code is one."""
    if isinstance(answer, Coding):
        return int(answer.code) if is_number(answer.code) else answer.code
    return answer.value if isinstance(answer, Quantity) else answer


def same(one: Answer, other: Answer) -> bool:
    """Whether two answers are the same. A choice is the same as a text or number that is its code or its words."""
    if isinstance(one, Coding) and isinstance(other, Coding):
        return one.code == other.code and (one.system == other.system or not one.system or not other.system)
    if isinstance(one, Coding):
        return not isinstance(other, bool) and str(other) in (one.code, one.display)
    if isinstance(other, Coding):
        return same(other, one)
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return one.value == other.value and one.unit == other.unit
    return isinstance(one, bool) is isinstance(other, bool) and one == other


def compares(operator: str, one: Answer, other: Answer) -> bool:
    """Numbers by size; days, times and texts in their order. What cannot be compared is not so."""
    left, right = _number(one), _number(other)
    if left is not None and right is not None:
        return bool(_ORDER[operator](left, right))
    if isinstance(one, str) and isinstance(other, str):
        # A day known only by its month is compared by the month: 2026-03 is not before 2026-03-09.
        size = min(len(one), len(other)) if one[:4].isdecimal() and other[:4].isdecimal() else None
        return bool(_ORDER[operator](one[:size], other[:size]))
    return False


def _number(answer: Answer) -> Decimal | None:
    value = answer.value if isinstance(answer, Quantity) else answer.code if isinstance(answer, Coding) else answer
    if isinstance(value, bool) or (isinstance(value, str) and not isinstance(answer, Coding)):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _as_answer(item: Item, value: Value) -> Answer | None:
    """What was worked out, as an answer of the item's type; None where it is none."""
    if item.type in (ItemType.DECIMAL, ItemType.QUANTITY, ItemType.INTEGER):
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return None
        is_whole = value == int(value)
        if item.type is ItemType.INTEGER:
            return int(value) if is_whole else None
        return Quantity(value) if item.type is ItemType.QUANTITY else value
    if item.type is ItemType.BOOLEAN:
        return value if isinstance(value, bool) else None
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else None
