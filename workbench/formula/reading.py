"""A text becomes a formula, or is refused with the place where it goes wrong.

    sum([1..9]) * 4
    if(count(known([1..8]) >= 2) >= 5 and ([1] >= 2 or [2] >= 2), 'met', 'not met')

`[3]` is the answer to item 3, `[1..9]` and `[1, 4, item-7]` are lists of answers, a bare word is a value known by name.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final, NamedTuple

from workbench.formula.functions import ARITY
from workbench.formula.syntax import (
    DEEPEST,
    LONGEST,
    MOST_NODES,
    Call,
    Infix,
    Items,
    Literal,
    Name,
    Negative,
    Node,
    Not,
    NotAFormula,
)

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<items>\[[^\[\]]{1,2000}\])|(?P<number>\d{1,15}(?:\.\d{1,10})?)|'(?P<text>[^']{0,500})'"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]{0,60})|(?P<sign><=|>=|!=|[-+*/=<>(),]))"
)
_RANGE: Final = re.compile(r"(\d{1,4})\s*\.\.\s*(\d{1,4})")
_KEY: Final = re.compile(r"[^\s\[\],]{1,200}")
_LITERALS: Final = {"true": True, "false": False, "null": None}
_COMPARE: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})
_LONGEST_RANGE: Final = 2_000


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


def read_formula(text: str) -> Node:
    """The formula that the text says.

    Raises:
        NotAFormula: it says none, or is longer or deeper than a formula may be.
    """
    if len(text) > LONGEST:
        raise NotAFormula(f"a formula has at most {LONGEST:,} characters.", LONGEST)
    return _Reader(_tokens(text)).whole()


def _tokens(text: str) -> list[_Token]:
    tokens, at, end = [], 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            raise NotAFormula("this belongs to no formula.", at + 1)
        kind = found.lastgroup or ""
        tokens.append(_Token(kind, found.group(kind), found.start(kind) + 1))
        at = found.end()
    tokens.append(_Token("end", "", end + 1))
    return tokens


class _Reader:
    """One descent over the tokens; every level of the grammar is a method, the loosest first."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0
        self._nodes = 0

    def whole(self) -> Node:
        node = self._either()
        if self._next.kind != "end":
            raise NotAFormula("the formula was over here.", self._next.at)
        return node

    @property
    def _next(self) -> _Token:
        return self._tokens[self._place]

    def _take(self) -> _Token:
        token = self._next
        self._place += 1
        return token

    def _is(self, *texts: str) -> bool:
        return self._next.kind in ("sign", "word") and self._next.text in texts

    def _made(self, node: Node) -> Node:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise NotAFormula(f"a formula has at most {MOST_NODES} parts.", self._next.at)
        return node

    def _either(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotAFormula(f"a formula is at most {DEEPEST} levels deep.", self._next.at)
        node = self._in_a_row(self._both, "or")
        self._depth -= 1
        return node

    def _both(self) -> Node:
        return self._in_a_row(self._negated, "and")

    def _in_a_row(self, side: Callable[[], Node], *signs: str) -> Node:
        node = side()
        while self._is(*signs):
            sign = self._take().text
            node = self._made(Infix(sign, node, side()))
        return node

    def _negated(self) -> Node:
        times = 0
        while self._is("not"):
            self._take()
            times += 1
        node = self._compared()
        for _ in range(times):
            node = self._made(Not(node))
        return node

    def _compared(self) -> Node:
        left = self._added()
        if self._next.kind != "sign" or self._next.text not in _COMPARE:
            return left
        sign = self._take().text
        return self._made(Infix(sign, left, self._added()))

    def _added(self) -> Node:
        return self._in_a_row(self._multiplied, "+", "-")

    def _multiplied(self) -> Node:
        return self._in_a_row(self._signed, "*", "/")

    def _signed(self) -> Node:
        times = 0
        while self._is("-"):
            self._take()
            times += 1
        node = self._atom()
        for _ in range(times):
            node = self._made(Negative(node))
        return node

    def _atom(self) -> Node:
        token = self._take()
        if token.kind == "number":
            number = Decimal(token.text) if "." in token.text else int(token.text)
            return self._made(Literal(number))
        if token.kind == "text":
            return self._made(Literal(token.text))
        if token.kind == "items":
            return self._made(_items(token))
        if token.kind == "word":
            return self._word(token)
        if token.kind == "sign" and token.text == "(":
            node = self._either()
            self._closed()
            return node
        raise NotAFormula("a value is missing here.", token.at)

    def _word(self, token: _Token) -> Node:
        if token.text in _LITERALS:
            return self._made(Literal(_LITERALS[token.text]))
        if not self._is("("):
            if token.text in ("and", "or", "not"):
                raise NotAFormula("a value is missing here.", token.at)
            return self._made(Name(token.text))
        if token.text not in ARITY:
            raise NotAFormula(f"there is no function of this name; there are {', '.join(sorted(ARITY))}.", token.at)
        self._take()
        given = [] if self._is(")") else [self._either()]
        while self._is(","):
            self._take()
            given.append(self._either())
        self._closed()
        least, most = ARITY[token.text]
        if not least <= len(given) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            raise NotAFormula(f"{token.text} is given {wanted} values, here {len(given)}.", token.at)
        return self._made(Call(token.text, tuple(given)))

    def _closed(self) -> None:
        token = self._take()
        if token.kind != "sign" or token.text != ")":
            raise NotAFormula("a closing bracket is missing.", token.at)


def _items(token: _Token) -> Items:
    """`[1]` is one answer, `[1..9]` and `[1, 2]` are lists."""
    keys: list[str] = []
    listed = [part.strip() for part in token.text[1:-1].split(",")]
    is_one = len(listed) == 1
    for part in listed:
        if between := _RANGE.fullmatch(part):
            first, last = int(between.group(1)), int(between.group(2))
            if not first <= last < first + _LONGEST_RANGE:
                raise NotAFormula("a range begins with its lower number and is at most 2,000 long.", token.at)
            keys += [str(number) for number in range(first, last + 1)]
            is_one = False
        elif _KEY.fullmatch(part):
            keys.append(part)
        else:
            raise NotAFormula("the square brackets name no item.", token.at)
    return Items(tuple(keys), is_one)
