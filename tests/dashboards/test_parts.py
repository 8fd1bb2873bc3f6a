"""The parts: what a person wrote never becomes markup, overlapping appointments sit side by side, colours read."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.parts.agenda import DayColumn, Slot, day_grid
from dashboards.parts.assets import assets
from dashboards.parts.html import ENVIRONMENT, TEMPLATES, clock, day, initials, instant
from dashboards.parts.icons import NoSuchIcon, icon
from dashboards.parts.plots import INKS, plot
from dashboards.parts.routes import Routes
from dashboards.parts.sparkline import sparkline
from dashboards.parts.statuses import APPOINTMENT, CLAIM, JOB, NOTE, REMITTANCE
from dashboards.parts.tables import Column, Row, Table, turned_to

ZONE = ZoneInfo("America/New_York")
UI = ENVIRONMENT.globals["ui"]
EVIL = '"><img src=x onerror=alert(1)>'


@pytest.mark.parametrize(
    "made",
    [
        lambda: UI.button(EVIL, do="x", args={"id": EVIL}),
        lambda: UI.badge(EVIL),
        lambda: UI.input("name", EVIL, EVIL, hint=EVIL, error=EVIL),
        lambda: UI.textarea("name", EVIL, EVIL),
        lambda: UI.select("name", EVIL, [(EVIL, EVIL)], EVIL),
        lambda: UI.person(EVIL, EVIL),
        lambda: UI.deflist([(EVIL, EVIL)]),
        lambda: UI.empty(EVIL, EVIL),
        lambda: UI.table(Table("t", EVIL, (Column("a", EVIL),), (Row(EVIL, (EVIL,), name=EVIL, go=EVIL),))),
        lambda: sparkline([1, 2], EVIL),
        lambda: icon("x", label=EVIL),
    ],
)
def test_what_a_person_wrote_never_becomes_markup(made: object) -> None:
    html = str(made())  # type: ignore[operator]
    assert "<img" not in html
    assert "&lt;img" in html or "onerror" not in html


def test_no_template_switches_escaping_off_or_holds_a_script_or_handler() -> None:
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", ""), path
        assert "autoescape false" not in text, path
        assert not re.search(r"\son[a-z]+=", text), path
        assert not re.search(r"<script(?![^>]*(src=|application/json))", text), path


def test_nothing_we_serve_names_another_host() -> None:
    for asset in (assets().first, assets().script, assets().style):
        assert not re.search(rb"https?://(?!www\.w3\.org)", asset.content), asset.name


def test_every_icon_a_status_or_template_names_exists() -> None:
    for family in (APPOINTMENT, CLAIM, JOB, NOTE, REMITTANCE):
        for look in family.by_value.values():
            assert icon(look.icon)
    with pytest.raises(NoSuchIcon):
        icon("no-such-icon")


def test_an_unknown_status_is_shown_as_itself() -> None:
    assert APPOINTMENT.of("on_hold").word == "On hold"


def test_times_are_the_practices() -> None:
    at = datetime(2026, 3, 9, 4, 5, tzinfo=UTC)
    assert clock(at, ZONE) == "12:05 am"
    assert day(at, ZONE) == "Mon, Mar 9, 2026"
    assert day(datetime(2026, 3, 9, 3, 59, tzinfo=UTC), ZONE) == "Sun, Mar 8, 2026"
    assert instant(at + timedelta(hours=14), ZONE) == "Mar 9, 2026, 2:05 pm"
    with pytest.raises(TypeError):
        day(at)


def test_initials_of_any_name() -> None:
    assert initials("Dana Whitfield, LCSW") == "DW"
    assert initials("Dr. Noor van Haddad") == "DH"
    assert initials("Cher") == "C"
    assert initials("") == ""
    assert initials("  ") == ""


@given(st.integers(-5, 500), st.integers(1, 50), st.integers(0, 2000))
def test_a_page_of_rows_always_exists(number: int, size: int, total: int) -> None:
    pages = turned_to(number, size, total)
    assert 1 <= pages.number <= pages.last
    assert (pages.number - 1) * size <= max(total, 0)


SLOTS = st.lists(st.tuples(st.integers(0, 110), st.integers(3, 24)), max_size=25)


@given(SLOTS)
def test_appointments_at_the_same_time_never_cover_each_other(rows: list[tuple[int, int]]) -> None:
    top = datetime(2026, 3, 9, 8, tzinfo=ZONE)
    slots = [
        Slot(f"apt_{n}", "stf_1", top + timedelta(minutes=5 * row), top + timedelta(minutes=5 * (row + span)), "", "",
             APPOINTMENT.of("booked"))
        for n, (row, span) in enumerate(rows)
    ]  # fmt: skip
    grid = day_grid("Day", ZONE, [DayColumn("stf_1", "A", date(2026, 3, 9))], slots)
    entries = grid.columns[0].entries
    assert len(entries) == len(rows)
    for n, one in enumerate(entries):
        assert 0 <= one.lane < one.lanes
        for other in entries[n + 1 :]:
            if one.row < other.row + other.span and other.row < one.row + one.span:
                assert one.lane != other.lane
                assert one.lanes == other.lanes


def test_a_day_that_begins_early_or_ends_late_is_shown_whole() -> None:
    at = datetime(2026, 3, 9, 6, 30, tzinfo=ZONE)
    slots = [Slot("apt_1", "stf_1", at, at + timedelta(hours=1), "", "", APPOINTMENT.of("booked"))]
    late = datetime(2026, 3, 9, 19, 30, tzinfo=ZONE)
    slots.append(Slot("apt_2", "stf_1", late, late + timedelta(minutes=50), "", "", APPOINTMENT.of("booked")))
    grid = day_grid("Day", ZONE, [DayColumn("stf_1", "A", date(2026, 3, 9))], slots)
    assert grid.hours[0].label == "6 am"
    assert grid.rows == (21 - 6) * 12
    assert grid.columns[0].entries[0].row == 6


def test_routes_take_opaque_ids_and_nothing_else() -> None:
    routes = Routes({"/": None, "/patients/new": None, "/patients/{patient_id}": None})  # type: ignore[dict-item]
    assert routes.find("/patients/pat_7?tab=notes")[1].ids == {"patient_id": "pat_7"}  # type: ignore[index]
    assert routes.find("/patients/pat_7?tab=notes")[1].query == {"tab": "notes"}  # type: ignore[index]
    assert routes.find("/patients/new")[1].ids == {}  # type: ignore[index]
    assert routes.find("/") is not None
    for odd in ("", "patients", "//evil.example", "/patients/a/b", "/patients/a b", "/patients/../x", "/" + "a" * 600):
        assert routes.find(odd) is None


def test_assets_are_named_by_their_content() -> None:
    made = assets()
    assert made.font.name in made.style.content.decode()
    assert all(re.search(r"\.[0-9a-f]{16}\.", name) for name in made.by_name())


# Colours: every pair that carries text keeps WCAG AA, in both themes, by calculation from the stylesheet itself.

TOKENS = Path(assets.__wrapped__.__code__.co_filename).parent.parent / "static/css/00-tokens.css"
TEXT_ON = [
    (text, ground)
    for text in ("text", "muted", "faint")
    for ground in ("ground", "rail-ground", "surface", "raised", "sunken", "hover")
    if not (text == "faint" and ground in ("hover",))
] + [(f"{tone}-text", f"{tone}-soft") for tone in ("good", "info", "warn", "bad", "violet", "neutral", "accent")]
TEXT_ON += [("on-accent", "accent"), ("accent-text", "surface"), ("accent-text", "ground"), ("bad-text", "surface")]


def themes() -> dict[str, dict[str, str]]:
    text = TOKENS.read_text(encoding="utf-8")
    light, dark = text.split(':root[data-theme="dark"]')
    found = {"light": dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", light))}
    found["dark"] = {**found["light"], **dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", dark))}
    return found


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read_on_its_ground(theme: str, text: str, ground: str) -> None:
    tokens = themes()[theme]
    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "mark", ["accent", "good", "info", "warn", "bad", "violet", "neutral", "line-control", "focus"]
)
def test_marks_and_edges_of_fields_can_be_seen(theme: str, mark: str) -> None:
    tokens = themes()[theme]
    assert contrast(tokens[mark], tokens["surface"]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_figures_have_the_colours_of_the_page(theme: str) -> None:
    tokens, ink = themes()[theme], INKS[theme]  # type: ignore[index]
    assert (ink.surface, ink.text, ink.muted, ink.line) == tuple(
        tokens[name] for name in ("surface", "text", "muted", "line")
    )
    assert (ink.good, ink.bad) == (tokens["good"], tokens["bad"])
    assert all(contrast(colour, ink.surface) >= 2.5 for colour in ink.series)
    assert plot(theme).background_fill_color == ink.surface  # type: ignore[arg-type]
