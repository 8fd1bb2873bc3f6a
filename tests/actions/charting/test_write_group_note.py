"""What the notes of a group session have in common: who writes it, and that nothing of it is lost or read elsewhere."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from tests.actions.charting.group_session import SESSION, group_met, sign, write_own, write_shared
from tests.factories.small_practice import MOSS, People, events, visit
from workbench.actions.charting.write_group_note import write_group_note
from workbench.charting.rules import LONGEST_PART, NoteTooLong, NotYourSession, SessionNotHeld
from workbench.charting.shared import NotAGroup, SharedSigned
from workbench.charting.shared_tables import GroupNote, GroupNoteRevision
from workbench.gate.action import Gate
from workbench.gate.audit import AuditRow
from workbench.gate.errors import NotAllowed, NotFound, StalePage
from workbench.gate.relations import CareTeamMember
from workbench.scheduling.tables import Attendance, AttendanceStatus
from workbench.store.engine import Store


@pytest.fixture(autouse=True)
def met(practice: None, store: Store, now: datetime) -> None:
    """The group."""
    del practice
    group_met(store, now)


def test_each_save_is_kept_and_the_last_one_stands(gate: Gate, store: Store, people: People, now: datetime) -> None:
    first = write_shared(gate, people, now)
    saved = write_group_note(gate, people.ada, now=now, appointment_id=SESSION, version=first, objective="Played.")
    with store.reading() as session:
        note = session.scalars(select(GroupNote)).one()
        assert (note.version, note.text.objective, saved.names) == (saved.version, "Played.", ())
        kept = [one.text.objective for one in session.scalars(select(GroupNoteRevision).order_by("number"))]
        assert kept == ["Practised saying no in pairs.", "Played."]


def test_its_key_is_its_own_and_opens_without_any_members(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    write_shared(gate, people, now)
    store.vault.destroy_key(MOSS)
    with store.reading() as session:
        note = session.scalars(select(GroupNote)).one()
        assert GroupNote.text.owner_of(note) == note.id
        assert note.text.plan == "Next time: asking for help."
        assert b"help" not in bytes(note.sealed)


def test_whoever_is_named_is_told_at_once_and_it_is_saved(gate: Gate, people: People, now: datetime) -> None:
    saved = write_group_note(gate, people.ada, now=now, appointment_id=SESSION, version=0,
                             objective="Catherine Moss led the round.", plan="Go on.")  # fmt: skip
    assert saved.names == ("objective",)


def test_the_log_of_each_who_was_there_has_it(gate: Gate, store: Store, people: People, now: datetime) -> None:
    write_shared(gate, people, now)
    with store.reading() as session:
        query = select(AuditRow.patient_p).where(AuditRow.event == "group_note.written")
        assert len(set(session.scalars(query))) == 2
    assert events(store)[-2:] == [("group_note.written", "done")] * 2


def test_a_second_window_does_not_write_over_the_first(gate: Gate, people: People, now: datetime) -> None:
    write_shared(gate, people, now)
    with pytest.raises(StalePage):
        write_shared(gate, people, now, objective="Another window.")


def test_once_notes_are_signed_with_it_it_stands(gate: Gate, people: People, now: datetime) -> None:
    write_shared(gate, people, now)
    write_own(gate, people, now, "att_fern")
    write_own(gate, people, now, "att_moss")
    sign(gate, people, now)
    with pytest.raises(SharedSigned):
        write_group_note(gate, people.ada, now=now, appointment_id=SESSION, version=2, objective="Other.")


def test_only_who_led_it_and_cares_for_each_writes_it(gate: Gate, store: Store, people: People, now: datetime) -> None:
    for who, refusal in ((people.desk, NotAllowed), (people.biller, NotAllowed), (people.ben, NotFound),
                         (people.supervisor, NotYourSession)):  # fmt: skip
        with pytest.raises(refusal):
            write_group_note(gate, who, now=now, appointment_id=SESSION, version=0, objective="Mine.")
    with store.engine.begin() as connection:
        connection.execute(update(CareTeamMember).where(CareTeamMember.patient_id == MOSS).values(until_on=now.date()))
    with pytest.raises(NotFound):
        write_shared(gate, people, now)


def test_who_cancelled_and_left_stands_in_nobodys_way(gate: Gate, store: Store, people: People, now: datetime) -> None:
    with store.engine.begin() as connection:
        connection.execute(update(CareTeamMember).where(CareTeamMember.patient_id == MOSS).values(until_on=now.date()))
        connection.execute(update(Attendance).where(Attendance.id == "att_moss").values(status="cancelled"))
    assert write_shared(gate, people, now) == 1


def test_a_session_of_one_or_of_nobody_has_none(gate: Gate, store: Store, people: People, now: datetime) -> None:
    visit(store, 5, now - timedelta(hours=5))
    with pytest.raises(NotAGroup):
        write_group_note(gate, people.ada, now=now, appointment_id="apt_5", version=0, objective="Alone.")
    with store.engine.begin() as connection:
        connection.execute(update(Attendance).values(status=AttendanceStatus.NO_SHOW))
    with pytest.raises(SessionNotHeld):
        write_shared(gate, people, now)


def test_what_is_too_long_names_its_field(gate: Gate, people: People, now: datetime) -> None:
    with pytest.raises(NoteTooLong) as refused:
        write_shared(gate, people, now, plan="x" * (LONGEST_PART + 1))
    assert list(refused.value.fields) == ["shared_plan"]
