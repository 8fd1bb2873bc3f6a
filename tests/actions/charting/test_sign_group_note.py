"""Signing a group session's notes: each one's own, all of them or none, and nobody in another's."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from tests.actions.charting.group_session import (
    OF_FERN,
    OF_MOSS,
    SESSION,
    group_met,
    sign,
    write_own,
    write_shared,
)
from tests.actions.charting.trainee import ada_is_a_trainee
from tests.factories.small_practice import FERN, MOSS, People, every_row
from workbench.actions.billing.set_missed_terms import set_missed_terms
from workbench.actions.charting.return_note import return_note
from workbench.actions.charting.sign_group_note import sign_group_note
from workbench.actions.charting.sign_note import sign_note
from workbench.actions.charting.write_note import write_note
from workbench.actions.scheduling.check_in import check_in
from workbench.actions.scheduling.mark_no_show import mark_no_show
from workbench.billing.tables import Charge
from workbench.charting.comparing import RepeatsNotMeant
from workbench.charting.rules import NotYourSession, SessionNotOver, content_hash, signature_of
from workbench.charting.shared import AllSigned, GroupNotReady, PartOfGroupNote
from workbench.charting.tables import Note, NoteRevision
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound, StalePage
from workbench.scheduling.group_tables import PatientGroup
from workbench.scheduling.tables import Attendance
from workbench.screens.missed_fees import missed_fees
from workbench.store.engine import Store

LONG = " ".join(f"word{at}" for at in range(30))


@pytest.fixture(autouse=True)
def met(practice: None, store: Store, now: datetime) -> None:
    """The group."""
    del practice
    group_met(store, now)


@pytest.fixture
def written(gate: Gate, people: People, now: datetime) -> int:
    """All three parts; the version of the shared one."""
    version = write_shared(gate, people, now)
    write_own(gate, people, now, OF_FERN)
    write_own(gate, people, now, OF_MOSS, assessment="Listened, said little.", plan="Meet alone once.")
    return version


def test_each_has_a_note_of_their_own_with_a_hash_and_a_charge(
    gate: Gate, store: Store, people: People, now: datetime, written: int
) -> None:
    signed = sign(gate, people, now, written)
    with store.reading() as session:
        notes = {one.patient_id: one for one in session.scalars(select(Note))}
        assert {one.state for one in notes.values()} == {"locked"}
        assert notes[MOSS].text.objective == notes[FERN].text.objective == "Practised saying no in pairs."
        assert notes[MOSS].text.plan == "Next time: asking for help.\n\nMeet alone once."
        assert "Listened" not in notes[FERN].text.assessment
        for note in notes.values():
            assert content_hash(signature_of(note), note.text) == note.content_hash
            last = select(NoteRevision).where(NoteRevision.note_id == note.id).order_by(NoteRevision.number.desc())
            assert session.scalars(last).first().text == note.text
        assert {one.id for one in session.scalars(select(Charge))} == {one.charge_id for one in signed.notes}
        assert set(session.scalars(select(Attendance.status))) == {"completed"}
    store.vault.destroy_key(MOSS)  # Moss is erased: Fern's note still opens
    with store.reading() as session:
        assert session.get_one(Note, notes[FERN].id).text.plan == "Next time: asking for help."


def test_all_or_nothing_and_whose_part_is_missing_is_said(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    write_shared(gate, people, now, objective=" ")
    write_own(gate, people, now, OF_FERN, assessment="")
    before = every_row(store)
    with pytest.raises(GroupNotReady) as refused:
        sign(gate, people, now)
    assert set(refused.value.fields) == {"shared_objective", OF_FERN, OF_MOSS}
    assert "no-show" in refused.value.fields[OF_MOSS]
    assert "Fern" not in str(refused.value) + str(refused.value.fields)
    assert every_row(store) == before


def test_who_was_absent_is_a_no_show_by_the_one_rule_and_has_no_note(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    day = timedelta(days=1)
    set_missed_terms(gate, people.manager, now=now - day, notice_hours=24, late_cents=0, no_show_cents=4000)
    write_shared(gate, people, now)
    write_own(gate, people, now, OF_FERN)
    mark_no_show(gate, people.ada, OF_MOSS, now=now)
    assert len(sign(gate, people, now).notes) == 1
    to_decide = missed_fees(gate, people.biller, now=now + day).to_decide
    assert [one.attendance_id for one in to_decide] == [OF_MOSS]
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Note)) == 1


def test_who_comes_after_all_is_signed_later_with_the_same_shared_part(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    write_shared(gate, people, now)
    write_own(gate, people, now, OF_FERN)
    mark_no_show(gate, people.ada, OF_MOSS, now=now)
    sign(gate, people, now)
    check_in(gate, people.ada, OF_MOSS, now=now)
    own = write_own(gate, people, now, OF_MOSS)
    with pytest.raises(PartOfGroupNote):
        sign_note(gate, people.ada, own, now=now)
    assert [one.note_id for one in sign(gate, people, now, version=2).notes] == [own]
    with store.reading() as session:
        assert session.get_one(Note, own).text.objective == "Practised saying no in pairs."


def test_signing_twice_is_signing_once(gate: Gate, store: Store, people: People, now: datetime, written: int) -> None:
    first = sign(gate, people, now, written, idempotency_key="key-of-eight")
    before = every_row(store)
    assert sign(gate, people, now, written, idempotency_key="key-of-eight") == first
    with pytest.raises(AllSigned):
        sign(gate, people, now, written)
    assert every_row(store) == before


def test_what_is_signed_is_what_was_seen(gate: Gate, store: Store, people: People, now: datetime, written: int) -> None:
    write_note(gate, people.ada, OF_MOSS, now=now, version=1, assessment="Changed.", plan="", diagnoses=("F41.1",))
    before = every_row(store)
    for version, versions in ((written, {OF_FERN: 1, OF_MOSS: 1}), (written + 1, {OF_FERN: 1, OF_MOSS: 2})):
        with pytest.raises(StalePage):
            sign(gate, people, now, version, versions=versions)
    assert every_row(store) == before


@pytest.mark.parametrize(
    ("shared", "own", "where"),
    [
        ({"plan": "Fern Fernandez-Oak chairs."}, {}, "shared_plan"),
        ({}, {"assessment": "Was moved by what Catherine Moss said."}, OF_FERN),
    ],
)
def test_nobody_is_named_in_anothers_note(
    gate: Gate, store: Store, people: People, now: datetime, shared: dict[str, str], own: dict[str, str], where: str
) -> None:
    write_shared(gate, people, now, **shared)
    write_own(gate, people, now, OF_FERN, **own)
    write_own(gate, people, now, OF_MOSS, assessment="Catherine Moss listened.")
    before = every_row(store)
    with pytest.raises(GroupNotReady) as refused:
        sign(gate, people, now)
    assert list(refused.value.fields) == [where]
    assert every_row(store) == before


def test_the_same_words_about_two_have_to_be_meant(gate: Gate, people: People, now: datetime) -> None:
    write_shared(gate, people, now)
    for one in (OF_FERN, OF_MOSS):
        write_own(gate, people, now, one, assessment=LONG)
    with pytest.raises(RepeatsNotMeant):
        sign(gate, people, now)
    assert len(sign(gate, people, now, repeats_meant=True).notes) == 2


def test_what_all_have_in_common_is_no_repetition(gate: Gate, people: People, now: datetime) -> None:
    write_shared(gate, people, now, objective=LONG)
    write_own(gate, people, now, OF_FERN)
    write_own(gate, people, now, OF_MOSS, assessment="Listened, said little.")
    assert len(sign(gate, people, now).notes) == 2


def test_only_who_led_it_signs(gate: Gate, store: Store, people: People, now: datetime, written: int) -> None:
    before = every_row(store)
    inputs = {"appointment_id": SESSION, "version": written, "versions": {OF_FERN: 1, OF_MOSS: 1}, "now": now}
    for who, refusal in ((people.desk, NotAllowed), (people.ben, NotFound), (people.supervisor, NotYourSession)):
        with pytest.raises(refusal):
            sign_group_note(gate, who, **inputs)
    assert every_row(store) == before


def test_a_session_under_way_is_not_signed(gate: Gate, people: People, now: datetime, written: int) -> None:
    with pytest.raises(SessionNotOver):
        sign(gate, people, now - timedelta(minutes=10), written)


def test_of_a_couple_each_may_be_named_and_it_is_charged_once(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    with store.engine.begin() as connection:
        connection.execute(update(PatientGroup).values(kind="couple", name="", billed_id=FERN))
    write_shared(gate, people, now, objective="Catherine Moss and Fern spoke about money.")
    for one in (OF_FERN, OF_MOSS):
        write_own(gate, people, now, one)
    signed = sign(gate, people, now)
    assert sorted(one.held_because for one in signed.notes) == ["", "charged_once"]


def test_of_a_trainee_each_note_waits_for_the_supervisor(
    gate: Gate, store: Store, people: People, now: datetime, written: int
) -> None:
    ada_is_a_trainee(store, now - timedelta(days=1))
    signed = sign(gate, people, now, written)
    assert {one.is_locked for one in signed.notes} == {False}
    given_back = signed.notes[0].note_id
    return_note(gate, people.supervisor, given_back, now=now, comment="Say more.")
    # It has the shared part already, so it is signed alone and gets it no second time.
    assert sign_note(gate, people.ada, given_back, now=now).is_locked is False
    with store.reading() as session:
        assert session.get_one(Note, given_back).text.objective == "Practised saying no in pairs."
