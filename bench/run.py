"""Runs every measurement and writes `docs/benchmarks.md`: `python -m bench`, or `python -m bench x12 store`.

A module of this folder takes part when it has `report(rounds) -> Section`; `page_speed` has its own shape.
"""

import argparse
import importlib
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench.measuring import Section

HERE = Path(__file__).resolve().parent
ORDER = (
    "page_speed", "memory", "store", "bookings", "gnuhealth", "schedule", "sign_in", "foreign_ids", "audit", "explorer",
    "x12", "measures", "forms", "charting", "search", "mirror",
)  # fmt: skip
NAMES = tuple(name for name in ORDER if (HERE / f"{name}.py").exists())
DOCUMENT = HERE.parent / "docs" / "benchmarks.md"
LEAD = """# Measurements

Written by `make bench` on {on}: {cpu} cores, {system}, Python {python}. Times are medians of candidates that take
turns within one run, so compare the ratios; the seconds are this machine's.
"""


def section_of(name: str, rounds: int) -> Section:
    """The section of one module."""
    module = importlib.import_module(f"bench.{name}")
    if name == "page_speed":
        return _page_speed(module.main(rounds))
    section: Section = module.report(rounds)
    return section


def _page_speed(found: list[object]) -> Section:
    hello = found[0].warm  # type: ignore[attr-defined]
    rows = []
    for one in found:
        name, cold, warm, change = one.name, one.cold, one.warm, one.change  # type: ignore[attr-defined]
        changed = (f"{change:.0f} ms", f"{change / hello:.2f}") if change is not None else ("–", "–")
        rows.append((name, f"{cold:.0f} ms", f"{warm:.0f} ms", f"{warm / hello:.2f}", *changed))
    heads = ("", "first visit", "warm", "times hello", "change of view", "times hello")
    says = "From the start of navigation until a person can use the page, in the same browser run."
    return Section("Page to interactive", heads, tuple(rows), says)


def main() -> int:
    """Measure what was asked for; only a whole run writes the document."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], help="only these; the document is then left alone")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    sections = []
    for name in given.names or NAMES:
        print(f"… {name}", file=sys.stderr, flush=True)
        sections.append(section_of(name, given.rounds).markdown())
        print(sections[-1], flush=True)
    if not given.names:
        lead = LEAD.format(
            on=f"{datetime.now(UTC):%Y-%m-%d}", cpu=os.cpu_count(), system=platform.system(),
            python=platform.python_version(),
        )  # fmt: skip
        DOCUMENT.write_text("\n".join([lead, *sections]))
        print(f"Written to {DOCUMENT.relative_to(DOCUMENT.parent.parent)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
