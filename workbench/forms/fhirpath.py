"""The part of FHIRPath that forms calculate with, said in our own formulas: answers by linkId, sums, counts, iif.

FHIRPath counts what is missing as nothing and goes the other way of an `iif` that nobody answered; ours is unknown
then, because a total of half the answers is no total. Whoever takes a form in is told. What is not in here is named.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from workbench.forms.questionnaire import is_number

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>\d{1,15}(?:\.\d{1,10})?)|'(?P<text>(?:[^'\\]){0,500})'|(?P<word>%?[A-Za-z_]\w{0,60})"
    r"|(?P<sign><=|>=|!=|\{\}|[-+*/=<>(),.|]))"
)
_ROOTS: Final = frozenset({"%resource", "%context", "%questionnaireresponse"})
_WAYS: Final = frozenset({"item", "descendants", "repeat", "ofType", "QuestionnaireResponse"})
_VALUES: Final = frozenset({"value", "valueDecimal", "valueInteger", "valueQuantity", "valueBoolean", "valueString",
                            "valueDate", "valueCoding", "code", "first", "answer"})  # fmt: skip
_ORDINALS: Final = frozenset({"ordinal", "weight", "extension"})
_SIGNS: Final = (("or",), ("and",), ("=", "!=", "<", "<=", ">", ">="), ("+", "-"), ("*", "/"))
_DEEPEST: Final = 30


class NotTakenOver(Exception):
    """The expression holds something that has no word here. what: the piece, in words."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True)
class TakenOver:
    """The formula, and whether it deals with missing answers in another way than where it came from."""

    formula: str
    is_stricter: bool


def from_fhirpath(text: str) -> TakenOver:
    """The formula that an expression is.

    Raises:
        NotTakenOver: it says something that is not in here.
    """
    reader = _Reader(_tokens(text))
    return TakenOver(reader.whole(), reader.is_stricter)


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        token = _TOKEN.match(text, at)
        if token is None:
            raise NotTakenOver(f"“{text[at : at + 12].strip()}” is not known here")
        kind = token.lastgroup or ""
        found.append((kind, token.group(kind)))
        at = token.end()
    return [*found, ("end", "")]


@dataclass
class _Reader:
    """One descent over the tokens, the loosest signs first."""

    tokens: list[tuple[str, str]]
    at: int = 0
    depth: int = 0
    is_stricter: bool = field(default=False)

    def whole(self) -> str:
        said = self._level(0)
        if self.tokens[self.at][0] != "end":
            raise NotTakenOver(f"“{self.tokens[self.at][1]}” is not known here")
        return said

    def _is(self, *texts: str) -> bool:
        return self.tokens[self.at][0] in ("sign", "word") and self.tokens[self.at][1] in texts

    def _take(self, *wanted: str) -> str:
        kind, text = self.tokens[self.at]
        if wanted and (text not in wanted or kind == "text"):
            raise NotTakenOver(f"“{text or 'the end'}” stands where {wanted[0]} should")
        self.at += 1
        return text

    def _level(self, level: int) -> str:
        self.depth += 1
        if self.depth > _DEEPEST * len(_SIGNS):
            raise NotTakenOver("it is nested too deeply")
        if level == len(_SIGNS):
            said = self._term()
        else:
            said = self._level(level + 1)
            while self._is(*_SIGNS[level]):
                sign = self._take()
                right = self._level(level + 1)
                said = f"{_coded(said, right)} {sign} {_coded(right, said)}"
        self.depth -= 1
        return said.removeprefix(_CODE) if level == 0 else said

    def _term(self) -> str:
        kind, text = self.tokens[self.at]
        if kind == "number":
            return self._take()
        if kind == "text":
            return f"'{self._take()}'"
        if text in ("-", "+") and kind == "sign":
            return f"{self._take()}{self._level(len(_SIGNS))}".removeprefix("+")
        if text == "(":
            return self._bracketed()
        if text == "{}":
            self._take()
            return "null"
        if kind == "word":
            return self._word(text)
        raise NotTakenOver(f"“{text or 'the end'}” stands where a value should")

    def _bracketed(self) -> str:
        self._take("(")
        said = self._level(0)
        self._take(")")
        if self._is("."):
            raise NotTakenOver(f"“).{self.tokens[self.at + 1][1]}” is not known here")
        return f"({said})"

    def _word(self, text: str) -> str:
        if text in ("true", "false"):
            return self._take()
        if text == "iif":
            return self._iif()
        if text == "today":
            self.at += 1
            self._take("(")
            self._take(")")
            return "today"
        if text in _ROOTS or text in ("item", "descendants", "repeat"):
            return self._path()
        raise NotTakenOver(f"“{text}” is not known here")

    def _iif(self) -> str:
        self._take("iif")
        self._take("(")
        given = [self._level(0)]
        while self._is(","):
            self._take()
            given.append(self._level(0))
        self._take(")")
        if len(given) not in (2, 3):
            raise NotTakenOver("iif is given two or three values")
        self.is_stricter = True
        return f"if({', '.join([*given, 'null'][:3])})"

    def _path(self) -> str:
        """`%resource.item.where(linkId='a').answer.value`, with what is done with it."""
        keys: list[str] = []
        is_code = False
        is_first = not self._is(*_ROOTS)
        if not is_first:
            self._take()
        while is_first or self._is("."):
            if not is_first:
                self._take()
            is_first = False
            name = self._take()
            if name in _ORDINALS:
                raise NotTakenOver("it counts with what answers weigh in a file, which no score here is made of")
            if name == "where":
                keys = self._where() if not keys else _refuse("a choice within a choice")
            elif name in _WAYS and not keys:
                self._skip_brackets(name)
            elif name in _VALUES:
                if not keys:
                    raise NotTakenOver("it reads the answers of all items at once")
                is_code = is_code or name == "code"
                self._skip_brackets(name)
            elif name in _DONE and keys:
                self._take("(")
                self._take(")")
                self.is_stricter = self.is_stricter or name in ("sum", "min", "max", "avg")
                return _DONE[name](", ".join(keys))
            else:
                raise NotTakenOver(f"“{name}” is not known here")
        if not keys:
            raise NotTakenOver("it reads all answers at once")
        said = f"[{', '.join(keys)}]"
        return f"{_CODE}{said}" if is_code and len(keys) == 1 else said

    def _skip_brackets(self, name: str) -> None:
        if self._is("("):
            self._take()
            if name in ("repeat", "ofType") and not self._is(")"):
                self._take()
            self._take(")")

    def _where(self) -> list[str]:
        """`linkId = 'a' or linkId = 'b'`, or `linkId in ('a' | 'b')`."""
        self._take("(")
        keys = []
        while True:
            self._take("linkId")
            if self._is("in"):
                self._take()
                self._take("(")
                keys.append(self._key())
                while self._is("|"):
                    self._take()
                    keys.append(self._key())
                self._take(")")
            else:
                self._take("=")
                keys.append(self._key())
            if not self._is("or"):
                break
            self._take()
        self._take(")")
        return keys

    def _key(self) -> str:
        kind, text = self.tokens[self.at]
        if kind != "text" or not re.fullmatch(r"[^\s\[\],']{1,100}", text):
            raise NotTakenOver("a linkId with spaces, commas or brackets cannot be named here")
        self.at += 1
        return text


_CODE: Final = "\x00"
"""Before a path that asks for the code of a choice, until it is compared: a code that is a number counts as one."""


def _coded(one: str, other: str) -> str:
    if other.startswith(_CODE) and one.startswith("'") and is_number(one.strip("'")):
        return one.strip("'")
    return one.removeprefix(_CODE)


def _refuse(what: str) -> list[str]:
    raise NotTakenOver(f"{what} is not known here")


_DONE: Final[dict[str, Callable[[str], str]]] = {
    "sum": lambda keys: f"sum([{keys}])", "avg": lambda keys: f"mean([{keys}])", "min": lambda keys: f"min([{keys}])",
    "max": lambda keys: f"max([{keys}])", "count": lambda keys: f"count(known([{keys}]))",
    "exists": lambda keys: f"(count(known([{keys}])) > 0)", "empty": lambda keys: f"(count(known([{keys}])) = 0)",
    "hasValue": lambda keys: f"(count(known([{keys}])) > 0)",
}  # fmt: skip
