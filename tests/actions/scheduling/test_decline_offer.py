"""No to an offer: kept, and they wait on."""

from datetime import datetime

import pytest

from tests.actions.scheduling.waiting import HOUR, OnTheList
from tests.factories.small_practice import MOSS, People
from workbench.actions.scheduling.decline_offer import decline_offer
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.scheduling.waitlist import OfferOver
from workbench.screens.waitlist import waitlist


def test_they_wait_on_and_the_others_keep_their_offers(
    waiting: OnTheList, gate: Gate, people: People, now: datetime
) -> None:
    offer, other = waiting.offer(), waiting.offer(waiting.join(MOSS))
    assert decline_offer(gate, people.desk, offer.offer_id, now=now + HOUR).entry_id == waiting.fern
    kept = waiting.offered(offer.offer_id)
    assert (kept.answer, kept.answered_at, kept.answered_by) == ("declined", now + HOUR, "usr_desk")
    found = waitlist(gate, people.desk, now=now + HOUR)
    assert waiting.fern in {one.entry_id for one in found.waiting}
    assert [one.offer_id for one in found.to_answer] == [other.offer_id]


def test_once_and_not_when_it_has_run_out(waiting: OnTheList, gate: Gate, people: People, now: datetime) -> None:
    offer = waiting.offer(within=HOUR)
    with pytest.raises(OfferOver):
        decline_offer(gate, people.desk, offer.offer_id, now=now + HOUR)
    decline_offer(gate, people.desk, offer.offer_id, now=now)
    with pytest.raises(OfferOver):
        decline_offer(gate, people.desk, offer.offer_id, now=now)


@pytest.mark.parametrize("who", ["ben", "biller", "it", "compliance"])
def test_others_cannot(waiting: OnTheList, gate: Gate, people: People, now: datetime, who: str) -> None:
    with pytest.raises(NotFound):
        decline_offer(gate, getattr(people, who), waiting.offer().offer_id, now=now)
