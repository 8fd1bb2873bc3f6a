"""The daily gate: a snapshot of the mirror is handed to a process of its own, which holds it against the suites."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from pipelines.checks.expectations import TABLES, write_tables
from pipelines.duck import Duck

PATIENCE_SECONDS = 900


class SuiteBroken(RuntimeError):
    """The process of the suites ended without an answer."""


@dataclass(frozen=True)
class SuiteResult:
    """What one expectation found."""

    table: str
    expectation: str
    column: str
    is_critical: bool
    success: bool
    unexpected: int


def run_suites(duck: Duck) -> tuple[SuiteResult, ...]:
    """Every suite over one snapshot.

    Raises:
        SuiteBroken: the process failed.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "pipelines.checks.expectations"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(sys.path), "GX_ANALYTICS_ENABLED": "False", "TQDM_DISABLE": "1"},
    ) as process:
        assert process.stdout is not None
        feeding = threading.Thread(target=_feed, args=(duck, process), name="suites", daemon=True)
        feeding.start()
        lines = process.stdout.read().splitlines()
        feeding.join()
        if process.wait(timeout=PATIENCE_SECONDS):
            raise SuiteBroken(f"the suites ended with code {process.returncode}")
    return tuple(SuiteResult(**json.loads(line)) for line in lines)


def _feed(duck: Duck, process: "subprocess.Popen[bytes]") -> None:
    assert process.stdin is not None
    with process.stdin as pipe:
        try:
            write_tables(pipe, _tables(duck))
        except BrokenPipeError:
            process.kill()  # it died meanwhile; its exit code tells


def _tables(duck: Duck) -> Iterator[tuple[str, pa.Table]]:
    with duck.reading() as connection:
        for name in TABLES:
            yield name, connection.execute(f"SELECT * FROM {name}").to_arrow_table()
