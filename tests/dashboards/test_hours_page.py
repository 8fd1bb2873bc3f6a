"""The page of hours: what is shown to whom, a week changed, somebody away, the practice closed."""

import re
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from dashboards.hours_desk import hours_page
from dashboards.pages.hours import HoursPage
from dashboards.parts.message import FIELD, FieldProblem
from dashboards.parts.replies import Done, Refused, refused
from dashboards.parts.routes import Visit
from dashboards.person import Person
from tests.dashboards.test_schedule_pages import html_of, say
from tests.factories.small_practice import ADA, BEN, OFFICE, VIDEO, every_row, open_practice, people, visit
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.scheduling.tables import HoursRow
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")
WHO = people()
WEEK = {
    "from_on": "2026-03-09", "published_until": "2026-06-30", "most_a_day": "6", "note_minutes": "10",
    "travel_minutes": "0", "d0_a_from": "09:00", "d0_a_until": "12:00", "d0_a_at": OFFICE, "d0_b_from": "13:00",
    "d0_b_until": "17:00", "d0_b_at": VIDEO, "d3_a_from": "18:00", "d3_a_until": "00:00", "d3_a_at": VIDEO,
}  # fmt: skip


@pytest.fixture(autouse=True)
def practice(store: Store, now: datetime) -> None:
    """Two clinicians, two patients."""
    open_practice(store, now)


def shown(gate: Gate, now: datetime, actor: Actor = WHO.manager) -> HoursPage:
    page = hours_page(Person(gate, lambda: actor, lambda: now), "/app", Visit("/hours", {}, {}))
    assert isinstance(page, HoursPage)
    page.load()
    return page


def test_who_has_said_nothing_has_the_practices_hours(gate: Gate, now: datetime) -> None:
    html = str(shown(gate, now).render())
    assert "Ada Byron, LCSW" in html
    assert "The practice&#39;s hours" in html
    assert "<strong>Mon Tue Wed Thu Fri</strong> 8:00 am – 6:00 pm anywhere" in html
    assert "Nobody is away" in html


def test_a_week_is_changed_and_told_in_words(gate: Gate, now: datetime) -> None:
    page = shown(gate, now)
    form = html_of(say(page, "change", id=ADA))
    assert 'name="d4_a_from" value="08:00"' in form
    assert all(FIELD.fullmatch(name) for name in re.findall(r'name="([^"]+)"', form))  # else no message is taken
    first = say(page, "set", key="form-0001", **WEEK)
    assert first == say(page, "set", key="form-0001", **WEEK) == Done("The hours are kept")
    page.load()
    html = str(page.render())
    assert "<strong>Mon</strong> 9:00 am – 12:00 pm Office, 1:00 pm – 5:00 pm Video" in html
    assert "<strong>Thu</strong> 6:00 pm – 12:00 am Video" in html
    assert "Tue, Jun 30, 2026" in html
    with gate.store.reading() as session:
        assert len(session.scalars(select(HoursRow)).all()) == 3
    again = html_of(say(page, "change", id=ADA))
    assert 'name="d0_b_until" value="17:00"' in again
    assert 'name="note_minutes" type="number" value="10"' in again


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"d0_a_until": "08:00"}, "d0_a_from"),
        ({"d0_b_from": "11:00"}, "d0_a_from"),
        ({"d0_a_until": ""}, "d0_a_until"),
        ({"d0_a_at": "loc_nowhere"}, ""),
        ({"from_on": "2026-02-30"}, "from_on"),
        ({"from_on": "2026-03-01"}, "from_on"),
        ({"most_a_day": "-1"}, "most_a_day"),
        ({"most_a_day": "99"}, "most_a_day"),
    ],
)
def test_a_week_that_cannot_be_is_said_at_its_field_and_changes_nothing(
    gate: Gate, now: datetime, wrong: dict[str, str], where: str
) -> None:
    page = shown(gate, now)
    form = html_of(say(page, "change", id=ADA))
    before = every_row(gate.store)
    try:
        told = say(page, "set", **{**WEEK, **wrong})
    except FieldProblem as problem:
        told = refused(problem)
    assert isinstance(told, Refused)
    assert set(told.fields) == ({where} if where else set())
    assert f'name="{where}"' in form or not where
    assert every_row(gate.store) == before


def test_somebody_is_away_and_what_stands_in_it_is_told(gate: Gate, store: Store, now: datetime) -> None:
    visit(store, 1, now + timedelta(hours=2))
    page = shown(gate, now)
    told = say(page, "away", staff_id=ADA, from_on="2026-03-09", until_on="2026-03-10", label="leave")
    assert isinstance(told, Done)
    assert told.tone == "warn"
    assert "1 appointment is booked" in told.toast
    page.load()
    (row,) = page.shown.away
    zone = gate.zone
    assert (row.starts_at.astimezone(zone).date(), row.ends_at.astimezone(zone).date()) == (
        date(2026, 3, 9), date(2026, 3, 11),
    )  # fmt: skip
    assert isinstance(say(page, "withdraw", id=row.away_id), Done)
    page.load()
    assert page.shown.away == ()


def test_the_practice_is_closed_for_an_afternoon(gate: Gate, now: datetime) -> None:
    page = shown(gate, now, WHO.desk)
    say(page, "away", closes="yes", from_on="2026-03-10", from_at="12:00", until_on="2026-03-10", until_at="17:30",
        label="storm")  # fmt: skip
    page.load()
    assert "The practice is closed" in str(page.render())
    (row,) = page.shown.away
    assert f"{row.ends_at.astimezone(gate.zone):%H:%M}" == "17:30"


def test_a_time_the_clock_skips_is_said_so(gate: Gate, now: datetime) -> None:
    page = shown(gate, now)
    with pytest.raises(FieldProblem, match="clocks go forward"):
        say(page, "away", staff_id=ADA, from_on="2027-03-14", from_at="02:30", until_on="2027-03-14", label="x")


def test_a_clinician_changes_their_own_and_sees_the_others(gate: Gate, now: datetime) -> None:
    page = shown(gate, now, WHO.ben)
    html = str(page.render())
    assert f'data-arg-id="{BEN}"' in html
    assert f'data-arg-id="{ADA}"' not in html
    assert "Close the practice" not in html
    say(page, "change", id=ADA)  # a hand-made message
    before = every_row(gate.store)
    assert isinstance(say(page, "set", **WEEK), Refused)
    assert every_row(gate.store) == before
    say(page, "change", id=BEN)
    assert isinstance(say(page, "set", **WEEK), Done)


def test_a_day_of_three_stretches_is_shown_whole_and_kept_whole(gate: Gate, now: datetime) -> None:
    page = shown(gate, now)
    say(page, "change", id=ADA)
    evening = {"d0_c_from": "18:00", "d0_c_until": "20:00", "d0_c_at": VIDEO}
    say(page, "set", **WEEK, **evening)
    page.load()
    form = html_of(say(page, "change", id=ADA))
    assert 'name="d0_c_until" value="20:00"' in form
    assert "d0_d_from" not in form


def test_who_has_left_the_page_is_said_so(gate: Gate, now: datetime) -> None:
    told = say(shown(gate, now), "change", id="stf_nobody")
    assert isinstance(told, Done)
    assert told.tone == "warn"
