"""The mirror: following a store by its change log, against building it anew and against a reload with pandas."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pandas as pd
from sqlalchemy import insert, text, update

from bench.measuring import Section, wall_seconds
from bench.store import practice
from pipelines.copying import Copier
from pipelines.files import MirrorFolder
from pipelines.keeping import Keeper
from pipelines.mirror import Mirror
from workbench.demo.draw import ZONE
from workbench.demo.load import load_practice
from workbench.demo.sizes import SIZES
from workbench.gate.action import Gate
from workbench.people.tables import Location
from workbench.scheduling.tables import Attendance
from workbench.store.engine import Store

NOW = datetime(2026, 3, 9, 14, tzinfo=UTC)
MANY, FEW, LAGS = 100_000, 1_000, 100


def report(rounds: int = 5) -> Section:
    """A practice of twelve clinicians over two years."""
    with practice() as store:
        load_practice(Gate(store, ZONE), SIZES["group"], now=NOW)
        with _keeper(store) as kept:
            rows = sum(kept.status.rows.values())
            seconds = wall_seconds(
                {
                    "reload of everything with pandas": lambda: _pandas(store),
                    "building the mirror anew": lambda: kept.build("measured"),
                },
                rounds,
            )
            few = _following(store, kept, FEW, rounds)
            many = _following(store, kept, MANY, 1)
        lags = _lags(store)
    floor = seconds["reload of everything with pandas"]
    table = [
        (name, f"{took:.3f} s", f"{rows / took:,.0f} rows/s", f"{took / floor:.3f}") for name, took in seconds.items()
    ]
    for changed, (copied, published) in ((FEW, few), (MANY, many)):
        table.append((f"following {changed:,} changes", f"{copied:.3f} s", f"{changed / copied:,.0f} changes/s",
                      f"{copied / floor:.3f}"))  # fmt: skip
        table.append(("… and making the numbers anew", f"{published:.3f} s", "", f"{published / floor:.3f}"))
    table.append((
        "lag of one commit until the numbers show it", f"p50 {lags[len(lags) // 2] * 1000:.0f} ms",
        f"p99 {lags[int(len(lags) * 0.99) - 1] * 1000:.0f} ms", "",
    ))  # fmt: skip
    return Section(
        f"Mirror: {rows:,} rows",
        ("", "by the clock", "", "times the reload"),
        tuple(table),
        "Building and following replace ids by pseudonyms, check every row and write an encrypted file; the reload "
        "does none of that. Making the numbers touches only the days and charges that changed. Numbers are made at "
        "most every quarter of a second, and an idle mirror looks at the store five times a second: that is the lag.",
    )


@contextmanager
def _keeper(store: Store) -> Iterator[Keeper]:
    with tempfile.TemporaryDirectory() as folder:
        files = MirrorFolder(Path(folder) / "mirror")
        files.take()
        kept = Keeper(store, Copier(store.vault, ZoneInfo("America/New_York")), files, lambda: NOW)
        kept.open()
        yield kept
        kept.forget("")
        files.release()


def _pandas(store: Store) -> None:
    """What most people would write: read each table, hand it to DuckDB."""
    copier = Copier(store.vault, ZoneInfo("America/New_York"))
    duck = duckdb.connect()
    with store.engine.connect().execution_options(read_only=True) as connection:
        for name, reader in copier.readers.items():
            columns = ", ".join(reader._sources)
            frame = pd.read_sql(text(f"SELECT {columns} FROM {name}"), connection)
            duck.register("frame", frame)
            duck.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")
            duck.unregister("frame")
    duck.close()


_NUMBERS = count(1)


def _following(store: Store, kept: Keeper, changes: int, rounds: int) -> tuple[float, float]:
    """Median seconds to copy so many changes, and to publish them."""
    took: list[tuple[float, float]] = []
    for _ in range(rounds):
        _change(store, changes)
        took.append((_timed(kept.catch_up), _timed(lambda: kept.publish(NOW))))
    return statistics.median(one for one, _ in took), statistics.median(one for _, one in took)


def _change(store: Store, changes: int) -> None:
    with store.writing() as session:
        ids = session.connection().exec_driver_sql("SELECT id FROM attendances LIMIT 20000").scalars().all()
        left = changes
        while left:
            some = ids[: min(left, 500)]
            session.execute(update(Attendance).where(Attendance.id.in_(some)).values(version=next(_NUMBERS)))
            ids = ids[len(some) :] + some
            left -= len(some)
        session.commit()


def _lags(store: Store) -> list[float]:
    """Seconds from the end of a commit until a query of the published mirror sees the row, sorted."""
    found: list[float] = []
    mirror = Mirror(store, ZoneInfo("America/New_York"), lambda: datetime.now(UTC))
    mirror.start()
    mirror.wait_ready(120)
    for _ in range(LAGS):
        time.sleep(0.05)
        with store.writing() as session:
            values = {"id": f"loc_{next(_NUMBERS)}", "name": "Annexe", "place_code": "11", "is_telehealth": False}
            session.execute(insert(Location).values(values))
            session.commit()
        committed = datetime.now(UTC)
        found.append(_timed(lambda at=committed: _wait(mirror, at)))  # type: ignore[misc]
    mirror.stop()
    return sorted(found)


def _wait(mirror: Mirror, committed: datetime) -> None:
    until = committed + timedelta(seconds=30)
    while (as_of := mirror.status().as_of) is None or as_of < committed:
        if datetime.now(UTC) > until:
            raise RuntimeError("the mirror does not follow")
        time.sleep(0.001)


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
