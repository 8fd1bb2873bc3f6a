"""FHIR's value[x], answer[x] and initial[x] as answers."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from workbench.forms.cursor import Place
from workbench.forms.documents import Refused
from workbench.forms.questionnaire import Answer, Coding, Quantity

# FHIR R4, datatypes: date, dateTime and time. A day may be unknown, and a month.
_DATE: Final = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_TIME: Final = r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d{1,9})?"
_FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "Date": re.compile(_DATE),
    "DateTime": re.compile(rf"{_DATE}(T{_TIME}(Z|[+-]\d\d:\d\d)?)?"),
    "Time": re.compile(_TIME),
}


def value_at(place: Place, stem: str = "value") -> Answer | None:
    """The value of many kinds at a place; None where there is none, or of a kind that is no answer.

    Raises:
        Refused: what stands there is not what its name says.
    """
    found = place.choice(stem)
    if found is None:
        return None
    name, kind = found
    read = _READERS.get(kind)
    return read(place, name) if read else None


def coding_at(place: Place) -> Coding:
    """A coding; one without a code goes by what it shows."""
    return Coding(place.text("code") or place.text("display"), place.text("system"), place.text("display"))


def _boolean(place: Place, name: str) -> Answer | None:
    return place.flag(name)


def _number(place: Place, name: str) -> Answer | None:
    return place.number(name)


def _whole(place: Place, name: str) -> Answer | None:
    return place.whole(name)


def _text(place: Place, name: str) -> Answer | None:
    return place.text(name)


def _coding(place: Place, name: str) -> Answer | None:
    inner = place.inner(name)
    return coding_at(inner) if inner else None


def _quantity(place: Place, name: str) -> Answer | None:
    inner = place.inner(name)
    value = inner.number("value") if inner else None
    return Quantity(value, inner.text("unit") or inner.text("code")) if inner and value is not None else None


def _reference(place: Place, name: str) -> Answer | None:
    inner = place.inner(name)
    return (inner.text("reference") or inner.text("display")) if inner else None


def _written_as(kind: str) -> Callable[[Place, str], Answer | None]:
    def read(place: Place, name: str) -> Answer | None:
        text = place.text(name)
        if not _FORMS[kind].fullmatch(text):
            raise Refused(f"this is not a {kind[0].lower()}{kind[1:]} of FHIR.", place.where(name))
        return text

    return read


_READERS: Final[Mapping[str, Callable[[Place, str], Answer | None]]] = {
    "Boolean": _boolean, "Decimal": _number, "Integer": _whole, "PositiveInt": _whole, "UnsignedInt": _whole,
    "String": _text, "Uri": _text, "Url": _text, "Code": _text, "Markdown": _text,
    "Date": _written_as("Date"), "DateTime": _written_as("DateTime"), "Time": _written_as("Time"),
    "Coding": _coding, "Quantity": _quantity, "Reference": _reference,
}  # fmt: skip
