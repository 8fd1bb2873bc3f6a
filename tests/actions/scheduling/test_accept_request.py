"""Yes to a time that was asked for: the appointment stands, the clinician may open the chart, once and in time."""

from datetime import datetime, timedelta

import pytest

from tests.actions.scheduling.own import ByThemselves
from tests.factories.portal import in_care
from tests.factories.small_practice import BEN, People, events
from workbench.actions.scheduling.accept_request import accept_request
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.people.care_team import NotOnCareTeam
from workbench.scheduling.self_booking import RequestOver, SeenBy


@pytest.mark.parametrize("who", ["desk", "manager", "ada", "supervisor"])
def test_it_is_booked(own: ByThemselves, gate: Gate, people: People, now: datetime, who: str) -> None:
    done = own.book()
    accept_request(gate, getattr(people, who), own.booking().id, now=now)
    assert own.status(done.attendance_id) == "booked"
    assert (own.booking().answer, own.booking().answered_by) == ("accepted", f"usr_{who}")
    assert own.moves(done.attendance_id) == [("requested", "booked", "")]
    assert events(gate.store)[-1] == ("booking_request.accepted", "done")
    with pytest.raises(RequestOver):
        accept_request(gate, people.desk, own.booking().id, now=now)


def test_until_it_lapses_and_not_then(own: ByThemselves, gate: Gate, people: People) -> None:
    lapses_at = own.book().lapses_at
    assert lapses_at is not None
    with pytest.raises(RequestOver):
        accept_request(gate, people.desk, own.booking().id, now=lapses_at)
    accept_request(gate, people.desk, own.booking().id, now=lapses_at - timedelta(seconds=1))


def test_a_clinician_hands_nobody_into_a_chart_that_way(
    own: ByThemselves, gate: Gate, people: People, now: datetime
) -> None:
    own.rule(seen_by=SeenBy.ANYBODY)
    own.book(clinician_id=BEN)
    with pytest.raises(NotOnCareTeam):
        accept_request(gate, people.ada, own.booking().id, now=now)
    assert accept_request(gate, people.desk, own.booking().id, now=now).joined_care_team


def test_nobody_says_yes_to_themselves(own: ByThemselves, gate: Gate, people: People, now: datetime) -> None:
    own.book()
    for actor in (in_care(), people.ben, people.biller, people.it):
        with pytest.raises(NotFound):
            accept_request(gate, actor, own.booking().id, now=now)
