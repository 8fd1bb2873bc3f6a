"""Whoever may review an emergency opening hears of it once more after 48 hours, if nobody did it by then."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories.emergency import HOUR, account, opened
from tests.factories.small_practice import events
from workbench.accounts.notices import NoticeKind
from workbench.accounts.tables import AccountNotice
from workbench.actions.compliance.remind_emergency_review import TooEarly, remind_emergency_review
from workbench.actions.compliance.review_emergency import review_emergency
from workbench.gate.actor import Role
from workbench.gate.audit import AuditRow
from workbench.gate.errors import NotFound
from workbench.jobs.handlers import HANDLERS
from workbench.jobs.runner import Runner
from workbench.screens.emergency_waiting import emergencies_overdue, emergencies_waiting

HANDLER = next(handler for handler in HANDLERS if handler.kind == "remind_emergency_review")
TWO_DAYS = timedelta(hours=48)


@pytest.fixture
def opening(gate, store, who, ben, now):
    """Ben's, with two who may review it, and Ben himself is an owner too."""
    for person, role in (("compliance", Role.COMPLIANCE), ("owner", Role.OWNER), ("desk", Role.FRONT_DESK),
                         ("ben", Role.OWNER)):  # fmt: skip
        account(store, now, person, role)
    return opened(gate, ben, now).opening_id


def reminded(store):
    query = select(AccountNotice.user_id).where(AccountNotice.kind == NoticeKind.EMERGENCY_REVIEW_DUE)
    with store.reading() as session:
        return sorted(session.scalars(query))


def runner(gate, at):
    return Runner(gate, [HANDLER], clock=lambda: at, name="test")


def test_the_job_comes_by_itself_at_the_48th_hour_and_once(gate, store, opening, now):
    assert not runner(gate, now + TWO_DAYS - timedelta(seconds=1)).run_one()
    assert runner(gate, now + TWO_DAYS).run_one()
    assert reminded(store) == ["usr_compliance", "usr_owner"]
    assert not runner(gate, now + 2 * TWO_DAYS).run_one()
    with store.reading() as session:
        line = session.scalars(select(AuditRow).order_by(AuditRow.seq.desc())).first()
    assert (line.event, line.subject_id, line.outcome) == ("emergency.review_reminded", opening, "done")
    assert json.loads(bytes(line.body))["facts"]["told"] == 2


def test_what_was_reviewed_needs_no_reminder(gate, store, who, opening, now):
    review_emergency(gate, who.compliance, opening, now=now + HOUR, verdict="justified")
    assert runner(gate, now + TWO_DAYS).run_one()
    assert reminded(store) == []
    assert events(store)[-1] == ("emergency.review_reminded", "refused")


def test_no_person_reminds_and_no_job_too_early(gate, store, who, opening, now):
    with pytest.raises(NotFound):
        remind_emergency_review(gate, who.compliance, opening, now=now + TWO_DAYS)
    with pytest.raises(TooEarly):
        remind_emergency_review(gate, HANDLER.actor, opening, now=now + TWO_DAYS - timedelta(seconds=1))
    assert reminded(store) == []


def test_what_is_overdue_is_counted_for_who_reviews_and_for_nobody_else(gate, who, ben, opening, now):
    due = now + timedelta(hours=72)
    assert emergencies_overdue(gate, who.compliance, now=due - timedelta(seconds=1)) == 0
    assert emergencies_overdue(gate, who.compliance, now=due) == 1
    assert emergencies_overdue(gate, ben, now=due) == 0
    review_emergency(gate, who.compliance, opening, now=due, verdict="justified")
    assert emergencies_overdue(gate, who.compliance, now=due) == emergencies_waiting(gate, who.compliance, now=due) == 0
