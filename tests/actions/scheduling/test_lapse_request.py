"""Nobody answered: the time is free again by itself, after so many hours in which the practice was open."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.actions.scheduling.own import ByThemselves
from tests.factories.small_practice import MOSS, People
from workbench.actions.scheduling.accept_request import accept_request
from workbench.actions.scheduling.close_practice import close_practice
from workbench.actions.scheduling.lapse_request import lapse_request
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.jobs.handlers import HANDLERS
from workbench.jobs.runner import Runner
from workbench.kernel.time import Span
from workbench.scheduling.self_booking import BusinessHours

NEW_YORK = ZoneInfo("America/New_York")


def test_the_job_gives_it_back_when_its_time_has_come(own: ByThemselves, gate: Gate, now: datetime) -> None:
    done = own.book()
    assert done.lapses_at is not None
    clock = [done.lapses_at - timedelta(seconds=1)]
    mine = tuple(one for one in HANDLERS if one.kind == "lapse_request")
    runner = Runner(gate, mine, clock=lambda: clock[0], name="test")
    assert not runner.run_one()
    clock[0] = done.lapses_at
    assert runner.run_one()
    assert own.booking().answer == "lapsed"
    assert own.moves(done.attendance_id) == [("requested", "cancelled", "practice")]
    own.book(MOSS, now=now + timedelta(hours=9))


def test_what_was_answered_stays(own: ByThemselves, gate: Gate, people: People, now: datetime) -> None:
    done = own.book()
    accept_request(gate, people.desk, own.booking().id, now=now)
    assert done.lapses_at is not None
    actor = next(one.actor for one in HANDLERS if one.kind == "lapse_request")
    assert not lapse_request(gate, actor, own.booking().id, now=done.lapses_at).lapsed
    assert own.status(done.attendance_id) == "booked"


def test_a_closed_practice_answers_nobody(own: ByThemselves, gate: Gate, people: People, now: datetime) -> None:
    tomorrow = now.astimezone(NEW_YORK).replace(hour=0) + timedelta(days=1)
    close_practice(gate, people.manager, now=now, starts_at=now + timedelta(hours=2),
                   ends_at=tomorrow + timedelta(hours=12), label="training")  # fmt: skip
    # Two hours of Monday, then six of Tuesday from noon on.
    assert own.book(starts_at=now + timedelta(days=3)).lapses_at == (tomorrow + timedelta(hours=18)).astimezone(UTC)


def test_hours_of_the_clock_of_the_practice_are_counted() -> None:
    hours = BusinessHours(9, 17, NEW_YORK)
    friday = datetime(2026, 3, 6, 16, tzinfo=NEW_YORK)
    # An hour of Friday; the clocks go forward on Sunday; an hour of Monday.
    assert hours.after(friday.astimezone(UTC), 2) == datetime(2026, 3, 9, 10, tzinfo=NEW_YORK).astimezone(UTC)
    ever = BusinessHours(9, 17, NEW_YORK, (Span(friday, friday + timedelta(days=400)),))
    assert ever.after(friday, 2) == friday + timedelta(days=90)


def test_only_the_job_does_it(own: ByThemselves, gate: Gate, people: People, now: datetime) -> None:
    own.book()
    for actor in (people.desk, people.manager):
        with pytest.raises(NotFound):
            lapse_request(gate, actor, own.booking().id, now=now)
