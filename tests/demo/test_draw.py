"""What is drawn could be a practice, and could not be anybody's."""

import re
from collections import Counter
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from tests.architecture.identifiers import luhn_of_npi
from tests.conftest import NOW, ZONE
from workbench.demo.calendar import HOURS, is_holiday
from workbench.demo.draw import draw_plan
from workbench.demo.people import practice_details
from workbench.demo.sizes import SIZES
from workbench.scheduling.rules import ENDED
from workbench.scheduling.tables import AttendanceStatus

SMALL = SIZES["small"]


@pytest.fixture(scope="module")
def plan():
    return draw_plan(SMALL, now=NOW)


def test_the_same_seed_draws_the_same_practice(plan):
    again, other = draw_plan(SMALL, now=NOW), draw_plan(SMALL, now=NOW, seed=2)
    assert asdict(again) == asdict(plan)
    assert [client.id for client in other.clients] != [client.id for client in plan.clients]


def test_a_small_practice_has_three_clinicians_and_sixty_clients(plan):
    assert (len(plan.clinicians), len(plan.clients)) == (3, 60)
    assert 900 < len(plan.visits) < 1600


def test_nobody_is_in_two_places(plan):
    for clinician in plan.clinicians:
        held = [v for v in plan.visits if v.client.clinician is clinician and v.status not in ENDED]
        assert all(one.ends_at <= after.starts_at for one, after in pairwise(held))


def test_a_weekly_hour_stays_on_the_clock_when_the_clocks_change(plan):
    by_client = {}
    for visit in plan.visits:
        wall = visit.starts_at.astimezone(ZONE)
        by_client.setdefault(visit.client.id, []).append((wall.weekday(), wall.hour, wall.utcoffset()))
    assert all(len({when[:2] for when in visits}) == 1 for visits in by_client.values())
    assert any(len({when[2] for when in visits}) == 2 for visits in by_client.values())


@pytest.mark.parametrize("day", range(7))
@pytest.mark.parametrize("hour", [4, 15, 23])
def test_today_is_busy_and_has_room_on_every_day_of_the_week(day, hour):
    now = datetime(2026, 3, 9, hour, tzinfo=UTC) + timedelta(days=day)
    plan = draw_plan(SMALL, now=now)
    for clinician in plan.clinicians:
        today = [v for v in plan.visits if v.service_on == plan.setting.today and v.client.clinician is clinician]
        assert 3 <= len(today) < len(HOURS)


def test_nothing_has_happened_that_is_still_to_come(plan):
    happened = {AttendanceStatus.COMPLETED, AttendanceStatus.NO_SHOW, AttendanceStatus.LATE_CANCELLED}
    assert all(v.ends_at <= NOW for v in plan.visits if v.status is AttendanceStatus.COMPLETED)
    assert all(v.starts_at <= NOW for v in plan.visits if v.status in happened)
    assert all(v.booked_at < NOW and client_was_known(v) for v in plan.visits)


def client_was_known(visit):
    return visit.client.registered_at <= visit.booked_at


def test_some_cancel_and_some_miss(plan):
    share = {status: count / len(plan.visits) for status, count in Counter(v.status for v in plan.visits).items()}
    assert 0.6 < share[AttendanceStatus.COMPLETED] < 0.9
    assert 0.01 < share[AttendanceStatus.NO_SHOW] < 0.12
    assert share[AttendanceStatus.CANCELLED] + share[AttendanceStatus.LATE_CANCELLED] > 0.03


def test_who_is_new_begins_with_a_first_visit(plan):
    first_seen = {}
    for visit in plan.visits:
        first_seen.setdefault(visit.client.id, visit.kind.code)
    kinds = Counter(first_seen.values())
    assert kinds["90791"] > 5
    assert sum(v.kind.code == "90791" for v in plan.visits) == kinds["90791"]


def test_the_practice_is_closed_on_holidays(plan):
    assert not any(is_holiday(visit.service_on) for visit in plan.visits if visit.service_on != plan.setting.today)
    assert is_holiday(date(2025, 11, 27))
    assert not is_holiday(date(2025, 11, 20))


def test_no_identifier_can_be_a_persons(plan):
    us = practice_details()
    npis = [us.npi, *(clinician.details.npi for clinician in plan.clinicians)]
    assert all(npi[0] == "2" and luhn_of_npi(npi) for npi in npis)
    assert us.tax_id.startswith("00")
    for client in plan.clients:
        known = client.details
        assert re.fullmatch(r"55555501\d\d", known.phone)
        assert known.email.endswith("@example.test")
        assert known.zip_code < "00501"
        assert re.fullmatch(r"(SYN\d{8})?", client.member_number)
    assert len({(c.details.given_name, c.details.family_name) for c in plan.clients}) == 60
