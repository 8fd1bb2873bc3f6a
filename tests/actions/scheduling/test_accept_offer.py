"""Yes to an offer: booked, the wait is over, and whoever else was offered this time is too late."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.actions.scheduling.waiting import HOUR, OnTheList
from tests.factories.small_practice import BEN, MOSS, People, events, every_row, visit
from workbench.actions.scheduling.accept_offer import Accepted, accept_offer
from workbench.actions.scheduling.decline_offer import decline_offer
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.kernel.errors import WorkbenchError
from workbench.people.care_team import NotOnCareTeam
from workbench.scheduling.rules import SlotTaken
from workbench.scheduling.tables import Appointment, Attendance
from workbench.scheduling.waitlist import OfferOver


def accept(waiting: OnTheList, offer_id: str, now: datetime) -> Accepted:
    from tests.factories.small_practice import people

    return accept_offer(waiting.gate, people().desk, offer_id, now=now)


@pytest.mark.parametrize("who", ["desk", "manager", "ada", "supervisor"])
def test_it_is_booked_as_it_was_offered(
    waiting: OnTheList, gate: Gate, people: People, now: datetime, who: str
) -> None:
    offer = waiting.offered(waiting.offer().offer_id)
    done = accept_offer(gate, getattr(people, who), offer.id, now=now + HOUR)
    with gate.store.reading() as read:
        appointment = read.get_one(Appointment, done.appointment_id)
        attendance = read.scalars(select(Attendance)).one()
    assert (appointment.starts_at, appointment.ends_at) == (offer.starts_at, offer.starts_at + timedelta(minutes=50))
    assert (appointment.clinician_id, appointment.location_id) == (offer.clinician_id, offer.location_id)
    assert (attendance.patient_id, attendance.status) == (offer.patient_id, "booked")
    assert (waiting.offered(offer.id).answer, waiting.entry().ended_why) == ("accepted", "booked")
    assert events(gate.store)[-2:] == [("appointment.booked", "done"), ("offer.accepted", "done")]


def test_the_others_of_this_time_and_their_own_others_are_over(waiting: OnTheList, now: datetime) -> None:
    moss = waiting.join(MOSS)
    theirs, later = waiting.offer(), waiting.offer(starts_at=waiting.tomorrow + HOUR)
    other, elsewhere = waiting.offer(moss), waiting.offer(moss, clinician_id=BEN)
    assert accept(waiting, theirs.offer_id, now).others == 2
    answers = [waiting.offered(one.offer_id).answer for one in (theirs, later, other, elsewhere)]
    assert answers == ["accepted", "gone", "gone", ""]
    with pytest.raises(OfferOver):
        accept(waiting, other.offer_id, now)
    assert accept(waiting, elsewhere.offer_id, now).joined_care_team


def test_one_second_before_it_ends_and_not_then(waiting: OnTheList, now: datetime) -> None:
    offer = waiting.offer(within=HOUR)
    before = every_row(waiting.gate.store)
    with pytest.raises(OfferOver):
        accept(waiting, offer.offer_id, now + HOUR)
    assert every_row(waiting.gate.store) == before
    accept(waiting, offer.offer_id, now + HOUR - timedelta(seconds=1))


def test_twice_is_one_answer(waiting: OnTheList, gate: Gate, people: People, now: datetime) -> None:
    offer = waiting.offer()
    once = accept_offer(gate, people.desk, offer.offer_id, now=now, idempotency_key="click-001")
    assert accept_offer(gate, people.desk, offer.offer_id, now=now, idempotency_key="click-001") == once
    with pytest.raises(OfferOver):
        accept(waiting, offer.offer_id, now)


def test_a_no_is_not_made_a_yes(waiting: OnTheList, gate: Gate, people: People, now: datetime) -> None:
    offer = waiting.offer()
    decline_offer(gate, people.desk, offer.offer_id, now=now)
    with pytest.raises(OfferOver):
        accept(waiting, offer.offer_id, now)


def test_the_time_was_given_away_by_hand(waiting: OnTheList, now: datetime) -> None:
    offer = waiting.offer()
    visit(waiting.gate.store, 1, waiting.tomorrow - timedelta(minutes=10), patient_id=MOSS)
    before = every_row(waiting.gate.store)
    with pytest.raises(SlotTaken):
        accept(waiting, offer.offer_id, now)
    assert every_row(waiting.gate.store) == before


def test_of_two_who_say_yes_at_once_one_has_it(waiting: OnTheList, now: datetime) -> None:
    offers = [waiting.offer(), waiting.offer(waiting.join(MOSS))]

    def try_it(offer_id: str) -> str:
        try:
            accept(waiting, offer_id, now)
        except WorkbenchError as refusal:
            return type(refusal).__name__
        return "booked"

    with ThreadPoolExecutor(2) as racing:
        told = sorted(racing.map(try_it, [one.offer_id for one in offers]))
    assert told[1] == "booked"
    assert told[0] in {"OfferOver", "SlotTaken", "StalePage"}
    with waiting.gate.store.reading() as read:
        assert read.scalar(select(func.count()).select_from(Appointment)) == 1


def test_a_clinician_hands_nobody_into_a_chart_that_way(
    waiting: OnTheList, gate: Gate, people: People, now: datetime
) -> None:
    offer = waiting.offer(clinician_id=BEN)
    with pytest.raises(NotOnCareTeam):
        accept_offer(gate, people.ada, offer.offer_id, now=now)


@pytest.mark.parametrize("who", ["ben", "biller", "it", "compliance"])
def test_others_cannot(waiting: OnTheList, gate: Gate, people: People, now: datetime, who: str) -> None:
    with pytest.raises(NotFound):
        accept_offer(gate, getattr(people, who), waiting.offer().offer_id, now=now)
