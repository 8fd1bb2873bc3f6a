"""Looking things up in the text of segments, without making an object of each."""

from datetime import date

from workbench.x12.envelope import Delimiters


def first_of(segments: list[list[str]], name: str) -> list[str]:
    """The first segment called `name`, or no elements."""
    return next((one for one in segments if one[0].strip() == name), [])


def at(parts: list[str], index: int) -> str:
    """Element `index` without blanks, empty where the segment is shorter."""
    return parts[index].strip() if len(parts) > index else ""


def part(composite: str, index: int, marks: Delimiters) -> str:
    """Part `index` of a composite, empty where there are fewer."""
    return at(composite.split(marks.component), index)


def opening_element(body: str, marks: Delimiters, number: int) -> str:
    """Element `number` (from 1) of the segment that opens `body`, whose own name is already cut off."""
    return at(body.partition(marks.segment)[0].split(marks.element), number - 1)


def named(body: str, marks: Delimiters, name: str) -> list[list[str]]:
    """The segments called `name` in `body`, as elements with the name first."""
    found = body.split(f"{marks.segment}{name}{marks.element}")[1:]
    return [[name, *one.partition(marks.segment)[0].split(marks.element)] for one in found]


def reference(body: str, marks: Delimiters, qualifier: str) -> str:
    """The value of the first REF with this qualifier, empty where there is none."""
    return next((at(one, 2) for one in named(body, marks, "REF") if at(one, 1) == qualifier), "")


def day(body: str, marks: Delimiters, qualifier: str) -> date | None:
    """The day of the first DTM with this qualifier."""
    return next((date_of(at(one, 2)) for one in named(body, marks, "DTM") if at(one, 1) == qualifier), None)


def date_of(text: str) -> date | None:
    """A day written CCYYMMDD; None where it is left out or no day of the calendar."""
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8])) if len(text) == 8 else None
    except ValueError:
        return None
