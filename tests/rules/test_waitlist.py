"""Which time fits whom, how fresh a word is, and how long an offer stands."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.scheduling.waitlist import (
    ASK_AFTER,
    EVERY_DAY,
    HOLDS_FOR,
    LONGEST,
    SHORTEST,
    LeadTooShort,
    Opening,
    Place,
    Standing,
    Wish,
    expiry,
    fits,
    packed,
    standing,
    unpacked,
)

ZONES = ("America/New_York", "America/Phoenix", "Australia/Lord_Howe", "Pacific/Chatham", "Africa/Casablanca")
instants = st.timedeltas(timedelta(0), timedelta(days=2200)).map(lambda since: datetime(2024, 1, 1, tzinfo=UTC) + since)
minutes = st.integers(0, 1440)
wishes = st.builds(
    lambda who, place, days, bounds: Wish(who, place, days, min(bounds), max(bounds)),
    st.sampled_from(("", "stf_ada", "stf_ben")), st.sampled_from(Place), st.frozensets(st.integers(0, 6)),
    st.tuples(minutes, minutes),
)  # fmt: skip
openings = st.builds(Opening, st.sampled_from(("stf_ada", "stf_ben")), instants, st.sampled_from((True, False, None)))


@given(wishes, openings, st.sampled_from(ZONES))
def test_a_time_fits_whom_it_suits_in_every_way_by_the_practices_clock(wish: Wish, opening: Opening, zone: str) -> None:
    wall = opening.starts_at.astimezone(ZoneInfo(zone))
    clock = f"{wall:%H:%M}"
    reasons_against = [
        wish.clinician_id and wish.clinician_id != opening.clinician_id,
        wall.isoweekday() - 1 not in wish.weekdays,
        clock < f"{wish.from_minute // 60:02}:{wish.from_minute % 60:02}",
        clock >= f"{wish.until_minute // 60:02}:{wish.until_minute % 60:02}",
        wish.place == "video" and opening.is_remote is False,
        wish.place == "office" and opening.is_remote is True,
    ]
    assert fits(wish, opening, ZoneInfo(zone)) is not any(reasons_against)


@given(openings, st.sampled_from(ZONES))
def test_who_wishes_for_nothing_in_particular_could_take_anything(opening: Opening, zone: str) -> None:
    assert fits(Wish().checked(), opening, ZoneInfo(zone))


@given(st.frozensets(st.integers(0, 6)))
def test_days_are_kept_in_a_number_and_come_back(days: frozenset[int]) -> None:
    assert unpacked(packed(days)) == days
    assert 0 <= packed(days) <= packed(EVERY_DAY) == 127


@given(instants, st.timedeltas(timedelta(0), timedelta(days=100)))
def test_a_word_ages_in_one_direction(said_at: datetime, since: timedelta) -> None:
    found = standing(said_at, said_at + since)
    assert (found is Standing.FRESH) == (since < ASK_AFTER)
    assert (found is Standing.UNHEARD) == (since >= HOLDS_FOR)


@given(
    instants,
    st.timedeltas(timedelta(hours=-1), timedelta(days=4)),
    st.timedeltas(timedelta(minutes=-5), timedelta(days=9)),
)
def test_an_offer_stands_for_a_while_and_never_into_the_appointment(
    now: datetime, within: timedelta, ahead: timedelta
) -> None:
    if SHORTEST <= within <= LONGEST and ahead >= SHORTEST:
        ends = expiry(now, within, now + ahead)
        assert ends in (now + within, now + ahead)
        assert now + SHORTEST <= ends <= now + ahead
    else:
        with pytest.raises(LeadTooShort):
            expiry(now, within, now + ahead)
