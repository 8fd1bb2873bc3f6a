"""What a formula is made of, and what makes a text no formula."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from workbench.kernel.errors import WorkbenchError

LONGEST: Final = 4_000
"""Characters of a formula."""
MOST_NODES: Final = 500
DEEPEST: Final = 40


class NotAFormula(WorkbenchError):
    """The text cannot be read as a formula. `at`: the character, counted from 1, where it goes wrong."""

    def __init__(self, what: str, at: int) -> None:
        super().__init__(f"Character {at}: {what}")
        self.at = at


@dataclass(frozen=True)
class Literal:
    """A number, a text, true, false or null."""

    value: bool | int | Decimal | str | None


@dataclass(frozen=True)
class Items:
    """Answers by their item: one value where `is_one`, else a list in this order."""

    keys: tuple[str, ...]
    is_one: bool


@dataclass(frozen=True)
class Name:
    """A value known by name, such as `age`, or one worked out before."""

    name: str


@dataclass(frozen=True)
class Negative:
    """Less than nothing: `- 3`."""

    of: "Node"


@dataclass(frozen=True)
class Not:
    """The opposite; unknown stays unknown."""

    of: "Node"


@dataclass(frozen=True)
class Infix:
    """Two sides and what stands between them: `and or = != < <= > >= + - * /`."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Call:
    """One of the functions with what it is given."""

    function: str
    given: tuple["Node", ...]


Node = Literal | Items | Name | Negative | Not | Infix | Call


def parts(node: Node) -> tuple[Node, ...]:
    """What the node is made of, one level down."""
    if isinstance(node, Negative | Not):
        return (node.of,)
    if isinstance(node, Infix):
        return (node.left, node.right)
    return node.given if isinstance(node, Call) else ()


def asks_for(node: Node) -> tuple[frozenset[str], frozenset[str]]:
    """Every item and every name the formula reads: what must be known, or worked out, before it."""
    items: set[str] = set()
    names: set[str] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Items):
            items.update(one.keys)
        elif isinstance(one, Name):
            names.add(one.name)
        waiting.extend(parts(one))
    return frozenset(items), frozenset(names)
