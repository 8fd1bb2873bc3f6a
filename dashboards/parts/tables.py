"""What a table shows: columns, rows and totals, ready for the template. Sorting and paging are the page's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil

from markupsafe import Markup

Cell = str | int | Markup


@dataclass(frozen=True)
class Column:
    """One column. `leads` marks the one that names the row (a link, the title of a card on a phone)."""

    key: str
    label: str
    number: bool = False
    sorts: bool = False
    leads: bool = False
    label_hidden: bool = False
    only_wide: bool = False

    @property
    def css(self) -> str:
        """The classes of its cells."""
        words = (("number", self.number), ("leads", self.leads), ("only-wide-cell", self.only_wide))
        return " ".join(word for word, holds in words if holds)


@dataclass(frozen=True)
class Row:
    """One row: `go` opens a path, `do` sends a verb with `row=key`. `name` says which row to a screen reader."""

    key: str
    cells: tuple[Cell, ...]
    name: str = ""
    go: str | None = None
    do: str | None = None
    tone: str = ""


@dataclass(frozen=True)
class Bulk:
    """What can be done with the selected rows: the verb gets them as `message.all("row")`."""

    label: str
    do: str
    icon: str = "check"


@dataclass(frozen=True)
class Table:
    """A table for `ui.table`. `caption` names it for screen readers; `totals` has one cell a column."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    base: str = ""
    sorted_by: str = ""
    descending: bool = False
    sort_verb: str = "sort"
    selects: bool = False
    bulk: tuple[Bulk, ...] = ()
    totals: tuple[Cell, ...] = ()
    dense: bool = False
    as_cards: bool = True
    empty_title: str = "Nothing here yet"
    empty_text: str = ""
    empty_icon: str = "inbox"


@dataclass(frozen=True)
class Pages:
    """Where one is among pages of rows; `number` counts from 1."""

    number: int
    size: int
    total: int
    noun: str = "rows"

    @property
    def last(self) -> int:
        """The number of the last page, at least 1."""
        return max(1, ceil(self.total / self.size))

    @property
    def words(self) -> str:
        """Which rows are shown: `1–50 of 312 claims`."""
        if not self.total:
            return f"No {self.noun}"
        first = (self.number - 1) * self.size + 1
        return f"{first:,}–{min(self.total, first + self.size - 1):,} of {self.total:,} {self.noun}"

    def cut(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """The rows of this page, out of all of them."""
        start = (self.number - 1) * self.size
        return tuple(rows[start : start + self.size])


def turned_to(number: int, size: int, total: int, noun: str = "rows") -> Pages:
    """The page nearest to `number` that exists."""
    last = max(1, ceil(total / size))
    return Pages(min(max(number, 1), last), size, total, noun)


@dataclass(frozen=True)
class Kpi:
    """One number with where it comes from. `opens` is the verb that shows its definition, SQL and rows."""

    key: str
    label: str
    value: str
    unit: str = ""
    delta: str = ""
    delta_good: bool | None = None
    delta_up: bool = True
    note: str = ""
    trend: tuple[float, ...] = ()
    trend_label: str = ""
    opens: str = "open_number"

    @property
    def delta_tone(self) -> str:
        """Whether the change is good news, bad news or neither."""
        return {True: "good", False: "bad", None: "neutral"}[self.delta_good]

    @property
    def delta_icon(self) -> str:
        """The direction, which is not the news: fewer no-shows point down and are good."""
        return "arrow-up" if self.delta_up else "arrow-down"


@dataclass(frozen=True)
class Step:
    """One line of a timeline; `at` is already in words of the practice's zone."""

    label: str
    at: str
    icon: str = "circle-dot"
    tone: str = "neutral"
    who: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Look:
    """How a status looks: a word, a shape and a colour, so that colour never speaks alone."""

    word: str
    tone: str
    icon: str


@dataclass(frozen=True)
class Looks:
    """The looks of a family of stored values; an unknown value is shown as itself, neutral."""

    by_value: dict[str, Look] = field(default_factory=dict)

    def of(self, value: str) -> Look:
        """How `value` looks."""
        return self.by_value.get(value) or Look(value.replace("_", " ").capitalize(), "neutral", "circle-dot")

    def options(self) -> Iterable[tuple[str, str]]:
        """Value and word of each, for a select."""
        return ((value, look.word) for value, look in self.by_value.items())
