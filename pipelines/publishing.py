"""Makes the touched parts of the `out_` tables again, checks, and publishes all of it at once or nothing."""

import re
from dataclasses import dataclass
from datetime import datetime

from pipelines.copying import keep
from pipelines.duck import Connection, Duck
from pipelines.sql_files import Check, OutTable, checks, out_tables

_CHANGED = re.compile(r"\bchanged_(\w+)")
_REFRESHING = "(SELECT part FROM refreshing)"
_FEW = 300


@dataclass(frozen=True)
class CheckResult:
    """What one check found: how many rows are wrong, 0 if none."""

    name: str
    says: str
    is_critical: bool
    failures: int


class ChecksFailed(Exception):
    """A critical check found something, so what was published before stays."""

    def __init__(self, results: tuple[CheckResult, ...]) -> None:
        super().__init__("a critical check failed")
        self.results = results


def publish(duck: Duck, at: datetime, *, whole: bool = False) -> tuple[CheckResult, ...]:
    """Bring the `out_` tables up to the raw tables as of `at`, in one transaction.

    whole: check every row, not only those touched since the last time.

    Raises:
        ChecksFailed: nothing was published; what is pending stays pending, and the results are kept.
    """
    try:
        with duck.changing() as connection:
            for out in out_tables():
                _refresh(connection, out)
            results = run_checks(connection, whole=whole)
            _demand_good(results)
            connection.execute("DELETE FROM pending_parts")
            connection.execute("DELETE FROM pending_rows")
            _keep_results(connection, results, at)
            keep(connection, {"published_at": at.isoformat()})
    except ChecksFailed as refusal:
        with duck.changing() as connection:
            _keep_results(connection, refusal.results, at)
        raise
    return results


def has_pending(duck: Duck) -> bool:
    """Whether rows were copied that are not published yet."""
    with duck.reading() as connection:
        row = connection.execute(
            "SELECT EXISTS (SELECT 1 FROM pending_parts) OR EXISTS (SELECT 1 FROM pending_rows)"
        ).fetchone()
    return bool(row and row[0])


def run_checks(connection: Connection, *, whole: bool) -> tuple[CheckResult, ...]:
    """Every check of `checks/*.sql`, over all rows or over those touched since the last publish.

    A check whose tables were not touched says what it said before.
    """
    before = dict(connection.execute("SELECT name, failures FROM check_results").fetchall())
    return tuple(
        _run(connection, check, whole=whole)
        or CheckResult(check.name, check.says, check.level == "critical", before.get(check.name, 0))
        for check in checks()
    )


def last_results(duck: Duck) -> tuple[CheckResult, ...]:
    """What the checks found the last time."""
    with duck.reading() as connection:
        rows = connection.execute("SELECT name, says, level, failures FROM check_results ORDER BY name").fetchall()
    return tuple(CheckResult(name, says, level == "critical", failures) for name, says, level, failures in rows)


def _refresh(connection: Connection, out: OutTable) -> None:
    """Make the pending parts of one table again: all of it where `*` is pending."""
    pending = connection.execute(
        f"SELECT DISTINCT part FROM pending_parts WHERE out_table = ? LIMIT {_FEW + 1}", [out.name]
    ).fetchall()
    if not pending:
        return
    whole = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM pending_parts WHERE out_table = ? AND part = '*')", [out.name]
    ).fetchone()
    parts = f"SELECT DISTINCT CAST(part AS {out.part_type}) FROM pending_parts WHERE out_table = '{out.name}'"
    select = out.select
    if whole and whole[0]:
        parts = out.every_part
        connection.execute(f"DELETE FROM {out.name}")
    elif len(pending) <= _FEW:
        # DuckDB takes a written-out list down to the scans, through joins and groups; a subquery it does not.
        listed = ", ".join(f"CAST({_text(part)} AS {out.part_type})" for (part,) in pending)
        select = select.replace(_REFRESHING, f"({listed})")
        connection.execute(f"DELETE FROM {out.name} WHERE {out.part} IN ({listed})")
    else:
        connection.execute(f"DELETE FROM {out.name} WHERE {out.part} IN ({parts})")
    # In the order of the parts, so that a scan for some days skips the blocks of the others.
    connection.execute(f"INSERT INTO {out.name} WITH refreshing(part) AS ({parts}) {select} ORDER BY {out.part}")


def _run(connection: Connection, check: Check, *, whole: bool) -> CheckResult | None:
    """What the check found; None if nothing it asks about was touched."""
    named = sorted(set(_CHANGED.findall(check.select)))
    rows = []
    for table in named:
        only = "" if whole else f" WHERE id IN ({_touched(connection, table)})"
        rows.append(f"changed_{table} AS (SELECT * FROM raw_{table}{only})")
    if not whole and all(row.endswith(" IN (NULL))") for row in rows):
        return None
    found = connection.execute((f"WITH {', '.join(rows)} " if rows else "") + check.select).fetchone()
    return CheckResult(check.name, check.says, check.level == "critical", int(found[0]) if found else 0)


def _touched(connection: Connection, table: str) -> str:
    """The touched ids of a table as SQL: written out where they are few, NULL where there are none."""
    query = f"SELECT DISTINCT id FROM pending_rows WHERE table_name = '{table}'"
    ids = connection.execute(f"{query} LIMIT {_FEW + 1}").fetchall()
    if len(ids) > _FEW:
        return query
    return ", ".join(_text(one) for (one,) in ids) or "NULL"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _demand_good(results: tuple[CheckResult, ...]) -> None:
    if any(result.is_critical and result.failures for result in results):
        raise ChecksFailed(results)


def _keep_results(connection: Connection, results: tuple[CheckResult, ...], at: datetime) -> None:
    connection.execute("DELETE FROM check_results")
    connection.executemany(
        "INSERT INTO check_results VALUES (?, ?, ?, ?, ?)",
        [
            (r.name, "critical" if r.is_critical else "warning", r.says, r.failures, at.replace(tzinfo=None))
            for r in results
        ],
    )
