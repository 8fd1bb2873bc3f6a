"""Signing: what a note must have, who signs, and that a signed note never changes, whatever the door."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.factories.small_practice import ADA, FERN, MOSS, OFFICE, START, People, events, every_row, put, visit
from workbench.actions.charting.sign_note import Signed, sign_note
from workbench.actions.charting.write_note import write_note
from workbench.billing.tables import Charge, Service
from workbench.charting.rules import (
    NoteIncomplete,
    NoteLocked,
    SessionNotHeld,
    SessionNotOver,
    content_hash,
    signature_of,
)
from workbench.charting.tables import Note
from workbench.claims.tables import Coverage, CoverageDetails, Payer
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StalePage
from workbench.ledger.tables import LedgerLine
from workbench.scheduling.group_tables import PatientGroup
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance, AttendanceMove, AttendanceStatus
from workbench.store.engine import Store

HOUR = timedelta(hours=1)
WHOLE = {"assessment": "Less worried.", "plan": "Weekly.", "diagnoses": ("F41.1",)}


def draft(
    gate: Gate, people: People, store: Store, now: datetime, *, starts_in: timedelta = -HOUR, **text: object
) -> str:
    """A draft of Ada's about a session with Fern."""
    saved = write_note(gate, people.ada, visit(store, 1, now + starts_in), now=now, version=0, **{**WHOLE, **text})
    return saved.note_id


@pytest.fixture
def signed(gate: Gate, people: People, store: Store, now: datetime) -> Signed:
    """A note signed by Ada."""
    return sign_note(gate, people.ada, draft(gate, people, store, now), now=now)


def test_the_signature_names_who_as_what_and_when(
    gate: Gate, store: Store, people: People, now: datetime, signed: Signed
) -> None:
    assert (signed.signed_as, signed.signed_at) == ("Ada Byron, LCSW", now)
    with store.reading() as session:
        note = session.get_one(Note, signed.note_id)
        assert (note.state, note.signed_as, note.content_hash.hex()) == (
            "locked",
            "Ada Byron, LCSW",
            signed.content_hash,
        )
        assert content_hash(signature_of(note), note.text) == note.content_hash
    assert events(store)[-1] == ("note.signed", "done")


def test_the_session_is_charged_and_booked_with_the_signature(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    put(store, [
        Service(code="90834", label="Session", amount_cents=13000, least_minutes=38, most_minutes=52),
        Payer(id="pyr_sample", name="Sample Health", payer_number="SAMP1"),
    ])  # fmt: skip
    put(store, [
        Coverage(id="cov_fern", patient_id=FERN, payer_id="pyr_sample", from_on=START,
                 details=CoverageDetails("W000000001")),
    ])  # fmt: skip
    signed = sign_note(gate, people.ada, draft(gate, people, store, now), now=now)
    with store.reading() as session:
        charge = session.get_one(Charge, signed.charge_id)
        assert (charge.service_code, charge.amount_cents, charge.minutes, charge.coverage_id) == (
            "90834", 13000, 50, "cov_fern",
        )  # fmt: skip
        assert charge.details.diagnoses == ("F411",)
        lines = session.execute(select(LedgerLine.account, LedgerLine.cents).order_by(LedgerLine.cents.desc())).all()
        assert [tuple(line) for line in lines] == [("receivable:payer", 13000), ("income", -13000)]


def test_a_couples_session_is_charged_once_with_the_note_of_whose_it_is(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    put(store, [
        Service(code="90847", label="Couple", amount_cents=15000),
        AppointmentType(id="aty_couple", name="Couple", minutes=50, service_code="90847"),
        PatientGroup(id="grp_1", kind="couple", name="", most=2, billed_id=MOSS, made_at=now, made_by="usr_desk"),
    ])  # fmt: skip
    put(store, [
        Appointment(id="apt_1", clinician_id=ADA, type_id="aty_couple", location_id=OFFICE, starts_at=now - HOUR,
                    ends_at=now, booked_at=now - 2 * HOUR, group_id="grp_1"),
    ])  # fmt: skip
    put(store, [Attendance(id=f"att_{one}", appointment_id="apt_1", patient_id=one) for one in (FERN, MOSS)])
    signed = {}
    for patient in (FERN, MOSS):
        note = write_note(gate, people.ada, f"att_{patient}", now=now, version=0, **WHOLE)
        signed[patient] = sign_note(gate, people.ada, note.note_id, now=now)
    assert (signed[FERN].charge_id, signed[FERN].held_because) == (None, "charged_once")
    with store.reading() as session:
        charge = session.scalars(select(Charge)).one()
        assert (charge.id, charge.patient_id, charge.amount_cents) == (signed[MOSS].charge_id, MOSS, 15000)


def test_what_is_in_no_fee_schedule_is_signed_and_held(signed: Signed) -> None:
    assert (signed.charge_id, signed.held_because) == (None, "no_fee")


def test_books_that_refuse_leave_the_note_a_draft(gate: Gate, store: Store, people: People, now: datetime) -> None:
    put(store, [Service(code="90834", label="Session", amount_cents=13000, least_minutes=38, most_minutes=52)])
    note = draft(gate, people, store, now)
    with store.engine.begin() as connection:  # some rule of the books says no
        if store.dialect == "sqlite":
            connection.execute(
                text("CREATE TRIGGER full BEFORE INSERT ON ledger_lines BEGIN SELECT RAISE(ABORT, 'note_locked'); END")
            )
        else:
            connection.execute(text("ALTER TABLE ledger_lines ADD CONSTRAINT note_locked CHECK (cents < 0)"))
    before = every_row(store)
    with pytest.raises(NoteLocked):
        sign_note(gate, people.ada, note, now=now)
    assert every_row(store) == before


def test_the_signature_completes_a_session_whose_time_has_passed(store: Store, signed: Signed) -> None:
    with store.reading() as session:
        assert session.get_one(Attendance, "att_1").status == "completed"
        assert session.scalars(select(AttendanceMove.reason)).all() == ["note signed"]


@pytest.mark.parametrize(
    ("missing", "text"),
    [("assessment", {"assessment": " "}), ("plan", {"plan": ""}), ("diagnoses", {"diagnoses": ()})],
)
def test_what_is_missing_is_named(
    gate: Gate, store: Store, people: People, now: datetime, missing: str, text: dict[str, object]
) -> None:
    note = draft(gate, people, store, now, **text)
    before = every_row(store)
    with pytest.raises(NoteIncomplete) as refused:
        sign_note(gate, people.ada, note, now=now)
    assert list(refused.value.fields) == [missing]
    assert every_row(store) == before


def test_before_the_end_of_the_session_nothing_is_signed_unless_it_was_completed(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    note = draft(gate, people, store, now, starts_in=-timedelta(minutes=49))
    with pytest.raises(SessionNotOver):
        sign_note(gate, people.ada, note, now=now)
    assert sign_note(gate, people.ada, note, now=now + timedelta(minutes=1)).note_id == note


def test_who_turned_out_not_to_have_come_has_no_note_to_sign(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    note = draft(gate, people, store, now)
    with store.writing() as session:
        session.get_one(Attendance, "att_1").status = AttendanceStatus.NO_SHOW
        session.commit()
    with pytest.raises(SessionNotHeld):
        sign_note(gate, people.ada, note, now=now)


def test_a_page_older_than_the_last_save_signs_nothing(gate: Gate, store: Store, people: People, now: datetime) -> None:
    note = draft(gate, people, store, now)
    write_note(gate, people.ada, "att_1", now=now, version=1, **{**WHOLE, "plan": "Fortnightly."})
    with pytest.raises(StalePage):
        sign_note(gate, people.ada, note, now=now, expected_version=1)
    assert sign_note(gate, people.ada, note, now=now, expected_version=2).version == 3


def test_twice_is_refused_and_a_double_click_is_once(gate: Gate, store: Store, people: People, now: datetime) -> None:
    note = draft(gate, people, store, now)
    once = sign_note(gate, people.ada, note, now=now, idempotency_key="sign-0001")
    assert sign_note(gate, people.ada, note, now=now + HOUR, idempotency_key="sign-0001") == once
    with pytest.raises(NoteLocked):
        sign_note(gate, people.ada, note, now=now)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE notes SET signed_as = 'Somebody Else'",
        "UPDATE notes SET state = 'draft'",
        "UPDATE notes SET sealed = content_hash",
        "UPDATE notes SET version = version + 1",
        "DELETE FROM notes",
        "UPDATE note_revisions SET number = 9",
        "DELETE FROM note_revisions",
        "UPDATE attendance_moves SET moved_by = 'nobody'",
    ],
)
def test_raw_sql_cannot_change_what_was_signed(store: Store, signed: Signed, statement: str) -> None:
    before = every_row(store)
    with store.engine.connect() as connection, pytest.raises(DBAPIError, match=r"note_locked|note_kept|append_only"):
        connection.execute(text(statement))
    assert every_row(store) == before


def test_a_row_object_cannot_change_what_was_signed(store: Store, signed: Signed) -> None:
    with store.writing() as session:
        session.get_one(Note, signed.note_id).signed_as = "Somebody Else"
        with pytest.raises(DBAPIError, match="note_locked"):
            session.commit()


@pytest.mark.parametrize("who", ["ben", "supervisor", "desk", "manager", "biller", "it", "compliance"])
def test_only_the_author_signs(gate: Gate, store: Store, people: People, now: datetime, who: str) -> None:
    note = draft(gate, people, store, now)
    before = every_row(store)
    with pytest.raises(NotFound):
        sign_note(gate, getattr(people, who), note, now=now)
    assert every_row(store) == before
    assert events(store) == [("note.written", "done"), ("action.refused", "refused")]
