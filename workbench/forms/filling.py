"""What somebody answered: by question, and by copy of each group that repeats around it.

A path names a question by its linkIds and not by its place, so that a draft finds its answers again in a later version
of the form.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from workbench.forms.questionnaire import Answer, Form, Item
from workbench.forms.whole_form import formulas_of
from workbench.formula.evaluating import Compiled, compiled
from workbench.formula.syntax import Node, asks_for
from workbench.kernel.errors import WorkbenchError

MOST_COPIES = 100
"""Copies of a group that repeats, and answers to a question that does."""


class NoSuchQuestion(WorkbenchError):
    """A path leads to no question of this form."""

    def __init__(self) -> None:
        super().__init__("This question is not in the form. Please reload the page.")


@dataclass(frozen=True, order=True)
class Step:
    """An item on the way, and which copy of it, counted from 0."""

    link_id: str
    nth: int = 0


Path = tuple[Step, ...]
"""The groups that repeat around a question, from the outside in, and the question itself."""
Answers = Mapping[Path, tuple[Answer, ...]]


class Layout:
    """Where each item of a form stands: what repeats around it, and after what it can be settled.

    has_spare: groups that repeat have one more copy than was filled in, for whoever writes on.
    """

    def __init__(self, form: Form, *, has_spare: bool = False) -> None:
        self.form, self._has_spare = form, has_spare
        self.items: dict[str, Item] = {}
        self.parents: dict[str, str] = {}
        self.around: dict[str, tuple[str, ...]] = {}
        self._formulas: dict[Node, tuple[Compiled, frozenset[str]]] = {}
        self._place(form.items, "", ())

    def _place(self, items: Iterable[Item], parent: str, around: tuple[str, ...]) -> None:
        for item in items:
            if item.link_id in self.items:
                continue  # the importer warned: answers go to the first
            self.items[item.link_id] = item
            self.parents[item.link_id] = parent
            self.around[item.link_id] = around
            inner = (*around, item.link_id) if item.repeats and not item.is_question else around
            self._place(item.items, item.link_id, inner)

    @cached_property
    def order(self) -> tuple[Item, ...]:
        """Every item after all that it hangs on. The importer made sure that there is such an order."""
        done: dict[str, None] = {}
        for start in self.items:
            waiting = [(start, False)]
            while waiting:
                at, is_ready = waiting.pop()
                if at in done or at not in self.items:
                    continue
                if is_ready:
                    done[at] = None
                else:
                    waiting.append((at, True))
                    waiting.extend((one, False) for one in self._needs(self.items[at]))
        return tuple(self.items[link_id] for link_id in done)

    def _needs(self, item: Item) -> Iterator[str]:
        yield self.parents[item.link_id]
        for condition in item.conditions:
            yield condition.question
        for formula in formulas_of(item):
            yield from asks_for(formula)[0]

    def formula(self, node: Node) -> tuple[Compiled, frozenset[str]]:
        """A formula of the form as a function, and the items it reads; made once, however often it is asked."""
        if node not in self._formulas:
            self._formulas[node] = (compiled(node), asks_for(node)[0])
        return self._formulas[node]

    def copies(self, link_id: str, around: Path, answers: Answers) -> int:
        """How many copies of a group there are within those of the groups around it; at least one, or its minimum."""
        depth = len(around)
        there = [
            path[depth].nth
            for path in answers
            if len(path) > depth and path[:depth] == around and path[depth].link_id == link_id
        ]
        least, most = self.items[link_id].occurs
        spare = 1 if self._has_spare and there else 0
        count = max([nth + 1 + spare for nth in there] + [least or 1])
        return min(count, most or MOST_COPIES, MOST_COPIES) if spare else count

    def places(self, link_id: str, answers: Answers, near: Path = ()) -> list[Path]:
        """Every place of an item: one for each copy of the groups that repeat around it.

        near: another place; of the groups both stand in, only the copy that one stands in counts. Source: FHIR R4,
        Questionnaire.item.enableWhen.question, "the nearest question occurrence".
        """
        found: list[Path] = [()]
        shared = True
        for depth, group in enumerate(self.around[link_id]):
            shared = shared and len(near) > depth and near[depth].link_id == group
            if shared:
                found = [(*path, near[depth]) for path in found]
            else:
                found = [
                    (*path, Step(group, nth)) for path in found for nth in range(self.copies(group, path, answers))
                ]
        return [(*path, Step(link_id)) for path in found]

    def item_at(self, path: Path) -> Item:
        """The question a path leads to.

        Raises:
            NoSuchQuestion: it leads to none.
        """
        link_id = path[-1].link_id
        item = self.items.get(link_id)
        if item is None or tuple(step.link_id for step in path[:-1]) != self.around[link_id]:
            raise NoSuchQuestion
        return item

    def field(self, path: Path) -> str:
        """The name of the question's field on a page: its number in reading order, and the copies around it."""
        copies = "".join(f"_{step.nth}" for step in path[:-1])
        return f"q{self._numbers[path[-1].link_id]}{copies}"

    def number(self, link_id: str) -> int:
        """The number of an item in reading order, from 0."""
        return self._numbers[link_id]

    def path_of(self, field: str) -> Path:
        """The place a field's name leads to.

        Raises:
            NoSuchQuestion: it leads to none.
        """
        number, *copies = field.removeprefix("q").split("_")
        link_id = self._by_number.get(number, "")
        around = self.around.get(link_id)
        if around is None or len(copies) != len(around) or not all(_is_copy(one) for one in copies):
            raise NoSuchQuestion
        return (*(Step(group, int(nth)) for group, nth in zip(around, copies, strict=True)), Step(link_id))

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {link_id: number for number, link_id in enumerate(self.items)}

    @cached_property
    def _by_number(self) -> Mapping[str, str]:
        return {str(number): link_id for link_id, number in self._numbers.items()}


def _is_copy(text: str) -> bool:
    return text.isdecimal() and len(text) <= 2
