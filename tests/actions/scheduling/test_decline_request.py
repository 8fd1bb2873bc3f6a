"""No to a time that was asked for: with a reason that the person can read, and the time is free at once."""

from datetime import datetime

import pytest

from tests.actions.scheduling.own import ByThemselves
from tests.factories.portal import in_care
from tests.factories.small_practice import MOSS, People, events, every_row
from workbench.actions.scheduling.cancel_for_everybody import cancel_for_everybody
from workbench.actions.scheduling.decline_request import decline_request
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.scheduling.rules import ReasonMissing
from workbench.scheduling.self_booking import RequestOver


def test_the_time_is_free_and_the_reason_is_kept(own: ByThemselves, gate: Gate, people: People, now: datetime) -> None:
    done = own.book()
    decline_request(gate, people.desk, own.booking().id, now=now, why="other_clinician")
    assert (own.booking().answer, own.booking().why) == ("declined", "other_clinician")
    assert own.moves(done.attendance_id) == [("requested", "cancelled", "practice")]
    assert events(gate.store)[-1] == ("booking_request.declined", "done")
    with pytest.raises(RequestOver):
        decline_request(gate, people.desk, own.booking().id, now=now, why="call_us")
    own.book(MOSS)


def test_without_a_reason_nothing_happens(own: ByThemselves, gate: Gate, people: People, now: datetime) -> None:
    own.book()
    before = every_row(gate.store)
    with pytest.raises(ReasonMissing):
        decline_request(gate, people.desk, own.booking().id, now=now, why="because")
    assert every_row(gate.store) == before


def test_what_is_cancelled_for_everybody_is_answered_too(
    own: ByThemselves, gate: Gate, people: People, now: datetime
) -> None:
    done = own.book()
    cancel_for_everybody(gate, people.desk, done.appointment_id, now=now, reason="clinician ill")
    assert (own.booking().answer, own.booking().why) == ("declined", "call_us")


def test_others_cannot(own: ByThemselves, gate: Gate, people: People, now: datetime) -> None:
    own.book()
    for actor in (in_care(), people.ben, people.biller):
        with pytest.raises(NotFound):
            decline_request(gate, actor, own.booking().id, now=now, why="call_us")
