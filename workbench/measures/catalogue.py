"""Every measure of the library, by name and by rule."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from workbench.kernel.errors import WorkbenchError
from workbench.measures.definition import Measure
from workbench.measures.reading import read_measure


class NoSuchMeasure(WorkbenchError):
    """The library has no measure of this name."""

    def __init__(self) -> None:
        super().__init__("There is no measure of this name.")


@cache
def measures() -> Mapping[str, Measure]:
    """All of them by the key of their rule, in the order of their names."""
    folder = resources.files("workbench.library") / "measures"
    read = [read_measure(file.read_text(encoding="utf-8")) for file in folder.iterdir() if file.name.endswith(".toml")]
    return {measure.key: measure for measure in sorted(read, key=lambda one: one.measure.casefold())}


def measure_named(name: str) -> Measure:
    """By its name however it is written: PHQ-9, phq9.

    Raises:
        NoSuchMeasure: there is none.
    """
    found = _by_name().get(_plain(name))
    if found is None:
        raise NoSuchMeasure
    return found


@cache
def _by_name() -> Mapping[str, Measure]:
    return {_plain(name): one for one in measures().values() for name in (*one.aliases, one.measure)}


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())
