"""A trainee's note: signed it waits and changes no more; co-signed by their supervisor it is locked and charged."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.actions.charting.test_sign_note import WHOLE, draft
from tests.actions.charting.trainee import ada_is_a_trainee
from tests.factories.small_practice import FERN, People, events, every_row, put
from workbench.actions.charting.amend_note import amend_note
from workbench.actions.charting.cosign_note import cosign_note
from workbench.actions.charting.sign_note import Signed, sign_note
from workbench.actions.charting.write_note import write_note
from workbench.billing.tables import Charge, Service
from workbench.charting.addenda import StillADraft
from workbench.charting.cosigning import AttestationMissing, InReview, NotInReview, NotTheirSupervisor
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.gate.relations import Supervision
from workbench.screens.clinician_day import clinician_day
from workbench.screens.cosign_queue import cosign_queue
from workbench.screens.cosigns_waiting import cosigns_waiting
from workbench.screens.note_for_attendance import note_for_attendance
from workbench.screens.patient_chart import patient_chart
from workbench.store.engine import Store


@pytest.fixture
def signed(gate: Gate, people: People, store: Store, now: datetime) -> Signed:
    """Signed by Ada, who is a trainee."""
    ada_is_a_trainee(store, now)
    put(store, [Service(code="90834", label="Session", amount_cents=15_000, least_minutes=38, most_minutes=52)])
    return sign_note(gate, people.ada, draft(gate, people, store, now), now=now)


def charges(store: Store) -> list[Charge]:
    with store.reading() as session:
        return list(session.scalars(select(Charge)))


def test_signed_it_waits_and_is_neither_locked_nor_charged(
    gate: Gate, store: Store, people: People, now: datetime, signed: Signed
) -> None:
    assert (signed.is_locked, signed.charge_id, signed.held_because) == (False, None, "")
    assert charges(store) == []
    page = note_for_attendance(gate, people.ada, "att_1", now=now)
    assert (page.state, page.may_write, page.after.may_cosign, page.after.may_amend, page.is_unchanged) == (
        "review", False, False, False, True,
    )  # fmt: skip
    assert clinician_day(gate, people.ada, now=now, on=now.date()).due == ()


def test_meanwhile_nobody_changes_it_by_any_door(
    gate: Gate, store: Store, people: People, now: datetime, signed: Signed
) -> None:
    with pytest.raises(InReview):
        write_note(gate, people.ada, "att_1", now=now, version=signed.version, **WHOLE)
    with pytest.raises(InReview):
        sign_note(gate, people.ada, signed.note_id, now=now)
    with pytest.raises(StillADraft):
        amend_note(gate, people.ada, signed.note_id, now=now, kind="addendum", reason="x", text="y")
    for change in ("service_on = '2020-01-01'", "author_id = 'stf_ben'"):
        with pytest.raises(DBAPIError, match="note_in_review"), store.engine.begin() as connection:
            connection.execute(text(f"UPDATE notes SET {change}"))
    with pytest.raises(DBAPIError, match="note_in_review"), store.engine.begin() as connection:
        connection.execute(text("UPDATE notes SET sealed = :other"), {"other": b"other"})


def test_the_supervisor_finds_reads_and_cosigns_it(
    gate: Gate, store: Store, people: People, now: datetime, signed: Signed
) -> None:
    later = now + timedelta(days=8)
    (line,) = cosign_queue(gate, people.supervisor, now=later)
    assert (line.path, line.author_name, line.days, line.is_late) == ("/notes/att_1", "Ada Byron, LCSW", 8, True)
    before = events(store)
    assert [cosigns_waiting(gate, who, now=later) for who in (people.supervisor, people.ben)] == [1, 0]
    assert events(store) == before
    page = note_for_attendance(gate, people.supervisor, "att_1", now=later)
    assert (page.after.may_cosign, page.text.assessment) == (True, "Less worried.")
    (shown,) = patient_chart(gate, people.supervisor, FERN, now=later).notes
    assert shown.text is not None
    done = cosign_note(gate, people.supervisor, signed.note_id, now=later, attested="discussed")
    assert events(store)[-1] == ("note.cosigned", "done")
    (charge,) = charges(store)
    assert (charge.id, charge.captured_at) == (done.charge_id, later)
    page = note_for_attendance(gate, people.ada, "att_1", now=later)
    assert (page.state, page.signed_as, page.after.cosigned_as, page.after.cosigned_at) == (
        "locked", "Ada Byron, LCSW", done.cosigned_as, later,
    )  # fmt: skip
    assert page.after.attested.startswith("I read this record, discussed")
    assert page.is_unchanged
    assert cosign_queue(gate, people.supervisor, now=later) == ()
    with pytest.raises(NotInReview):
        cosign_note(gate, people.supervisor, signed.note_id, now=later, attested="discussed")


def test_nobody_else_reads_or_cosigns_it(
    gate: Gate, store: Store, people: People, now: datetime, signed: Signed
) -> None:
    for who in (people.ada, people.ben, people.manager, people.desk, people.biller, people.compliance, people.it):
        with pytest.raises(NotFound):
            cosign_note(gate, who, signed.note_id, now=now, attested="reviewed")
        with pytest.raises(NotAllowed):
            cosign_queue(gate, who, now=now)
    assert charges(store) == []


def test_a_supervision_that_ended_cosigns_nothing(
    gate: Gate, store: Store, people: People, now: datetime, signed: Signed
) -> None:
    put(store, [Supervision(supervisor_id="stf_supervisor", supervisee_id="stf_ben", from_on=now.date())])
    with store.writing() as session:
        row = session.scalars(select(Supervision).where(Supervision.supervisee_id == "stf_ada")).one()
        row.until_on = now.date()
        session.commit()
    with pytest.raises((NotTheirSupervisor, NotFound)):
        cosign_note(gate, people.supervisor, signed.note_id, now=now, attested="reviewed")
    assert cosign_queue(gate, people.supervisor, now=now) == ()


@pytest.mark.parametrize("attested", ["", "agreed"])
def test_a_cosignature_says_what_it_vouches_for(
    gate: Gate, store: Store, people: People, now: datetime, signed: Signed, attested: str
) -> None:
    before = every_row(store)
    with pytest.raises(AttestationMissing):
        cosign_note(gate, people.supervisor, signed.note_id, now=now, attested=attested)
    assert every_row(store) == before


def test_who_is_no_trainee_any_more_locks_alone(gate: Gate, store: Store, people: People, now: datetime) -> None:
    ada_is_a_trainee(store, now - timedelta(days=2), until=now - timedelta(days=1))
    assert sign_note(gate, people.ada, draft(gate, people, store, now), now=now).is_locked
