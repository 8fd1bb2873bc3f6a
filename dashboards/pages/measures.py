"""The results of one measure as rows, newest first."""

from zoneinfo import ZoneInfo

from dashboards.parts.html import day
from dashboards.parts.tables import Column, Row, Table
from workbench.screens.alerts import flag_words
from workbench.screens.measures_over_time import Course, Taken


def results_table(course: Course, zone: ZoneInfo) -> Table:
    """Every administration with its total, band and what it raised."""
    columns = (
        Column("on", "Day", leads=True),
        Column("total", "Total", number=True),
        Column("band", "Band"),
        Column("flags", "Raised"),
    )
    rows = tuple(
        Row(
            one.result_id,
            (day(one.taken_at, zone), _total(one), one.band.capitalize() or "Not complete", _flags(one)),
            name=day(one.taken_at, zone),
        )
        for one in reversed(course.taken)
    )
    return Table(f"results-{course.rule.key.partition('@')[0]}", f"{course.rule.measure}, newest first", columns, rows,
                 dense=True)  # fmt: skip


def _total(one: Taken) -> str:
    return "–" if one.total is None else str(one.total)


def _flags(one: Taken) -> str:
    return ", ".join(flag_words(flag) for flag in one.flags) or "–"
