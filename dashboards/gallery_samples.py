"""Invented people, numbers and figures for the gallery."""

import math
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dashboards.parts import plots
from dashboards.parts.html import ENVIRONMENT
from dashboards.parts.navigation import Notice
from dashboards.parts.page import Theme
from dashboards.parts.statuses import CLAIM
from dashboards.parts.tables import Bulk, Column, Kpi, Row, Step, Table
from workbench.kernel.money import dollars

ZONE = ZoneInfo("America/New_York")
TODAY = date(2026, 3, 9)
NOW = datetime(2026, 3, 9, 15, 20, tzinfo=UTC)
BASE = "/app"
UI: Any = ENVIRONMENT.globals["ui"]
FIRST = (
    "Avery",
    "Jordan",
    "Riley",
    "Morgan",
    "Casey",
    "Quinn",
    "Rowan",
    "Skyler",
    "Emerson",
    "Harper",
    "Finley",
    "Sage",
)
LAST = ("Abernathy", "Brightwater", "Castellano", "Dunmore", "Everhart", "Fairbanks", "Greenwood", "Holloway", "Ives")
PAYERS = ("Blue Harbor Health", "Summit Mutual", "Evergreen Plan", "Lakeside Medicaid")
PEOPLE = tuple(f"{FIRST[n % 12]} {LAST[(n * 5 + n // 12) % 9]}" for n in range(96))
STEPS = (
    Step("Booked", "Feb 24, 9:12 am", "calendar-plus", "info", "by Ruth Adeyemi", "Therapy, 50 minutes, Room 2"),
    Step("Confirmed by text message", "Mar 7, 4:03 pm", "calendar-check", "accent"),
    Step("Arrived", "Mar 9, 8:56 am", "door-open", "warn", "by Front desk"),
    Step("Note signed and locked", "Mar 9, 10:05 am", "lock", "good", "by Lena Okafor, LCSW"),
)


def state_of(n: int) -> str:
    """Whether the n-th person is seen or waits."""
    return "waiting" if n % 5 == 3 else "active"


def kpis() -> tuple[Kpi, ...]:
    """Four numbers of a manager."""
    wave = tuple(90 + 14 * math.sin(n / 2) + n for n in range(16))
    return (
        Kpi("sessions", "Sessions kept", "1,284", delta="6.2%", delta_good=True, note="vs. February", trend=wave),
        Kpi(
            "no_shows",
            "No-show rate",
            "7.4",
            "%",
            delta="1.1 pts",
            delta_good=True,
            delta_up=False,
            note="vs. February",
            trend=tuple(120 - v for v in wave),
        ),
        Kpi(
            "collected",
            "Collected",
            "$186,420",
            delta="3.8%",
            delta_good=True,
            note="97.1% of expected",
            trend=wave[::2],
        ),
        Kpi(
            "aging",
            "A/R over 90 days",
            "$21,905",
            delta="2.4%",
            delta_good=False,
            note="11% of all open",
            trend=wave[::-1],
        ),
    )


def worklist() -> Table:
    """What needs somebody."""
    columns = (
        Column("what", "What", leads=True),
        Column("who", "Who"),
        Column("due", "Waiting"),
        Column("sum", "Amount", number=True),
    )
    rows = (
        Row(
            "1",
            ("Remittance does not balance", "Summit Mutual", "2 days", UI.money(428_500)),
            "remittance",
            go="/claims",
            tone="bad",
        ),
        Row(
            "2",
            ("Claims denied, can be corrected", "Blue Harbor Health", "5 days", UI.money(96_000)),
            "denials",
            go="/claims",
            tone="warn",
        ),
        Row("3", ("Notes not signed", "3 clinicians", "1 day", UI.money(64_000)), "notes", go="/day"),
        Row("4", ("Credit balances to refund", "4 patients", "12 days", UI.money(-18_250)), "credits", go="/patients"),
    )
    return Table("worklist", "What needs somebody", columns, rows, base=BASE)


CLAIM_COLUMNS = (
    Column("claim", "Claim", leads=True),
    Column("patient", "Patient"),
    Column("payer", "Payer"),
    Column("on", "Service day"),
    Column("status", "Status"),
    Column("charge", "Charge", number=True),
    Column("paid", "Paid", number=True),
)


def claims(tab: str) -> Table:
    """Claims in one state: open, paid or all."""
    states = ("ready", "submitted", "denied", "partly_paid", "paid", "rejected", "approved")
    rows = tuple(
        Row(
            f"clm_{n}",
            (
                f"C-{1040 + n}",
                PEOPLE[n],
                PAYERS[n % 4],
                f"Mar {n % 9 + 1}",
                UI.status(CLAIM.of(states[n % 7])),
                UI.money(16_000 + n % 3 * 2500),
                UI.money(8_500 if n % 7 in (3, 4) else 0),
            ),
            f"claim C-{1040 + n}",
        )
        for n in range(14)
        if tab == "all" or (n % 7 != 4) == (tab == "open")
    )
    total = len(rows) * 17_500
    return Table(
        "claims",
        "Claims",
        CLAIM_COLUMNS,
        rows,
        base=BASE,
        selects=True,
        bulk=(Bulk("Approve", "approve", "badge-check"),),
        totals=("Total", "", "", "", "", dollars(total), dollars(total // 3)),
        dense=True,
    )


def sessions_figure(theme: Theme, months: int) -> Any:
    """Kept and missed, by month."""
    ink = plots.INKS[theme]
    firsts = [datetime(2025 + (n + 3) // 12, (n + 3) % 12 + 1, 1, tzinfo=UTC) for n in range(12)][-months:]
    made = plots.plot(theme, x_axis_type="datetime", height=272)
    kept = [90 + 18 * math.sin(n / 2) + 2 * n for n in range(len(firsts))]
    missed = [9 + 3 * math.cos(n) for n in range(len(firsts))]
    made.vbar_stack(
        ["kept", "missed"],
        x="month",
        width=timedelta(days=19),
        source={"month": firsts, "kept": kept, "missed": missed},
        color=[ink.series[0], ink.series[1]],
        legend_label=["Kept", "Missed"],
        line_color=None,
    )
    made.y_range.start = 0
    plots.by_month(made)
    plots.add_hover(
        made,
        [("Month", "@month{%b %Y}"), ("Kept", "@kept{0}"), ("Missed", "@missed{0}")],
        formatters={"@month": "datetime"},
    )
    plots.legend_above(made, theme)
    return made


def aging_figure(theme: Theme) -> Any:
    """What is owed, by age."""
    ink = plots.INKS[theme]
    bands, sums = ["0–30", "31–60", "61–90", "Over 90"], [84_000, 41_500, 26_100, 21_905]
    made = plots.plot(theme, y_range=bands[::-1], height=272)
    made.hbar(y=bands, right=sums, height=0.56, color=[ink.series[0]] * 3 + [ink.bad], line_color=None)
    made.x_range.start = 0
    made.xaxis.formatter = plots.NumeralTickFormatter(format="$0,0")
    made.ygrid.grid_line_color = None
    made.xgrid.grid_line_color = ink.line
    return made


def news() -> tuple[Notice, ...]:
    """Three of them."""
    return (
        Notice("A remittance of Summit Mutual does not balance", "/claims", "12 minutes ago", "scale"),
        Notice("Two notes wait for your review", "/day", "1 hour ago", "file-pen-line"),
        Notice("The mirror was refreshed", "/", "Today, 6:00 am", "refresh-cw", is_new=False),
    )
