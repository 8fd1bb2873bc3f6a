"""Bookings through the gate beside those of GNU Health, on SQLite each, on the same disk in the same run.

GNU Health lives in an environment of its own below `.build`: it is GPL, and nothing of it comes with the product.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from bench.bookings import booking
from bench.measuring import Section

HERE = Path(__file__).resolve().parent
HOME = HERE.parent / ".build" / "gnuhealth"
BOOKINGS = 200


def _environment() -> Path:
    """The interpreter of their environment, made once for each list of what is in it."""
    python, wanted, has = HOME / "bin" / "python", (HERE / "gnuhealth.txt").read_text(), HOME / "has.txt"
    if not has.exists() or has.read_text() != wanted:
        venv.create(HOME, clear=True, with_pip=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "-r", str(HERE / "gnuhealth.txt")]
        subprocess.run(install, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        has.write_text(wanted)
    return python


def _theirs(python: Path) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        command = [str(python), str(HERE / "gnuhealth_peer.py"), folder, str(BOOKINGS)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    found: list[float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _ours() -> list[float]:
    taken = []
    with booking() as (book, _):
        for _ in range(BOOKINGS):
            begun = time.perf_counter()
            book()
            taken.append(time.perf_counter() - begun)
    return taken


def report(rounds: int = 5) -> Section:
    """The two take turns; the median of all bookings of each."""
    python = _environment()
    took: dict[str, list[float]] = {"GNU Health 5.0.6": [], "through the gate": []}
    for _ in range(max(1, rounds // 2)):
        took["GNU Health 5.0.6"] += _theirs(python)
        took["through the gate"] += _ours()
    medians = {name: statistics.median(times) for name, times in took.items()}
    theirs = medians["GNU Health 5.0.6"]
    rows = tuple(
        (name, f"{1000 * one:.2f} ms", f"{1 / one:,.0f} bookings/s", f"{theirs / one:.1f}")
        for name, one in medians.items()
    )
    return Section(
        f"Bookings beside GNU Health: {BOOKINGS} one after another",
        ("", "each", "", "times as fast"),
        rows,
        "Theirs is one transaction that creates a `gnuhealth.appointment` on plain SQLite; it looks at no other "
        "appointment, so it books a time twice. Ours is one on an encrypted store with permission, care team, guard "
        "against double booking and a line in the hash-chained log. Each waits for the disk once, which is why neither "
        "can be ten times the other.",
    )


if __name__ == "__main__":
    sys.stdout.write(report().markdown())
