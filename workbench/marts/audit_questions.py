"""Questions to the index of the audit log: saved ones, each with a definition and an SQL file, and how to narrow them.

Every text is put together here, of our own files and fixed conditions; what a person chose only ever is a parameter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from workbench.kernel.errors import WorkbenchError
from workbench.marts.audit_rules import MASS_DAYS, MASS_LEAST, MASS_TIMES
from workbench.marts.reader import Asker

_SQL = Path(__file__).parent / "audit_sql"


class NoSuchQuestion(WorkbenchError):
    """The page was asked for a question that is not saved."""

    def __init__(self) -> None:
        super().__init__("There is no such saved question. Choose one of the list.")


@dataclass(frozen=True)
class Question:
    """A saved question. `key` names its file in `audit_sql/`; `says` is its definition, as exact as the file."""

    key: str
    name: str
    says: str


QUESTIONS: Final[dict[str, Question]] = {
    one.key: one
    for one in (
        Question(
            "same_surname", "Same surname",
            "A person opened or changed the record of somebody who shares a part of their surname. Accents, capitals "
            "and apostrophes do not count; of a double name each part does.",
        ),
        Question(
            "neighbours", "Neighbours",
            "A person opened or changed the record of somebody in their own street and ZIP code. Where somebody who "
            "works here lives is known only if they have a record here themselves.",
        ),
        Question(
            "own_record", "Own record",
            "A person opened or changed a record with their own whole name or their own e-mail address.",
        ),
        Question(
            "after_hours", "After hours",
            "A person opened or changed somebody's record on a weekend, or before the practice opens or after it "
            "closes, by the practice's clock.",
        ),
        Question(
            "mass_reading", "Mass reading",
            f"In one clock hour a person opened more than {MASS_LEAST} different records, and more than {MASS_TIMES} "
            f"times the median of their own hours of the {MASS_DAYS} days before.",
        ),
        Question(
            "break_glass", "Break-glass",
            "A chart was opened in an emergency, closed or reviewed, or something was read under such an opening.",
        ),
    )
}  # fmt: skip
"""By key, in the order a page shows them."""


@dataclass(frozen=True)
class Narrowed:
    """What is asked; empty means all.

    question: the key of a saved one. actor and patient: as the index names them. from_on and until_on: practice days,
    both included. held: a letter of the table of permissions. opens, closes: the practice's hours.
    """

    question: str = ""
    actor: str = ""
    patient: str = ""
    event: str = ""
    outcome: str = ""
    held: str = ""
    from_on: date | None = None
    until_on: date | None = None
    opens: int = 8
    closes: int = 18

    @property
    def is_of_days(self) -> bool:
        """Whether nothing is asked but a period, or everything."""
        return not any((self.question, self.actor, self.patient, self.event, self.outcome, self.held))

    def where(self, *, saved: bool = True) -> str:
        """The condition on `events AS e`. saved: with the saved question's own.

        Raises:
            NoSuchQuestion: it is not saved.
        """
        met = [text for name, text in _CONDITIONS.items() if getattr(self, name) not in ("", None)]
        if saved and self.question:
            if self.question not in QUESTIONS:
                raise NoSuchQuestion
            met.append(clause(self.question))
        return " AND ".join(met) or "true"

    def params(self) -> dict[str, Any]:
        """The values of every parameter a text may use."""
        mass = {"mass_least": MASS_LEAST, "mass_times": MASS_TIMES}
        return {name: getattr(self, name) for name in (*_CONDITIONS, "opens", "closes")} | mass


_CONDITIONS: Final[Mapping[str, str]] = {
    "from_on": "e.day >= $from_on",
    "until_on": "e.day <= $until_on",
    "actor": "e.actor = (SELECT key FROM actors WHERE actor = $actor)",
    "patient": "e.patient = (SELECT key FROM patients WHERE patient = $patient)",
    "event": "e.action = (SELECT key FROM actions WHERE event = $event)",
    "outcome": "e.outcome = (SELECT key FROM outcomes WHERE outcome = $outcome)",
    "held": "e.held = $held",
}


@dataclass(frozen=True)
class Count:
    """One bar of a facet: what is counted, and how many lines."""

    value: str
    lines: int


@dataclass(frozen=True)
class Facets:
    """What the found lines are about: by person, action and outcome the most frequent first; by hour of the clock."""

    total: int = 0
    actors: tuple[Count, ...] = ()
    events: tuple[Count, ...] = ()
    outcomes: tuple[Count, ...] = ()
    hours: tuple[int, ...] = (0,) * 24
    saved: Mapping[str, int] = field(default_factory=dict)


@cache
def clause(question: str) -> str:
    """The condition of a saved question, in brackets."""
    lines = (_SQL / f"{question}.sql").read_text(encoding="utf-8").splitlines()
    return "(" + "\n".join(line for line in lines if not line.startswith("--")).strip() + ")"


def lines_found(asker: Asker, asked: Narrowed, *, most: int, older_than: int | None = None) -> tuple[int, ...]:
    """The numbers of the newest lines that fit, newest first; `older_than` goes on from a page before."""
    text = f"SELECT seq FROM events AS e WHERE {asked.where()}"  # noqa: S608 - of our own texts, see above
    params = asked.params() | {"most": most}
    if older_than is not None:
        text += " AND seq < $older_than"
        params["older_than"] = older_than
    return tuple(seq for (seq,) in _ask(asker, f"{text} ORDER BY seq DESC LIMIT $most", params))


def facets(asker: Asker, asked: Narrowed, *, saved: bool = True) -> Facets:
    """What the found lines are about. saved: how many each saved question finds, too."""
    actors, actions, outcomes, hours = _counted(asker, asked).values()
    return Facets(
        total=sum(outcomes.values()),
        actors=_named(asker, "actors", "actor", actors),
        events=_named(asker, "actions", "event", actions),
        outcomes=_named(asker, "outcomes", "outcome", outcomes),
        hours=tuple(hours.get(hour, 0) for hour in range(24)),
        saved=saved_counts(asker, asked) if saved else {},
    )


FACETS: Final = ("actor", "action", "outcome", "hour")
"""The columns of `events` that lines are counted by, each by itself."""


def _counted(asker: Asker, asked: Narrowed) -> dict[str, dict[int, int]]:
    counted: dict[str, dict[int, int]] = {facet: {} for facet in FACETS}
    where = asked.where()
    if asked.is_of_days:
        # What was counted day by day as the lines came in need only be added up.
        text = f"SELECT facet, value, sum(lines) FROM days AS e WHERE {where} GROUP BY facet, value"  # noqa: S608
    else:
        names = " ".join(f"WHEN grouping({facet}) = 0 THEN '{facet}'" for facet in FACETS)
        text = (
            f"SELECT CASE {names} END, coalesce({', '.join(FACETS)}), count(*) FROM events AS e WHERE {where} "  # noqa: S608
            f"GROUP BY GROUPING SETS ({', '.join(f'({facet})' for facet in FACETS)})"
        )
    for facet, value, lines in _ask(asker, text, asked.params()):
        counted[facet][value] = int(lines)
    return counted


def saved_counts(asker: Asker, asked: Narrowed) -> dict[str, int]:
    """How many of the narrowed lines each saved question finds."""
    found: dict[str, int] = {}
    for first, keys in _TOGETHER:
        counts = ", ".join(f"count(*) FILTER (WHERE {clause(key)})" for key in keys)
        text = f"SELECT {counts} FROM events AS e WHERE {asked.where(saved=False)} AND {first}"  # noqa: S608
        (row,) = _ask(asker, text, asked.params()) or [(0,) * len(keys)]
        found.update(zip(keys, row, strict=True))
    return {key: found[key] for key in QUESTIONS}


_TOGETHER: Final = (
    ("e.pair IN (SELECT pair FROM ties)", ("same_surname", "neighbours", "own_record")),
    ("true", ("after_hours", "break_glass")),
    (clause("mass_reading"), ("mass_reading",)),
)
"""Which questions are counted in one pass, and what lets most lines out of it first: a join, if there is one."""


def everybody(asker: Asker) -> tuple[str, ...]:
    """Whoever is in the log at all, as the index names them."""
    return tuple(actor for (actor,) in _ask(asker, "SELECT actor FROM actors ORDER BY actor", {}))


def newest_line(asker: Asker) -> int:
    """Up to which line the index has read."""
    rows = _ask(asker, "SELECT value FROM facts WHERE name = 'seq'", {})
    return int(rows[0][0]) if rows else 0


def _named(asker: Asker, table: str, column: str, counted: Mapping[int, int]) -> tuple[Count, ...]:
    names = dict(_ask(asker, f"SELECT key, {column} FROM {table}", {}))  # noqa: S608
    found = (Count(names[key], lines) for key, lines in counted.items())
    return tuple(sorted(found, key=lambda one: (-one.lines, one.value)))


def _ask(asker: Asker, text: str, params: Mapping[str, Any]) -> tuple[tuple[Any, ...], ...]:
    # DuckDB refuses parameters that a text does not use.
    return asker.query(text, {name: value for name, value in params.items() if f"${name}" in text}).rows
