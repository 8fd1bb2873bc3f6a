"""Somebody else says once whether an emergency opening was justified, within 72 hours."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from tests.factories.emergency import HOUR, account, fresh, opened
from tests.factories.small_practice import MOSS, events, put
from workbench.actions.compliance.review_emergency import (
    OwnOpening,
    ReviewedAlready,
    ReviewUnclear,
    StillOpen,
    review_emergency,
)
from workbench.gate.actor import Actor, Role, SystemActor
from workbench.gate.audit_receipts import NotSealedYet, checked_receipts
from workbench.gate.audit_seal import seal_log, signer_of
from workbench.gate.emergency import EmergencyReview, ReviewRemark
from workbench.gate.errors import NotAllowed, NotFound
from workbench.gate.permissions import Permission
from workbench.screens.emergencies import emergencies, emergency_receipts, own_emergencies, read_in_emergency
from workbench.screens.patient_chart import patient_chart


def test_the_review_shows_what_was_read_and_is_by_another_once(gate, store, who, now):
    account(store, now, "compliance", Role.COMPLIANCE)
    co = fresh(who.compliance, now)
    opening = opened(gate, co, now).opening_id
    patient_chart(gate, co, MOSS, now=now + timedelta(minutes=2))
    owner = Actor("usr_own", "stf_own", frozenset({Role.OWNER}))
    read = read_in_emergency(gate, owner, opening, now=now + HOUR)
    assert [(one.at, one.sentence) for one in read] == [(now + timedelta(minutes=2), "read a chart")]
    with pytest.raises(StillOpen):
        review_emergency(gate, owner, opening, now=now + timedelta(minutes=59), verdict="justified")
    with pytest.raises(OwnOpening):
        review_emergency(gate, co, opening, now=now + HOUR, verdict="justified")
    with pytest.raises(NotFound):
        review_emergency(gate, who.ben, opening, now=now + HOUR, verdict="justified")
    for verdict, remark in (("fine", "x"), ("not_justified", " "), ("justified", "x" * 2001)):
        with pytest.raises(ReviewUnclear):
            review_emergency(gate, owner, opening, now=now + HOUR, verdict=verdict, remark=remark)
    review_emergency(gate, owner, opening, now=now + HOUR, verdict="follow_up", remark="Ask the ER for the record")
    with pytest.raises(ReviewedAlready):
        review_emergency(gate, owner, opening, now=now + HOUR, verdict="justified")
    (mine,) = own_emergencies(gate, co, now=now + HOUR)
    assert (mine.verdict, mine.remark, mine.is_open) == ("follow_up", "Ask the ER for the record", False)
    assert own_emergencies(gate, who.ben, now=now + HOUR) == ()


def test_the_receipts_prove_the_opening_and_what_was_read_and_nothing_else(gate, store, who, now):
    account(store, now, "compliance", Role.COMPLIANCE)
    co = fresh(who.compliance, now)
    opening = opened(gate, co, now).opening_id
    patient_chart(gate, co, MOSS, now=now + timedelta(minutes=2))
    owner = Actor("usr_own", "stf_own", frozenset({Role.OWNER}))
    with pytest.raises(NotSealedYet):
        emergency_receipts(gate, owner, opening, now=now + HOUR)
    seal_log(gate, SystemActor("sealer", frozenset({Permission.SEAL_AUDIT})), now=now + HOUR)
    found = checked_receipts(emergency_receipts(gate, owner, opening, now=now + HOUR), signer_of(store).verifier)
    bodies = [json.loads(receipt.body) for receipt, _ in found]
    assert [body["event"] for body in bodies] == ["emergency.opened", "chart.read"]
    assert events(store)[-1] == ("emergency.receipts_taken", "shown")
    with pytest.raises(NotFound):
        emergency_receipts(gate, who.ben, opening, now=now + HOUR)


def test_the_database_refuses_a_review_by_oneself_and_any_change_of_one(gate, store, who, ben, now):
    opening = opened(gate, ben, now).opening_id

    def review(**changed):
        given = {"opening_id": opening, "opened_by": "stf_ben", "patient_id": MOSS, "reviewed_by": "stf_compliance"}
        put(store, [EmergencyReview(**given | changed, reviewed_at=now, verdict="justified", remark=ReviewRemark(""))])

    with pytest.raises(DBAPIError, match="by_another"):
        review(reviewed_by="stf_ben")
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        review(opened_by="stf_ada", reviewed_by="stf_ben")
    review()
    with pytest.raises(DBAPIError, match="append_only"), store.writing() as session:
        session.execute(update(EmergencyReview).values(verdict="not_justified"))


def test_an_opening_not_reviewed_in_72_hours_is_overdue(gate, who, ben, now):
    opened(gate, ben, now)
    due = now + timedelta(hours=72)
    assert not emergencies(gate, who.compliance, now=due - timedelta(seconds=1))[0].is_overdue
    assert emergencies(gate, who.compliance, now=due)[0].is_overdue
    with pytest.raises(NotAllowed):
        emergencies(gate, who.ben, now=due)
