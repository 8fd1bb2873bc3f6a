"""What can only be said of a form as a whole: names that are taken, conditions that point nowhere or in a circle."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from workbench.forms.documents import Refused
from workbench.forms.questionnaire import Item, ItemType, Warned
from workbench.formula.syntax import Node, asks_for


def check_circles(items: Iterable[Item]) -> None:
    """No item may hang on itself, neither by its conditions nor by what it is worked out from.

    Raises:
        Refused: one does; the circle is named.
    """
    needs: dict[str, set[str]] = {}
    for item, parent in _with_parents(items, ""):
        wanted = {one.question for one in item.conditions}.union(*(asks_for(one)[0] for one in formulas_of(item)))
        # What stands under an item is asked only if the item is, so it hangs on whatever that hangs on.
        needs.setdefault(item.link_id, set()).update(wanted, {parent} - {""})
    circle = _circle(needs)
    if circle:
        raise Refused(f"These hang on each other in a circle: {' → '.join(one[:60] for one in circle)}.", "enableWhen")


def whole_warnings(items: Iterable[Item]) -> Iterator[Warned]:
    """Names that occur twice, conditions on what is not there, choices without an answer."""
    every = [item for one in items for item in one.walk()]
    known = Counter(item.link_id for item in every)
    for link_id, times in known.items():
        if times > 1:
            yield Warned(link_id, f"{times} items have this linkId; answers go to the first.")
    for item in every:
        for condition in item.conditions:
            if condition.question not in known:
                yield Warned(item.link_id, f"It hangs on “{condition.question[:60]}”, which is not in the form.")
        for formula in formulas_of(item):
            for missing in sorted(asks_for(formula)[0] - set(known)):
                yield Warned(item.link_id, f"It is worked out from “{missing[:60]}”, which is not in the form.")
        if item.type is ItemType.DISPLAY and item.is_required:
            yield Warned(item.link_id, "Something to read cannot be required.")


def formulas_of(item: Item) -> tuple[Node, ...]:
    """What an item is asked by and worked out by."""
    return tuple(one for one in (item.asked_when, item.calculated) if one is not None)


def _with_parents(items: Iterable[Item], parent: str) -> Iterator[tuple[Item, str]]:
    for item in items:
        yield item, parent
        yield from _with_parents(item.items, item.link_id)


def _circle(needs: Mapping[str, set[str]]) -> tuple[str, ...]:
    """A way from an item back to itself, if there is one; each item is gone through once."""
    done: set[str] = set()
    for start in needs:
        way: list[str] = []
        waiting = [(start, False)]
        while waiting:
            at, is_left = waiting.pop()
            if is_left:
                way.pop()
                done.add(at)
            elif at in way:
                return (*way[way.index(at) :], at)
            elif at not in done:
                way.append(at)
                waiting.append((at, True))
                waiting.extend((wanted, False) for wanted in sorted(needs.get(at, ())))
    return ()
