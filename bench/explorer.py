"""The audit explorer over five million lines: every saved question, filter and facet, beside the bare DuckDB query.

Run it: `python -m bench.explorer`; `--lines 500000` for a quick look.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from bench.measuring import Section
from pipelines.audit_filling import DAYS, STRETCH, make_tables
from pipelines.duck import Duck, Snapshot
from workbench.gate.audit_events import AuditEvent
from workbench.marts.audit_explorer import PAGE
from workbench.marts.audit_questions import QUESTIONS, Narrowed, facets, lines_found, saved_counts

LINES, PEOPLE, PATIENTS = 5_000_000, 40, 20_000
LIMIT_MS = 300
YEARS_SECONDS = 4 * 365 * 86_400
LAST_DAY = date(2026, 1, 1)

# People work in stretches of sixty lines with a handful of records; in one stretch of five hundred somebody trawls.
_FILL = f"""INSERT INTO events
SELECT i, ts, CAST(wall AS DATE), isodow(wall), hour(wall), 1 + hash(stretch) % {PEOPLE}, true, 'clinician',
    left(md5(CAST(stretch AS VARCHAR)), 12), 1 + (h // 7) % {len(AuditEvent)},
    CASE WHEN h % 50 = 0 THEN 3 WHEN h % 3 = 0 THEN 1 ELSE 2 END, 'patients',
    CASE WHEN h % 5 < 3 THEN
        1 + CASE WHEN hash(stretch * 3) % 500 = 0 THEN h // 97 ELSE hash(stretch * 5 + h % 6) END % {PATIENTS} END
        AS patient,
    CAST(1 + hash(stretch) % {PEOPLE} AS BIGINT) * 4294967296 + patient,
    {STRETCH.format(actor="(1 + hash(stretch) % " + str(PEOPLE) + ")", at="ts")},
    1, CASE WHEN h % 10000 = 0 THEN 'B' WHEN h % 2 = 0 THEN 'P' ELSE 'Y' END, ''
FROM (
    SELECT *, CAST(hash(i) % 1000000007 AS BIGINT) AS h, timezone('America/New_York', timezone('UTC', ts)) AS wall
    FROM (
        SELECT i, i // 60 AS stretch,
            TIMESTAMP '2022-01-01' + to_microseconds(CAST(i * ({YEARS_SECONDS} / $lines) * 1000000 AS BIGINT)) AS ts
        FROM range(1, $lines + 1) AS t (i)
    )
)"""
_AROUND = (
    "INSERT INTO outcomes VALUES (1, 'done'), (2, 'shown'), (3, 'refused')",
    f"INSERT INTO actors SELECT i, 'au_' || i, true FROM range(1, {PEOPLE + 1}) AS t (i)",
    f"INSERT INTO patients SELECT i, 'ptp_' || i FROM range(1, {PATIENTS + 1}) AS t (i)",
    "INSERT INTO days " + DAYS.format(of="events"),
    "INSERT INTO hours SELECT stretch, any_value(actor), date_trunc('hour', any_value(done_at)), "
    "count(DISTINCT patient), count(*), 6 FROM events WHERE patient IS NOT NULL GROUP BY stretch",
    # One patient in a hundred shares something with somebody who works here.
    f"INSERT INTO ties SELECT (1 + hash(i) % {PEOPLE}) * 4294967296 + i, 1 + hash(i) % {PEOPLE}, i, i % 3 < 2, "
    "i % 3 > 0, i % 500 = 0 "
    f"FROM range(1, {PATIENTS + 1}, 10) AS t (i)",
)


_Work = Callable[[Snapshot, Narrowed], object]


@contextmanager
def filled(lines: int) -> Iterator[Duck]:
    """An encrypted index of so many lines over four years, made in DuckDB itself."""
    with tempfile.TemporaryDirectory() as folder:
        spill = Path(folder) / "spill"
        spill.mkdir()
        duck = Duck(Path(folder) / "audit-1.duckdb", bytes(32), spill=spill, name="audit_index")
        with duck.changing() as connection:
            make_tables(connection, "bench")
            events = [(number, str(event)) for number, event in enumerate(AuditEvent, start=1)]
            connection.executemany("INSERT INTO actions VALUES (?, ?)", events)
            connection.execute(_FILL, {"lines": lines})
            for statement in _AROUND:
                connection.execute(statement)
        yield duck
        duck.close()


def answers() -> dict[str, tuple[Narrowed, _Work]]:
    """What is asked of the whole log: each saved question, each filter, what the page shows beside, all of a page."""

    def page(asker: Snapshot, asked: Narrowed) -> object:
        return lines_found(asker, asked, most=PAGE + 1)

    def clicked(asker: Snapshot, asked: Narrowed) -> object:
        return page(asker, asked), facets(asker, asked, saved=False)

    def opened(asker: Snapshot, asked: Narrowed) -> object:
        return page(asker, asked), facets(asker, asked)

    found: dict[str, tuple[Narrowed, _Work]] = {
        f"{one.name}: newest fifty": (Narrowed(one.key), page) for one in QUESTIONS.values()
    }
    found |= {f"{one.name}: all of the page": (Narrowed(one.key), clicked) for one in QUESTIONS.values()}
    return found | {
        "one patient: all of the page": (Narrowed(patient="ptp_77"), opened),
        "one person: all of the page": (Narrowed(actor="au_7"), opened),
        "one action: all of the page": (Narrowed(event="chart.read"), opened),
        "refused: all of the page": (Narrowed(outcome="refused"), opened),
        "30 days: all of the page": (Narrowed(from_on=LAST_DAY.replace(year=2025, month=12)), opened),
        "everything: the saved questions counted": (Narrowed(), saved_counts),
        "everything: all of the page": (Narrowed(), opened),
    }


def timed(duck: Duck, work: Callable[[Snapshot], object], times: int) -> tuple[float, float, float]:
    """p50 and p95 by the clock and the mean CPU of all threads, in ms; each time a connection of its own, as a page."""
    took, cpu = [], time.process_time()
    for _ in range(times + 1):  # the first one reads the file, the others what is in memory, as in a day's work
        start = time.perf_counter()
        with duck.reading() as connection:
            work(Snapshot(connection))
        took.append((time.perf_counter() - start) * 1000)
    cpu = (time.process_time() - cpu) * 1000 / len(took)
    took = sorted(took[1:])
    return statistics.median(took), took[min(len(took) - 1, int(len(took) * 0.95))], cpu


def bare(narrowed: Narrowed) -> Callable[[Snapshot], object]:
    """The floor: DuckDB counting the lines that fit by person, nothing else."""
    text = f"SELECT actor, count(*) FROM events AS e WHERE {narrowed.where()} GROUP BY actor"
    params = {name: value for name, value in narrowed.params().items() if f"${name}" in text}
    return lambda asker: asker.query(text, params)


def report(rounds: int = 5, lines: int = LINES) -> Section:
    """Each question twenty times at the usual five rounds."""
    rows, worst = [], 0.0
    with filled(lines) as duck:
        megabytes = duck.path.stat().st_size / 1e6
        for name, (narrowed, work) in answers().items():
            _, floor, _ = timed(duck, bare(narrowed), rounds * 4)
            p50, p95, cpu = timed(duck, lambda asker, w=work, n=narrowed: w(asker, n), rounds * 4)  # type: ignore[misc]
            worst = max(worst, p95)
            rows.append(
                (name, f"{p50:.0f} ms", f"{p95:.0f} ms", f"{cpu:.0f} ms", f"{floor:.0f} ms", f"{p95 / floor:.1f}")
            )
    heads = ("", "p50", "p95", "CPU", "bare query, p95", "times it")
    says = (
        f"An encrypted index of {megabytes:.0f} MB, asked over its whole length unless a period is named. All of a "
        "page is the newest fifty lines and what all lines found are about, by person, action, end and hour; the page "
        "that is opened or narrowed also counts what the six saved questions find. The bare query counts the same "
        f"lines by person. CPU is of all threads together, and what a busy machine changes least. The limit is "
        f"{LIMIT_MS} ms at p95; the slowest took {worst:.0f} ms."
    )
    return Section(f"Audit explorer: {lines:,} lines", heads, tuple(rows), says)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    print(report(given.rounds, given.lines).markdown())
