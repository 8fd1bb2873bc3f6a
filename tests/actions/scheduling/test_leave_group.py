"""Out of a group: the others come as before, and what was stays."""

from datetime import datetime

import pytest
from sqlalchemy import select

from tests.actions.scheduling.together import RUE, Together
from tests.factories.small_practice import FERN, MOSS, People, events, every_row
from workbench.actions.scheduling.leave_group import leave_group
from workbench.actions.scheduling.undo_cancellation import undo_cancellation
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.scheduling.grace import NothingToUndo
from workbench.scheduling.group_rules import GroupWrong, NotIn
from workbench.scheduling.group_tables import GroupMember
from workbench.screens.calendar import calendar
from workbench.screens.groups import groups


def test_they_come_no_more_and_the_others_do(gate: Gate, people: People, together: Together, now: datetime) -> None:
    group = together.make()
    together.book(group, rule="FREQ=WEEKLY;COUNT=2")
    assert leave_group(gate, people.desk, group, now=now, patient_id=MOSS).sessions == 2
    assert together.attending() == [(FERN, "booked"), (MOSS, "cancelled")] * 2
    assert {status for _, status, _ in together.appointments()} == {"held"}
    with gate.store.reading() as session:
        left = session.scalars(select(GroupMember).where(GroupMember.patient_id == MOSS)).one()
        assert (left.left_on, left.left_by) == (now.astimezone(gate.zone).date(), people.desk.user_id)
    assert events(gate.store)[-1] == ("group.left", "done")


def test_when_nobody_is_left_the_time_is_free(gate: Gate, people: People, together: Together, now: datetime) -> None:
    group = together.make(FERN)
    together.book(group)
    leave_group(gate, people.desk, group, now=now, patient_id=FERN)
    assert {status for _, status, _ in together.appointments()} == {"cancelled"}
    assert groups(gate, people.desk, now=now) == ()


def test_it_is_not_taken_back_as_a_cancellation(gate: Gate, people: People, together: Together, now: datetime) -> None:
    group = together.make()
    together.book(group)
    leave_group(gate, people.desk, group, now=now, patient_id=MOSS)
    with pytest.raises(NothingToUndo):
        undo_cancellation(gate, people.desk, together.attendance(MOSS), now=now)
    undo = calendar(gate, people.desk, now=now, from_on=now.date()).undo
    assert undo is None or undo.verb != "undo_cancellation"


def test_whose_a_familys_sessions_are_is_said_when_that_one_leaves(
    gate: Gate, people: People, together: Together, now: datetime
) -> None:
    family = together.make(FERN, MOSS, RUE, kind="family")
    before = every_row(gate.store)
    for said in ("", FERN):
        with pytest.raises(GroupWrong, match="for the payer from now on"):
            leave_group(gate, people.desk, family, now=now, patient_id=FERN, billed_id=said)
    assert every_row(gate.store) == before
    leave_group(gate, people.desk, family, now=now, patient_id=FERN, billed_id=RUE)
    (shown,) = groups(gate, people.desk, now=now)
    assert [one.patient_id for one in shown.members if one.is_billed] == [RUE]


def test_who_does_not_belong_to_it_cannot_leave(gate: Gate, people: People, together: Together, now: datetime) -> None:
    with pytest.raises(NotIn):
        leave_group(gate, people.desk, together.make(), now=now, patient_id=RUE)


def test_others_cannot(gate: Gate, people: People, together: Together, now: datetime) -> None:
    with pytest.raises(NotFound):
        leave_group(gate, people.ben, together.make(), now=now, patient_id=MOSS)
