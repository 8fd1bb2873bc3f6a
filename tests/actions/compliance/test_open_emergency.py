"""Break-glass: one chart, one hour, told at once; kept by the verb and by the database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from tests.factories.emergency import HOUR, MAY, WHY, account, opened
from tests.factories.small_practice import ADA, FERN, MOSS, every_row, put, unproven, visit
from workbench.accounts.tables import AccountNotice
from workbench.actions.compliance.close_emergency import close_emergency
from workbench.actions.compliance.open_emergency import AlreadyOpen, KindUnknown, ReasonUnclear, open_emergency
from workbench.actions.compliance.review_emergency import (
    review_emergency,
)
from workbench.gate.actor import Role
from workbench.gate.emergency import EmergencyOpening, EmergencyReason
from workbench.gate.errors import NotFound, StepUpNeeded
from workbench.gate.view import VIEWS
from workbench.screens.measures_over_time import measures_over_time
from workbench.screens.note_for_attendance import note_for_attendance
from workbench.screens.patient_chart import patient_chart
from workbench.screens.patient_file import patient_file
from workbench.screens.patient_statements import patient_statements


def test_one_chart_opens_for_an_hour_and_no_other(gate, who, ben, now):
    with pytest.raises(NotFound):
        patient_chart(gate, ben, MOSS, now=now)
    opening = opened(gate, ben, now)
    assert opening.until_at == now + HOUR
    assert patient_chart(gate, ben, MOSS, now=now).patient_id == MOSS
    assert patient_chart(gate, ben, MOSS, now=now + HOUR - timedelta(seconds=1)).patient_id == MOSS
    with pytest.raises(NotFound):
        patient_chart(gate, ben, FERN, now=now)
    with pytest.raises(NotFound):
        patient_chart(gate, who.desk, MOSS, now=now)
    with pytest.raises(NotFound):
        patient_chart(gate, ben, MOSS, now=now + HOUR)


def test_who_loses_the_role_meanwhile_loses_the_chart(gate, ben, now):
    opened(gate, ben, now)
    for role in sorted(set(Role) - set(MAY)):
        with pytest.raises(NotFound):
            patient_chart(gate, replace(ben, roles=frozenset({role})), MOSS, now=now)


@pytest.mark.engines("sqlcipher")
def test_bad_input_and_a_stale_factor_change_nothing(gate, store, who, ben, now):
    before = every_row(store)
    with pytest.raises(StepUpNeeded):
        open_emergency(gate, unproven(who.ben), MOSS, now=now, kind="medical", reason=WHY)
    for reason in ("", "too short", " " * 40, "x" * 1001):
        with pytest.raises(ReasonUnclear):
            open_emergency(gate, ben, MOSS, now=now, kind="medical", reason=reason)
    with pytest.raises(KindUnknown):
        open_emergency(gate, ben, MOSS, now=now, kind="curious", reason=WHY)
    with pytest.raises(NotFound):
        open_emergency(gate, ben, "pat_nobody", now=now, kind="medical", reason=WHY)
    for actor in (who.desk, who.biller, who.manager, who.it):
        with pytest.raises(NotFound):
            opened(gate, actor, now)
    assert every_row(store) == before


def test_one_chart_at_a_time_also_past_the_verb(gate, store, ben, now):
    opened(gate, ben, now)
    with pytest.raises(AlreadyOpen):
        opened(gate, ben, now + timedelta(minutes=1), FERN)
    assert opened(gate, ben, now + HOUR, FERN).until_at == now + 2 * HOUR


def test_the_database_refuses_more_than_an_hour_and_a_later_end(gate, store, ben, now):
    def row(minutes):
        return EmergencyOpening(
            patient_id=MOSS, opened_by="stf_x", account_id="usr_x", kind="medical", opened_at=now,
            until_at=now + timedelta(minutes=minutes), reason=EmergencyReason(WHY),
        )  # fmt: skip

    with pytest.raises(DBAPIError, match="emergency_hour"):
        put(store, [row(60.001)])
    opening = opened(gate, ben, now).opening_id
    mine = update(EmergencyOpening).where(EmergencyOpening.id == opening)
    for change in ({"until_at": now + HOUR + timedelta(seconds=1)}, {"patient_id": FERN}, {"opened_by": ADA},
                   {"opened_at": now - HOUR}):  # fmt: skip
        with pytest.raises(DBAPIError, match="emergency_end"), store.writing() as session:
            session.execute(mine.values(**change))
    close_emergency(gate, ben, opening, now=now + timedelta(minutes=1))
    with pytest.raises(DBAPIError, match="emergency_end"), store.writing() as session:
        session.execute(mine.values(until_at=now + HOUR))
    with pytest.raises(DBAPIError, match="emergency_kept"), store.writing() as session:
        session.execute(text("DELETE FROM emergency_openings"))


def test_compliance_and_the_care_team_are_told_at_once_and_the_opener_of_the_outcome(gate, store, who, ben, now):
    for person, role in (("ada", Role.CLINICIAN), ("ben", Role.CLINICIAN), ("compliance", Role.COMPLIANCE),
                         ("desk", Role.FRONT_DESK)):  # fmt: skip
        account(store, now, person, role)
    opening = opened(gate, ben, now).opening_id

    def told():
        with store.reading() as session:
            return sorted(tuple(row) for row in session.execute(select(AccountNotice.user_id, AccountNotice.kind)))

    assert told() == [("usr_ada", "emergency_opened"), ("usr_compliance", "emergency_opened")]
    review_emergency(gate, who.compliance, opening, now=now + HOUR, verdict="justified")
    assert ("usr_ben", "emergency_reviewed") in told()


def test_what_an_emergency_opens_is_read_under_its_sign_and_nowhere_else(gate, store, who, ben, now):
    both = replace(ben, roles=frozenset({Role.CLINICIAN, Role.COMPLIANCE}))
    visit(store, 1, now - timedelta(days=1), patient_id=MOSS)
    opened(gate, both, now)
    assert not patient_file(gate, both, MOSS, now=now).may_read_chart
    for read, subject in ((note_for_attendance, "att_1"), (measures_over_time, MOSS)):
        with pytest.raises(NotFound):
            read(gate, both, subject, now=now)
    assert patient_chart(gate, both, MOSS, now=now).patient_id == MOSS
    assert patient_statements(gate, both, MOSS, now=now).allergies == ()
    assert {one.__name__ for one in VIEWS.values() if one.in_emergency} == {"patient_chart", "patient_statements"}
    assert patient_file(gate, who.ada, MOSS, now=now).may_read_chart
