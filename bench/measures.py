"""Measures scored by their rules, against the least that scoring can cost: adding up the answers."""

from bench.measuring import Section, compared, cpu_seconds
from workbench.measures.catalogue import measure_named
from workbench.measures.scoring import score

TIMES = 5_000


def report(rounds: int = 7) -> Section:
    """A short measure, one with skips and decisions, the longest, and the floor."""
    floor = "sum of nine answers (the floor)"
    nine = {str(item): 1 for item in range(1, 10)}
    screener = {"1": "yes", "2": "no", "6": "no"}
    scared = {str(item): 1 for item in range(1, 42)}
    phq9, cssrs, long = (measure_named(name) for name in ("PHQ-9", "C-SSRS", "SCARED"))
    seconds = cpu_seconds(
        {
            floor: lambda: [sum(nine.values()) for _ in range(TIMES)],
            "PHQ-9: sum, band, cut-off, flag": lambda: [score(phq9, nine) for _ in range(TIMES)],
            "C-SSRS: skips and triage": lambda: [score(cssrs, screener) for _ in range(TIMES)],
            "SCARED: 41 items, five scales": lambda: [score(long, scared) for _ in range(TIMES)],
        },
        rounds,
    )
    return Section(
        f"Measures: {TIMES:,} scores one after another",
        ("", "CPU", "", "times the floor"),
        compared(seconds, floor, of=TIMES, noun="scores"),
        "Each answer is checked against its item before it counts. The rules are data; they are compiled once.",
    )
