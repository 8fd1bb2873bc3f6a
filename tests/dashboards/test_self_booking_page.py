"""The rules of self-booking and the requests, as the desk has them open."""

from datetime import datetime, timedelta

import pytest

from dashboards.parts.message import FieldProblem
from dashboards.parts.replies import Ask, Done
from dashboards.self_booking_desk import add_self_booking
from tests.actions.scheduling.own import OPEN
from tests.dashboards.pages import opened, send
from tests.factories.portal import in_care
from tests.factories.small_practice import ADA, FERN, INDIVIDUAL, OFFICE, People, open_practice
from tests.factories.small_practice import people as signed_in
from workbench.actions.scheduling.book_own_time import book_own_time
from workbench.actions.scheduling.set_self_booking import set_self_booking
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.scheduling.self_booking import RuleWrong
from workbench.screens.booking_requests import booking_requests, requests_waiting
from workbench.screens.self_booking import How, SeenBy, self_booking
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture
def people(store: Store, now: datetime) -> People:
    open_practice(store, now)
    return signed_in()


def asked(gate: Gate, people: People, now: datetime) -> None:
    """Fern asked for Ada's time."""
    set_self_booking(gate, people.manager, INDIVIDUAL, now=now, rule=OPEN)
    book_own_time(gate, in_care(), FERN, now=now, type_id=INDIVIDUAL, clinician_id=ADA, location_id=OFFICE,
                  starts_at=now + timedelta(days=2))  # fmt: skip


def test_a_rule_is_changed_by_who_says_what_is_offered(gate: Gate, people: People, now: datetime) -> None:
    page = opened(gate, people.manager, now, "/self-booking", add_self_booking)
    assert "Not here" in page.render()
    assert isinstance(send(page, "change", id=INDIVIDUAL), Ask)
    given = {"id": INDIVIDUAL, "how": "instant", "whom": "everybody", "seen_by": "named", "notice_hours": "24",
             "ahead_days": "30", "most_open": "1", "answer_hours": "8", "may_move": "on"}  # fmt: skip
    for wrong, refusal in (({}, RuleWrong), ({"how": "never"}, FieldProblem)):
        with pytest.raises(refusal):
            send(page, "keep", **{**given, **wrong})
    assert isinstance(send(page, "keep", **given, staff_ids=(ADA,)), Done)
    kinds = {one.type_id: one.rule for one in self_booking(gate, people.manager, now=now).kinds}
    rule = kinds[INDIVIDUAL]
    assert (rule.how, rule.seen_by, rule.staff_ids, rule.may_move) == (How.INSTANT, SeenBy.NAMED, {ADA}, True)


def test_a_request_stands_in_the_rail_and_is_answered_once(gate: Gate, people: People, now: datetime) -> None:
    asked(gate, people, now)
    assert [requests_waiting(gate, one, now=now) for one in (people.desk, people.ada, people.ben)] == [1, 1, 0]
    (one,) = booking_requests(gate, people.desk, now=now)
    assert booking_requests(gate, people.ben, now=now) == ()
    with pytest.raises(NotAllowed):
        booking_requests(gate, people.biller, now=now)
    page = opened(gate, people.desk, now, "/requests", add_self_booking)
    other = opened(gate, people.ada, now, "/requests", add_self_booking)
    assert "Fern" in page.render()
    assert isinstance(send(page, "accept", id=one.booking_id), Done)
    told = send(other, "accept", id=one.booking_id)
    assert isinstance(told, Done)
    assert told.tone == "warn"
    assert requests_waiting(gate, people.desk, now=now) == 0


def test_a_no_says_why(gate: Gate, people: People, now: datetime) -> None:
    asked(gate, people, now)
    (one,) = booking_requests(gate, people.desk, now=now)
    page = opened(gate, people.desk, now, "/requests", add_self_booking)
    assert isinstance(send(page, "ask_decline", id=one.booking_id), Ask)
    with pytest.raises(FieldProblem):
        send(page, "decline", id=one.booking_id, version=str(one.version), why="")
    assert isinstance(send(page, "decline", id=one.booking_id, version=str(one.version), why="call_us"), Done)
    assert booking_requests(gate, people.desk, now=now) == ()
