"""A line is kept, or its role's end is asked for; nobody decides about themself; a correction is a new decision."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from tests.actions.accounts.granting import House
from tests.actions.accounts.reviewing import reviewed
from tests.factories.small_practice import events, put
from workbench.accounts.access_rules import LastHolder, RequestState, SamePerson
from workbench.accounts.review_rules import DecisionUnclear, OwnAccess, TakenAwayAlready
from workbench.accounts.review_tables import AccessReviewDecision, ReviewWords
from workbench.actions.accounts.attest_access import attest_access
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.errors import StepUpNeeded


def test_taking_away_waits_for_another_persons_approval(gate: Gate, now: datetime) -> None:
    house, people = reviewed(gate, now), House(gate, now)
    line = house.line("biller", Role.BILLER)
    done = attest_access(gate, house.officer, line.line_id, now=house.now, decision="take_away")
    assert people.grants("biller", house.now) != {}
    assert [event for event, _ in events(gate.store)].count("access.requested") == 1
    with pytest.raises(SamePerson):
        people.approve(house.officer, done.request_id, now=house.now)
    assert people.approve(house.owner, done.request_id, now=house.now)
    assert people.grants("biller", house.now) == {}
    with pytest.raises(TakenAwayAlready):
        attest_access(gate, house.owner, line.line_id, now=house.now, decision="keep", reason="Comes back")


def test_a_correction_counts_and_takes_the_request_back(gate: Gate, now: datetime) -> None:
    house = reviewed(gate, now)
    line_id = house.line("biller", Role.BILLER).line_id
    first = attest_access(gate, house.officer, line_id, now=house.now, decision="take_away")
    with pytest.raises(DecisionUnclear):
        attest_access(gate, house.owner, line_id, now=house.now, decision="keep")
    second = attest_access(gate, house.owner, line_id, now=house.now, decision="keep", reason="Back from leave")
    assert (second.number, second.request_id) == (2, "")
    assert [event for event, _ in events(gate.store)].count("access_review.decided") == 2
    assert House(gate, now).request(first.request_id).state == RequestState.WITHDRAWN
    assert [event for event, _ in events(gate.store)].count("access_request.withdrawn") == 1
    line = house.line("biller", Role.BILLER)
    assert (line.decision, line.reason, line.decided_by) == ("keep", "Back from leave", "owner Test")


def test_not_about_oneself_not_the_last_and_not_without_a_factor(gate: Gate, now: datetime) -> None:
    house = reviewed(gate, now)
    mine, owners = house.line("officer", Role.COMPLIANCE).line_id, house.line("owner", Role.OWNER).line_id
    with pytest.raises(OwnAccess):
        attest_access(gate, house.officer, mine, now=house.now, decision="keep")
    with pytest.raises(LastHolder):
        attest_access(gate, house.officer, owners, now=house.now, decision="take_away", reason="Leaves")
    stale = Actor(house.owner.user_id, house.owner.person_id, house.owner.roles, "0" * 64, house.now - timedelta(1))
    with pytest.raises(StepUpNeeded):
        attest_access(gate, stale, mine, now=house.now, decision="keep")


def test_the_database_refuses_the_same(gate: Gate, now: datetime) -> None:
    house = reviewed(gate, now)
    line = house.row("biller")

    def decide(**changed: object) -> None:
        given = {"line_id": line.id, "review_id": line.review_id, "person_id": "stf_biller", "number": 1,
                 "decision": "keep", "decided_by": "stf_owner", "decided_at": now}  # fmt: skip
        put(gate.store, [AccessReviewDecision(**given | changed, words=ReviewWords(""))])

    with pytest.raises(DBAPIError, match="not_about_oneself"):
        decide(decided_by="stf_biller")
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        decide(person_id="stf_owner", decided_by="stf_biller")
    decide()
    with pytest.raises(DBAPIError, match=r"(?i)unique"):
        decide()
