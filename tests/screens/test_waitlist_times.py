"""What came free and for whom: by a cancellation or a move, as long as it is free, longest waiting first."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.actions.scheduling.waiting import HOUR, OnTheList
from tests.factories.small_practice import ADA, BEN, FERN, MOSS, OFFICE, VIDEO, open_practice, people, visit
from workbench.actions.scheduling.add_time_away import add_time_away
from workbench.actions.scheduling.cancel_appointment import cancel_appointment
from workbench.actions.scheduling.leave_waitlist import leave_waitlist
from workbench.actions.scheduling.move_appointment import move_appointment
from workbench.actions.scheduling.renew_wish import renew_wish
from workbench.gate.action import Gate
from workbench.gate.audit import AuditRow
from workbench.gate.errors import NotAllowed, NotFound
from workbench.people.tables import Staff
from workbench.scheduling.waitlist import HOLDS_FOR, Place, Wish
from workbench.screens.waitlist import waitlist
from workbench.screens.waitlist_times import FreedTime, freed_times, how_many_wait_for, times_for


@pytest.fixture
def waiting(gate: Gate, now: datetime) -> OnTheList:
    open_practice(gate.store, now)
    return OnTheList(gate, now)


def freed(waiting: OnTheList, now: datetime | None = None, who: str = "desk") -> tuple[FreedTime, ...]:
    return freed_times(waiting.gate, getattr(people(), who), now=now or waiting.now)


def cancelled(waiting: OnTheList, number: int, starts_at: datetime, **how: Any) -> None:
    attendance = visit(waiting.gate.store, number, starts_at, patient_id=MOSS, **how)
    cancel_appointment(waiting.gate, people().desk, attendance, now=waiting.now, reason="patient asked")


def test_a_cancelled_time_is_there_until_it_is_taken_again(waiting: OnTheList) -> None:
    cancelled(waiting, 1, waiting.tomorrow)
    (one,) = freed(waiting)
    assert (one.clinician_id, one.location_id, one.span.starts_at) == (ADA, OFFICE, waiting.tomorrow)
    assert [(fit.patient_id, fit.is_offered) for fit in one.fitting] == [(FERN, False)]
    visit(waiting.gate.store, 2, waiting.tomorrow + timedelta(minutes=30), patient_id=MOSS)
    assert freed(waiting) == ()


def test_a_moved_appointment_leaves_its_time(waiting: OnTheList) -> None:
    visit(waiting.gate.store, 1, waiting.tomorrow, patient_id=MOSS)
    assert freed(waiting) == ()
    move_appointment(
        waiting.gate, people().desk, "apt_1", now=waiting.now, starts_at=waiting.tomorrow + 2 * HOUR, clinician_id=ADA,
        location_id=OFFICE,
    )  # fmt: skip
    assert [one.span.starts_at for one in freed(waiting)] == [waiting.tomorrow]


def test_nothing_is_free_when_the_clinician_is_away_or_the_time_has_come(waiting: OnTheList) -> None:
    cancelled(waiting, 1, waiting.tomorrow)
    assert freed(waiting, waiting.tomorrow) == ()
    add_time_away(
        waiting.gate, people().manager, ADA, now=waiting.now, starts_at=waiting.tomorrow - HOUR,
        ends_at=waiting.tomorrow + HOUR, label="Training",
    )  # fmt: skip
    assert freed(waiting) == ()


def test_it_fits_by_wish_and_length_and_who_waits_longest_comes_first(waiting: OnTheList) -> None:
    waiting.now += HOUR
    moss = waiting.join(MOSS)
    cancelled(waiting, 1, waiting.tomorrow)
    cancelled(waiting, 2, waiting.tomorrow + 2 * HOUR, minutes=25, clinician_id=BEN)
    first, short = freed(waiting)
    assert [one.entry_id for one in first.fitting] == [waiting.fern, moss]
    assert short.fitting == ()
    renew_wish(waiting.gate, people().desk, waiting.fern, now=waiting.now, wish=Wish(BEN))
    assert [one.entry_id for one in freed(waiting)[0].fitting] == [moss]
    leave_waitlist(waiting.gate, people().desk, moss, now=waiting.now, why="no_longer")
    assert freed(waiting)[0].fitting == ()


def test_who_was_offered_it_before_is_named_as_such(waiting: OnTheList) -> None:
    cancelled(waiting, 1, waiting.tomorrow)
    waiting.offer(within=HOUR)
    assert [fit.is_offered for fit in freed(waiting, waiting.now + 2 * HOUR)[0].fitting] == [True]


def test_no_time_is_found_for_who_has_not_been_heard_of_for_long(waiting: OnTheList) -> None:
    later = waiting.now + HOLDS_FOR
    waiting.now = later
    cancelled(waiting, 1, later + timedelta(days=1))
    assert freed(waiting, later - timedelta(seconds=1))[0].fitting
    assert freed(waiting, later)[0].fitting == ()


def test_a_clinician_sees_what_came_free_of_their_own(waiting: OnTheList) -> None:
    cancelled(waiting, 1, waiting.tomorrow)
    cancelled(waiting, 2, waiting.tomorrow, clinician_id=BEN)
    assert [one.clinician_id for one in freed(waiting, who="ada")] == [ADA]
    assert [one.fitting for one in freed(waiting, who="ben")] == [()]
    assert waitlist(waiting.gate, people().ben, now=waiting.now).waiting == ()


def test_the_first_dozen_that_fit_have_a_place(waiting: OnTheList) -> None:
    def found(wish: Wish) -> list[tuple[str, str, str]]:
        renew_wish(waiting.gate, people().desk, waiting.fern, now=waiting.now, wish=wish)
        slots = times_for(waiting.gate, people().desk, waiting.fern, now=waiting.now)
        zone = waiting.gate.zone
        return [(one.clinician_id, one.location_id, f"{one.starts_at.astimezone(zone):%a %H:%M}") for one in slots]

    anything = found(Wish())
    assert len(anything) == 12
    assert {place for _, place, _ in anything} == {OFFICE}
    assert set(found(Wish(BEN, Place.VIDEO, frozenset({2}), 600, 661))) == {
        (BEN, VIDEO, "Wed 10:00"),
        (BEN, VIDEO, "Wed 11:00"),
    }


@pytest.mark.parametrize("who", ["ben", "biller", "it", "compliance"])
def test_others_cannot(waiting: OnTheList, who: str) -> None:
    with pytest.raises(NotFound):
        times_for(waiting.gate, getattr(people(), who), waiting.fern, now=waiting.now)


@pytest.mark.parametrize("who", ["biller", "it", "compliance"])
def test_who_books_nobody_has_no_list(waiting: OnTheList, who: str) -> None:
    with pytest.raises(NotAllowed):
        how_many_wait_for(
            waiting.gate, getattr(people(), who), now=waiting.now, clinician_id=ADA, starts_at=waiting.tomorrow
        )
    for view in (waitlist, freed_times):
        with pytest.raises(NotAllowed):
            view(waiting.gate, getattr(people(), who), now=waiting.now)


def test_how_many_wait_for_one_time_is_a_number_and_shows_nobody(waiting: OnTheList) -> None:
    def many(starts_at: datetime, clinician_id: str = ADA) -> int:
        desk = people().desk
        return how_many_wait_for(waiting.gate, desk, now=waiting.now, clinician_id=clinician_id, starts_at=starts_at)

    cancelled(waiting, 1, waiting.tomorrow)
    cancelled(waiting, 2, waiting.tomorrow + HOUR)
    waiting.join(MOSS)
    assert (many(waiting.tomorrow), many(waiting.tomorrow, BEN), many(waiting.tomorrow + 2 * HOUR)) == (2, 0, 0)
    with waiting.gate.store.reading() as session:
        seen = session.scalars(select(AuditRow).where(AuditRow.event == "waitlist.seen")).all()
    assert len(seen) == 3
    assert not any(line.patient_p for line in seen)
    visit(waiting.gate.store, 3, waiting.tomorrow, patient_id=MOSS)
    assert many(waiting.tomorrow) == 0


def test_what_came_free_of_one_who_sees_nobody_any_more_is_not_offered(waiting: OnTheList) -> None:
    cancelled(waiting, 1, waiting.tomorrow)
    cancelled(waiting, 2, waiting.tomorrow, clinician_id=BEN)
    with waiting.gate.store.writing() as session:
        session.get_one(Staff, BEN).is_clinician = False
        session.commit()
    assert [one.clinician_id for one in freed(waiting)] == [ADA]
