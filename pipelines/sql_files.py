"""The SQL of the pipeline, a question a file. The comment at the top is read: grain, owner, what makes it stale.

```sql
-- One row a practice day and clinician: what was booked and how it ended.
-- owner: practice manager
-- part: day_on DATE
-- every part: SELECT DISTINCT starts_on FROM raw_appointments
-- touched by appointments: SELECT starts_on FROM raw_appointments JOIN changed USING (id)
SELECT … WHERE starts_on IN (SELECT part FROM refreshing)
```
A line that begins with `--   ` goes on with the one before.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class CoreView:
    """Rows joined and named as the practice speaks of them; always as fresh as the raw tables."""

    name: str
    says: str
    select: str


@dataclass(frozen=True)
class OutTable:
    """A table that numbers are read from, kept by parts: only the days or rows that were touched are made again.

    touched: for each store table a query for the parts its changed rows (the batch `changed`, ids only) belong to;
    it is asked before and after the change, because a row that moves touches two parts.
    """

    name: str
    says: str
    owner: str
    part: str
    part_type: str
    every_part: str
    touched: dict[str, str]
    select: str


@dataclass(frozen=True)
class Check:
    """A query that counts what is wrong. It may say `changed_<table>` for the raw rows touched since the last time."""

    name: str
    says: str
    level: Literal["critical", "warning"]
    select: str


@cache
def core_views() -> tuple[CoreView, ...]:
    """`core/*.sql`, in the order of their names: a later one may use an earlier one."""
    return tuple(
        CoreView(f"core_{_unnumbered(file.stem)}", _header(file)[""], _select(file))
        for file in sorted((_HERE / "core").glob("*.sql"))
    )


@cache
def out_tables() -> tuple[OutTable, ...]:
    """`out/*.sql`."""
    return tuple(_out_table(file) for file in sorted((_HERE / "out").glob("*.sql")))


@cache
def checks() -> tuple[Check, ...]:
    """`checks/*.sql`."""
    return tuple(_check(file) for file in sorted((_HERE / "checks").glob("*.sql")))


def _out_table(file: Path) -> OutTable:
    header = _header(file)
    part, part_type = header["part"].split()
    prefix = "touched by "
    touched = {key.removeprefix(prefix): query for key, query in header.items() if key.startswith(prefix)}
    return OutTable(
        f"out_{file.stem}", header[""], header["owner"], part, part_type, header["every part"], touched, _select(file)
    )


def _check(file: Path) -> Check:
    header = _header(file)
    level: Literal["critical", "warning"] = "critical" if "critical" in header else "warning"
    return Check(file.stem, header[level], level, _select(file))


def _header(file: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    key = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("--"):
            break
        if line.startswith("--   "):
            found[key] += " " + line[2:].strip()
            continue
        name, colon, rest = line[2:].strip().partition(": ")
        key, value = (name, rest) if colon and (name in _KEYS or name.startswith("touched by ")) else ("", line[2:])
        found[key] = f"{found[key]} {value.strip()}" if key in found and not key else value.strip()
    return found


_KEYS = ("owner", "part", "every part", "critical", "warning")


def _select(file: Path) -> str:
    lines = file.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("--")).strip().removesuffix(";")


def _unnumbered(stem: str) -> str:
    return stem.lstrip("0123456789_")
