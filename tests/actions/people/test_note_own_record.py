"""Whoever works here and is in care here: the staff site has nothing of their record, whatever roles they hold."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.factories.emergency import fresh, opened
from tests.factories.small_practice import FERN, MOSS, events, people, visit
from tests.web.edge import provision
from workbench.accounts.queries import live_sessions
from workbench.actions.accounts.open_session import open_session
from workbench.actions.compliance.review_emergency import review_emergency
from workbench.actions.people.note_own_record import OwnRecordThere, note_own_record
from workbench.gate.actor import NOBODY, Role
from workbench.gate.errors import NotFound
from workbench.screens.note_for_attendance import note_for_attendance
from workbench.screens.patient_chart import patient_chart
from workbench.screens.patient_file import patient_file
from workbench.screens.patient_search import search_patients

WHO = people()
EVERY_ROLE = frozenset(role for role in Role if role not in (Role.PATIENT, Role.PROXY))


def in_care(actor):
    """The person with every role there is, and the record noted as theirs."""
    return replace(actor, roles=EVERY_ROLE, own_patient_id=MOSS)


def test_no_role_opens_ones_own_record_not_even_in_an_emergency(gate, store, now):
    visit(store, 1, now - timedelta(days=1), patient_id=MOSS)
    ada = in_care(WHO.ada)
    for read, subject in ((patient_file, MOSS), (patient_chart, MOSS), (note_for_attendance, "att_1")):
        with pytest.raises(NotFound):
            read(gate, ada, subject, now=now)
    with pytest.raises(NotFound):
        opened(gate, fresh(ada, now), now)
    assert patient_file(gate, ada, FERN, now=now).number == 1001
    assert {outcome for _, outcome in events(store)} == {"refused", "shown"}


def test_the_search_does_not_find_it(gate, now):
    assert search_patients(gate, in_care(WHO.ada), now=now, query="moss") == ()
    assert len(search_patients(gate, replace(WHO.ada, roles=EVERY_ROLE), now=now, query="moss")) == 1


def test_nobody_reviews_an_emergency_opening_of_their_own_record(gate, now):
    opening = opened(gate, fresh(WHO.ben, now), now)
    officer = replace(fresh(WHO.compliance, now), own_patient_id=MOSS)
    with pytest.raises(NotFound):
        review_emergency(
            gate, officer, opening.opening_id, now=now + timedelta(hours=2), verdict="justified", remark=""
        )


def test_an_emergency_opening_of_it_ends_at_that_instant_and_is_written_down(gate, store, now):
    opened(gate, fresh(WHO.ben, now), now)
    note_own_record(gate, WHO.desk, MOSS, now=now + timedelta(minutes=5), staff_id="stf_ben")
    assert events(store)[-2:] == [("emergency.closed", "done"), ("own_record.noted", "done")]
    assert events(store).count(("emergency.closed", "done")) == 1


def test_the_next_message_of_a_live_session_knows_it(gate, now):
    ada = provision(gate, now, "ada", Role.CLINICIAN)
    session = open_session(gate, NOBODY, ada.account.user_id, now=now, code=ada.code(now)).session_hash
    assert live_sessions(gate, [session], now)[session].actor.own_patient_id == ""
    note_own_record(gate, WHO.desk, MOSS, now=now, staff_id="stf_ada")
    assert live_sessions(gate, [session], now)[session].actor.own_patient_id == MOSS


def test_it_is_noted_once_for_a_file_and_for_a_person_and_only_where_somebody_works_here(gate, store, now):
    with pytest.raises(NotFound):
        note_own_record(gate, WHO.desk, MOSS, now=now, staff_id="stf_nobody")
    with pytest.raises(NotFound):
        note_own_record(gate, WHO.ada, MOSS, now=now, staff_id="stf_ada")
    note_own_record(gate, WHO.desk, MOSS, now=now, staff_id="stf_ada")
    for patient, staff in ((MOSS, "stf_ben"), (FERN, "stf_ada")):
        with pytest.raises(OwnRecordThere):
            note_own_record(gate, WHO.desk, patient, now=now, staff_id=staff)
    assert events(store).count(("own_record.noted", "done")) == 1


@pytest.mark.parametrize("change", ["DELETE FROM own_records", "UPDATE own_records SET patient_id = 'pat_fern'"])
def test_the_database_keeps_the_note(gate, store, now, change):
    note_own_record(gate, WHO.desk, MOSS, now=now, staff_id="stf_ada")
    with pytest.raises(DBAPIError, match="own_records_append_only"), store.engine.begin() as connection:
        connection.execute(text(change))
