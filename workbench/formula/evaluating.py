"""What a formula comes to. It always comes to something; what cannot be known is null.

Read once, worked out often: `compiled` turns a formula into one Python function of closures, so that scoring ten
thousand forms walks no tree. Nothing is ever handed to `eval`.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from workbench.formula.functions import FUNCTIONS, Number, One, Value, day, number
from workbench.formula.syntax import Call, Infix, Items, Literal, Name, Negative, Node, Not


@dataclass(frozen=True)
class Known:
    """The values a formula may read: answers by item (a repeated item has a list), and others by name."""

    items: Mapping[str, Value] = field(default_factory=dict)
    names: Mapping[str, Value] = field(default_factory=dict)


Compiled = Callable[[Known], Value]

_COMPARE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def compiled(node: Node) -> Compiled:
    """The formula as a function of what is known."""
    if isinstance(node, Literal):
        value = node.value
        return lambda _: value
    if isinstance(node, Name):
        name = node.name
        return lambda known: known.names.get(name)
    if isinstance(node, Items):
        return _items(node)
    if isinstance(node, Negative):
        negated = compiled(node.of)
        return lambda known: _broadcast(lambda value, _: _minus(value), negated(known), None)
    if isinstance(node, Not):
        opposite = compiled(node.of)
        return lambda known: _broadcast(lambda value, _: _opposite(value), opposite(known), None)
    return _infix(node) if isinstance(node, Infix) else _call(node)


def _items(node: Items) -> Compiled:
    keys = node.keys
    if node.is_one:
        return lambda known: known.items.get(keys[0])

    def listed(known: Known) -> Value:
        found: list[One] = []
        for key in keys:
            value = known.items.get(key)
            found.extend(value) if isinstance(value, tuple) else found.append(value)
        return tuple(found)

    return listed


def _call(node: Call) -> Compiled:
    given = tuple(compiled(one) for one in node.given)
    if node.function == "if":
        condition, then, otherwise = given

        def chosen(known: Known) -> Value:
            truth = condition(known)
            # Unknown is neither: an answer that hangs on what nobody said is not known.
            return None if not isinstance(truth, bool) else then(known) if truth else otherwise(known)

        return chosen
    function = FUNCTIONS[node.function]
    return lambda known: function(*(one(known) for one in given))


def _infix(node: Infix) -> Compiled:
    left, right = compiled(node.left), compiled(node.right)
    if node.sign == "and":
        return lambda known: _both(left(known), right(known))
    if node.sign == "or":
        return lambda known: _opposite(_both(_opposite(left(known)), _opposite(right(known))))
    joined = _compared(node.sign) if node.sign in _COMPARE else _ARITHMETIC[node.sign]
    return lambda known: _broadcast(joined, left(known), right(known))


def _broadcast(join: Callable[[One, One], One], left: Value, right: Value) -> Value:
    """A list beside one value is joined with it member by member; two lists only if they are equally long."""
    if isinstance(left, tuple):
        if isinstance(right, tuple):
            pairs = zip(left, right, strict=True) if len(left) == len(right) else ()
            return tuple(join(one, other) for one, other in pairs) if len(left) == len(right) else None
        return tuple(join(one, right) for one in left)
    if isinstance(right, tuple):
        return tuple(join(left, one) for one in right)
    return join(left, right)


def _compared(sign: str) -> Callable[[One, One], One]:
    compare = _COMPARE[sign]

    def told(left: One, right: One) -> One:
        if left is None or right is None:
            return None
        pair = _alike(left, right)
        return None if pair is None else compare(*pair)

    return told


def _alike(left: One, right: One) -> tuple[object, object] | None:
    """Both as one kind that can be ordered; None where they are of two kinds. A day may be written as text."""
    if isinstance(left, bool) or isinstance(right, bool):
        return (left, right) if isinstance(left, bool) and isinstance(right, bool) else None
    if isinstance(left, int | Decimal) and isinstance(right, int | Decimal):
        return (left, right)
    if isinstance(left, date) or isinstance(right, date):
        days = day(left), day(right)
        return days if None not in days else None
    return (left, right) if isinstance(left, str) and isinstance(right, str) else None


def _both(left: Value, right: Value) -> One:
    if left is False or right is False:
        return False
    return True if left is True and right is True else None


def _opposite(value: Value) -> One:
    return not value if isinstance(value, bool) else None


def _minus(value: One) -> One:
    told = number(value)
    return None if told is None else -told


def _arithmetic(join: Callable[[Number, Number], Number]) -> Callable[[One, One], One]:
    def told(left: One, right: One) -> One:
        one, other = number(left), number(right)
        return None if one is None or other is None else number(join(one, other))

    return told


def _divided(left: One, right: One) -> One:
    one, other = number(left), number(right)
    return None if one is None or other is None or other == 0 else Decimal(one) / Decimal(other)


_ARITHMETIC: Final[Mapping[str, Callable[[One, One], One]]] = {
    "+": _arithmetic(operator.add), "-": _arithmetic(operator.sub), "*": _arithmetic(operator.mul), "/": _divided,
}  # fmt: skip
