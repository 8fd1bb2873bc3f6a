"""A place in a document. What stands there is read by its kind, or refused with the name of the place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from workbench.forms.documents import Refused
from workbench.forms.questionnaire import LONGEST_TEXT

_EXTENSION = "extension"


@dataclass(frozen=True)
class Place:
    """An object of the document and how one gets to it."""

    at: Mapping[str, Any]
    path: str = ""

    def where(self, name: str) -> str:
        """The path of one of its values."""
        return f"{self.path}.{name}" if self.path else name

    def text(self, name: str, default: str = "") -> str:
        """A text; `default` where there is none."""
        value = self.at.get(name, default)
        if not isinstance(value, str):
            raise Refused("this is a text in FHIR.", self.where(name))
        if len(value) > LONGEST_TEXT:
            raise Refused(f"a text has at most {LONGEST_TEXT:,} characters.", self.where(name))
        return value

    def flag(self, name: str) -> bool:
        """True or false; false where nothing is said."""
        value = self.at.get(name, False)
        if not isinstance(value, bool):
            raise Refused("this is true or false in FHIR.", self.where(name))
        return value

    def whole(self, name: str) -> int | None:
        """A whole number."""
        value = self.at.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise Refused("this is a whole number in FHIR.", self.where(name))
        return value

    def number(self, name: str) -> int | Decimal | None:
        """A number."""
        value = self.at.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | Decimal)):
            raise Refused("this is a number in FHIR.", self.where(name))
        return value

    def inner(self, name: str) -> "Place | None":
        """The object under a name."""
        value = self.at.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise Refused("this is an object in FHIR.", self.where(name))
        return Place(value, self.where(name))

    def each(self, name: str) -> Iterator["Place"]:
        """The objects of the list under a name."""
        value = self.at.get(name, [])
        if not isinstance(value, list):
            raise Refused("this is a list in FHIR.", self.where(name))
        for number, one in enumerate(value):
            place = f"{self.where(name)}[{number}]"
            if not isinstance(one, dict):
                raise Refused("this is an object in FHIR.", place)
            yield Place(one, place)

    def extensions(self, *urls: str) -> Iterator["Place"]:
        """Its extensions of these addresses."""
        return (one for one in self.each(_EXTENSION) if one.text("url") in urls)

    def extension(self, *urls: str) -> "Place | None":
        """The first of them."""
        return next(self.extensions(*urls), None)

    def choice(self, stem: str) -> tuple[str, str] | None:
        """The one value of many kinds, such as `value[x]`: its name and its kind, such as valueCoding and Coding."""
        named = [name for name in self.at if name.startswith(stem) and name[len(stem) : len(stem) + 1].isupper()]
        if len(named) > 1:
            raise Refused("only one value may stand here.", self.where(named[1]))
        return (named[0], named[0].removeprefix(stem)) if named else None
