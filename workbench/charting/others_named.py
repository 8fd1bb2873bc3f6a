"""Whether a note of one member of a group names another one: each record is one person's alone. Pure."""

from collections.abc import Collection, Iterator

from workbench.charting.tables import NoteText
from workbench.charting.wording import PARTS, words_of
from workbench.kernel.errors import WorkbenchError

Name = tuple[str, str]
"""Given name and family name."""


class SomebodyElseNamed(WorkbenchError):
    """The note names another member of the group. `fields` says in which parts; who it is is not repeated."""

    def __init__(self, parts: Collection[str]) -> None:
        where = " and ".join(part.capitalize() for part in parts)
        super().__init__(f"{where} names somebody else of the group. A record is one person's alone.")
        self.fields = dict.fromkeys(
            parts, "Somebody else of the group is named here. Write “another member”, or leave it out."
        )


def parts_that_name(text: NoteText, others: Collection[Name], own: Collection[Name]) -> tuple[str, ...]:
    """The parts in which a name stands, as whole words and in either order: `Mara Finch`, `Finch, Mara`.

    own: the names of whose note it is; who is called the same cannot be told from them.
    """
    ours = {tuple(words) for name in own for words in _orders(name)}
    wanted = {tuple(words) for name in others for words in _orders(name)} - ours - {()}
    return tuple(part for part in PARTS if _names_any(words_of(getattr(text, part)), wanted))


def _orders(name: Name) -> Iterator[tuple[str, ...]]:
    given, family = (words_of(one) for one in name)
    if given and family:  # one name alone is a word like any other: Will, Grace, May
        yield given + family
        yield family + given


def _names_any(words: tuple[str, ...], names: Collection[tuple[str, ...]]) -> bool:
    return any(words[at : at + len(name)] == name for name in names for at in range(len(words) - len(name) + 1))
