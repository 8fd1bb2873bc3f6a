"""Whoever works here and is in care here: they hear and see nothing, in the staff site, of openings of their record."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories.emergency import HOUR, account, fresh, opened
from tests.factories.small_practice import MOSS, events, put
from workbench.accounts.notices import NoticeKind
from workbench.accounts.tables import AccountNotice
from workbench.actions.people.note_own_record import note_own_record
from workbench.gate.actor import Role
from workbench.gate.errors import NotFound
from workbench.gate.relations import OwnRecord
from workbench.jobs.handlers import HANDLERS
from workbench.jobs.runner import Runner
from workbench.people.tables import Staff, StaffDetails
from workbench.screens.emergencies import emergencies, read_in_emergency
from workbench.screens.emergency_search import find_in_emergency
from workbench.screens.emergency_waiting import emergencies_overdue, emergencies_waiting, emergency_is_open
from workbench.screens.patient_chart import patient_chart

HANDLER = next(handler for handler in HANDLERS if handler.kind == "remind_emergency_review")


@pytest.fixture
def officer(store, who, now):
    """The compliance officer, who is Moss. There is an owner too."""
    for person, role in (("compliance", Role.COMPLIANCE), ("owner", Role.OWNER)):
        account(store, now, person, role)
    put(store, [Staff(id="stf_compliance", started_on=now.date(), details=StaffDetails("Cleo", "Moss"))])
    put(store, [OwnRecord(staff_id="stf_compliance", patient_id=MOSS, noted_at=now, noted_by="usr_desk")])
    return replace(fresh(who.compliance, now), own_patient_id=MOSS)


def told(store, kind):
    query = select(AccountNotice.user_id).where(AccountNotice.kind == kind)
    with store.reading() as session:
        return sorted(session.scalars(query))


def test_they_neither_find_nor_see_nor_count_it(gate, officer, ben, now):
    opening = opened(gate, ben, now).opening_id
    later = now + timedelta(days=4)
    assert find_in_emergency(gate, officer, now=now, number=1002) == ()
    assert emergencies(gate, officer, now=now) == ()
    assert emergencies_waiting(gate, officer, now=now) == emergencies_overdue(gate, officer, now=later) == 0
    with pytest.raises(NotFound):
        read_in_emergency(gate, officer, opening, now=now)
    other = replace(officer, own_patient_id="")
    assert len(find_in_emergency(gate, other, now=now, number=1002)) == len(emergencies(gate, other, now=now)) == 1
    assert (emergencies_waiting(gate, other, now=now), emergencies_overdue(gate, other, now=later)) == (1, 1)


def test_they_are_not_told_and_an_owner_is_where_nobody_else_is_in_compliance(gate, store, officer, ben, now):
    opened(gate, ben, now)
    assert told(store, NoticeKind.EMERGENCY_OPENED) == ["usr_owner"]
    assert Runner(gate, [HANDLER], clock=lambda: now + timedelta(hours=48), name="test").run_one()
    assert told(store, NoticeKind.EMERGENCY_REVIEW_DUE) == ["usr_owner"]


def test_what_they_have_open_ends_when_the_record_is_known_to_be_theirs(gate, store, who, ben, now):
    opening, at = opened(gate, ben, now).opening_id, now + timedelta(minutes=5)
    note_own_record(gate, who.desk, MOSS, now=at, staff_id="stf_ben")
    assert not emergency_is_open(gate, ben, now=at, opening_id=opening)
    with pytest.raises(NotFound):
        patient_chart(gate, ben, MOSS, now=at)
    assert events(store)[-3:-1] == [("emergency.closed", "done"), ("own_record.noted", "done")]
    assert at < now + HOUR
