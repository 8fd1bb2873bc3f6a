"""What was loaded in bulk stands as if it had come through the verbs: seals, signatures, books, log."""

import hashlib
from collections import Counter

import pytest
from sqlalchemy import func, select

from tests.conftest import NOW
from workbench.accounts.queries import login_of
from workbench.accounts.tables import User
from workbench.charting.rules import content_hash, signature_of
from workbench.charting.tables import Note, NoteRevision, NoteState
from workbench.claims.states import ClaimState, RemittanceState
from workbench.claims.tables import Claim, ClaimBatch, ClaimLine, Remittance
from workbench.demo.accounts import sign_ins
from workbench.demo.load import NotEmpty, load_practice
from workbench.demo.portal import portal_sign_ins
from workbench.demo.sizes import SIZES
from workbench.documents.tables import Document
from workbench.gate.actor import Actor, Role
from workbench.gate.audit import AuditRow
from workbench.ledger.rules import Account
from workbench.ledger.tables import LedgerLine
from workbench.measures.catalogue import measures
from workbench.measures.scoring import score
from workbench.measures.tables import MeasureAlert, MeasureAlertAnswer, MeasureResult
from workbench.people.tables import Patient, Practice
from workbench.scheduling.tables import Appointment, Attendance, AttendanceStatus
from workbench.screens.audit_trail import audit_verdict
from workbench.screens.booking_choices import booking_choices
from workbench.screens.emergencies import emergencies, read_in_emergency
from workbench.screens.emergency_waiting import emergencies_waiting
from workbench.screens.own_appointments import own_appointments
from workbench.screens.own_people import own_people
from workbench.screens.patient_search import search_patients
from workbench.screens.waitlist import waitlist
from workbench.screens.waitlist_times import freed_times
from workbench.x12.balance import balance
from workbench.x12.envelope import read_interchanges
from workbench.x12.remittance_reader import read_remittance


def rows(gate, query):
    with gate.store.reading() as session:
        return session.execute(query).all()


def test_it_says_that_it_is_synthetic(made):
    assert rows(made, select(Practice.is_synthetic)) == [(True,)]
    with made.store.reading() as session:
        notes = session.scalars(select(Note)).all()
        assert len(notes) > 500
        for note in notes:
            parts = (note.text.subjective, note.text.objective, note.text.assessment, note.text.plan)
            assert all(part.startswith("Synthetic.") for part in parts)


def test_some_wait_for_another_time_and_some_have_to_be_asked(made):
    desk = Actor("usr_look", "stf_look", frozenset({Role.FRONT_DESK}))
    found = waitlist(made, desk, now=NOW)
    assert len(found.waiting) == 9
    assert 0 < len(found.to_ask) < 9
    assert any(one.fitting for one in freed_times(made, desk, now=NOW))


def test_clinicians_are_found_by_what_they_speak_and_whom_they_take(made):
    desk = Actor("usr_look", "stf_look", frozenset({Role.FRONT_DESK}))
    choices = booking_choices(made, desk, now=NOW)
    assert len(choices.payers) == 5
    assert ("en", "English") in choices.languages


def test_every_signature_fits_its_note(made):
    with made.store.reading() as session:
        signed = session.scalars(select(Note).where(Note.state == NoteState.LOCKED)).all()
        assert all(content_hash(signature_of(note), note.text) == note.content_hash for note in signed)
        texts = {revision.note_id: revision.text for revision in session.scalars(select(NoteRevision))}
        assert all(texts[note.id] == note.text for note in signed)


def test_every_clinician_has_a_note_to_write_and_one_to_sign(made):
    written = select(Note.attendance_id)
    held = select(Appointment.clinician_id).join(Attendance, Attendance.appointment_id == Appointment.id)
    to_write = held.where(Attendance.status == AttendanceStatus.COMPLETED, Attendance.id.not_in(written)).distinct()
    to_sign = select(Note.author_id).where(Note.state == NoteState.DRAFT).distinct()
    assert len(rows(made, to_write)) == len(rows(made, to_sign)) == 3


def test_every_claim_stands_where_its_money_says(made):
    left = (
        select(Claim.state, Claim.charged_cents, func.sum(LedgerLine.cents))
        .join(ClaimLine, ClaimLine.claim_id == Claim.id)
        .join(LedgerLine, LedgerLine.charge_id == ClaimLine.charge_id)
        .where(LedgerLine.account == Account.RECEIVABLE_PAYER)
        .group_by(Claim.id)
    )
    seen = set()
    for state, charged, open_cents in rows(made, left):
        seen.add(state)
        if state in (ClaimState.APPROVED, ClaimState.DENIED):
            assert open_cents == charged
        elif state == ClaimState.SETTLED:
            assert open_cents == 0
        else:
            assert 0 < open_cents < charged
    assert seen == set(ClaimState)


def test_measures_are_answered_over_time_and_score_as_their_rule_says(made):
    with made.store.reading() as session:
        results = session.scalars(select(MeasureResult)).all()
        for row in results:
            rule = measures()[row.rule]
            found = score(rule, rule.in_order(row.result.answers))
            assert (found.total, found.band, found.flags) == (row.result.total, row.result.band, row.result.flags)
    by_patient = Counter(row.patient_id for row in results if row.rule == "phq9@1")
    assert max(by_patient.values()) >= 5
    totals = {row.result.total for row in results}
    assert None in totals
    assert len(totals) > 15


def test_the_books_sum_to_nothing(made):
    assert rows(made, select(func.sum(LedgerLine.cents))) == [(0,)]


def test_remittances_stand_at_every_step(made):
    assert {state for (state,) in rows(made, select(Remittance.state).distinct())} == set(RemittanceState)


def test_every_kept_file_is_whole_and_in_balance(made):
    with made.store.reading() as session:
        documents = session.scalars(select(Document)).all()
        assert len(documents) > 50
        for document in documents:
            assert hashlib.sha256(document.content.data).hexdigest() == document.sha256
            for interchange in read_interchanges(document.content.data):
                assert not interchange.problems
                for transaction in interchange.transactions:
                    if transaction.type == "835":
                        assert not balance(read_remittance(transaction), transaction)


def test_every_batch_adds_up(made):
    sums = select(ClaimBatch.claim_count, ClaimBatch.charged_cents, func.count(), func.sum(Claim.charged_cents)).join(
        Claim, Claim.batch_id == ClaimBatch.id
    )
    found = rows(made, sums.group_by(ClaimBatch.id))
    assert found
    assert all((count, cents) == (claims, charged) for count, cents, claims, charged in found)


def test_the_log_tells_of_the_loading_and_is_whole(made, desk_of, now):
    events = dict(rows(made, select(AuditRow.event, func.count()).group_by(AuditRow.event)))
    assert events["demo.loaded"] >= 6
    assert events["user.provisioned"] == 10 + len(portal_sign_ins())
    assert audit_verdict(made, desk_of(Role.COMPLIANCE), now=now).broken_at is None


def test_a_client_is_found_by_name(made, desk_of, now):
    with made.store.reading() as session:
        client = session.scalars(select(Patient)).first()
        name = client.details.family_name
    assert name in " ".join(hit.name for hit in search_patients(made, desk_of(Role.FRONT_DESK), now=now, query=name))


def test_there_is_a_sign_in_for_every_role_of_staff():
    assert {one.role for one in sign_ins()} == set(Role) - {Role.PATIENT, Role.PROXY}


def test_each_sign_in_of_the_portal_opens_one_record_with_an_appointment_to_come(made, now):
    for one in portal_sign_ins():
        account = login_of(made, one.email, no_password="none")
        assert account.may_sign_in
        with made.store.reading() as session:
            person_id = session.get_one(User, account.user_id).person_id
        role = Role.PROXY if person_id.startswith("prx_") else Role.PATIENT
        actor = Actor(account.user_id, person_id, frozenset({role}))
        (whom,) = own_people(made, actor, now).people
        assert own_appointments(made, actor, whom.patient_id, now=now).coming


def test_a_second_practice_is_not_made_in_the_same_store(made, now):
    before = rows(made, select(func.count()).select_from(AuditRow))
    with pytest.raises(NotEmpty):
        load_practice(made, SIZES["small"], now=now)
    assert rows(made, select(func.count()).select_from(AuditRow)) == before


def test_both_engines_take_the_same_practice(practice, desk_of, now):
    assert rows(practice, select(func.count()).select_from(Patient)) == [(60 + 2,)]  # and two minors of the portal
    assert rows(practice, select(func.sum(LedgerLine.cents))) == [(0,)]
    assert audit_verdict(practice, desk_of(Role.COMPLIANCE), now=now).broken_at is None


def test_one_emergency_was_reviewed_by_another_and_one_waits(made, desk_of):
    waits, reviewed = emergencies(made, desk_of(Role.COMPLIANCE), now=NOW)
    assert (waits.verdict, waits.is_open, waits.is_overdue) == ("", False, False)
    assert (reviewed.verdict, reviewed.reviewer != reviewed.opener) == ("justified", True)
    assert emergencies_waiting(made, desk_of(Role.COMPLIANCE), now=NOW) == 1
    for one in (waits, reviewed):
        assert len(read_in_emergency(made, desk_of(Role.COMPLIANCE), one.opening_id, now=NOW)) == 1
    with made.store.reading() as session:
        times = list(session.scalars(select(AuditRow.at).where(AuditRow.at < NOW).order_by(AuditRow.seq)))
    assert times == sorted(times)


def test_every_critical_answer_has_its_alert_and_what_is_older_is_answered(made):
    with made.store.reading() as session:
        critical = {row.id for row in session.scalars(select(MeasureResult)).all() if row.result.flags}
    alerts = dict(rows(made, select(MeasureAlert.result_id, MeasureAlert.id)))
    answered = {one for (one,) in rows(made, select(MeasureAlertAnswer.alert_id))}
    assert set(alerts) == critical
    assert answered <= set(alerts.values())
    assert answered
