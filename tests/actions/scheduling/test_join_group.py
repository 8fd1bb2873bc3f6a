"""Into a group, and into what it has booked."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.actions.scheduling.together import RUE, Together
from tests.factories.small_practice import ADA, BEN, FERN, MOSS, OFFICE, People, events, every_row
from workbench.actions.scheduling.add_room import add_room
from workbench.actions.scheduling.cancel_appointment import cancel_appointment
from workbench.actions.scheduling.join_group import join_group
from workbench.actions.scheduling.leave_group import leave_group
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.gate.relations import CareTeamMember
from workbench.kernel.errors import WorkbenchError
from workbench.scheduling.group_rules import AlreadyIn, GroupFull
from workbench.scheduling.rooms import RoomTooSmall

WEEKLY = "FREQ=WEEKLY;COUNT=3"


def test_they_come_to_what_is_booked_and_who_leads_it_may_open_their_chart(
    gate: Gate, people: People, together: Together, now: datetime
) -> None:
    group = together.make()
    together.book(group, rule=WEEKLY, beside_ids=[BEN])
    assert join_group(gate, people.desk, group, now=now, patient_id=RUE).sessions == 3
    assert together.attending()[:3] == [(FERN, "booked"), (MOSS, "booked"), (RUE, "booked")]
    with gate.store.reading() as session:
        team = session.scalars(select(CareTeamMember.staff_id).where(CareTeamMember.patient_id == RUE)).all()
    assert sorted(team) == [ADA, BEN]
    assert events(gate.store)[-1] == ("group.joined", "done")


def test_who_left_and_comes_back_is_expected_again(
    gate: Gate, people: People, together: Together, now: datetime
) -> None:
    group = together.make()
    together.book(group, rule=WEEKLY)
    leave_group(gate, people.desk, group, now=now, patient_id=MOSS)
    assert {status for patient, status in together.attending() if patient == MOSS} == {"cancelled"}
    assert join_group(gate, people.desk, group, now=now, patient_id=MOSS).sessions == 3
    assert {status for patient, status in together.attending() if patient == MOSS} == {"booked"}


def test_a_session_that_everybody_cancelled_is_not_theirs(
    gate: Gate, people: People, together: Together, now: datetime
) -> None:
    group = together.make()
    together.book(group)
    for patient in (FERN, MOSS):
        cancel_appointment(gate, people.desk, together.attendance(patient), now=now, reason="ill")
    assert join_group(gate, people.desk, group, now=now + timedelta(1), patient_id=RUE).sessions == 0
    assert RUE not in dict(together.attending())


def test_a_room_that_is_full_takes_nobody_else(gate: Gate, people: People, together: Together, now: datetime) -> None:
    room = add_room(gate, people.desk, now=now, location_id=OFFICE, name="Blue", seats=2).room_id
    group = together.make()
    together.book(group, room_id=room)
    before = every_row(gate.store)
    with pytest.raises(RoomTooSmall):
        join_group(gate, people.desk, group, now=now, patient_id=RUE)
    assert every_row(gate.store) == before


@pytest.mark.parametrize(("patient", "refusal"), [(FERN, AlreadyIn), ("pat_nobody", NotFound)])
def test_who_is_in_and_who_is_nobody_is_refused(
    gate: Gate, people: People, together: Together, now: datetime, patient: str, refusal: type[WorkbenchError]
) -> None:
    group = together.make()
    before = every_row(gate.store)
    with pytest.raises(refusal):
        join_group(gate, people.desk, group, now=now, patient_id=patient)
    assert every_row(gate.store) == before


def test_nobody_joins_a_full_one(gate: Gate, people: People, together: Together, now: datetime) -> None:
    with pytest.raises(GroupFull, match="takes 2 people"):
        join_group(gate, people.desk, together.make(kind="couple"), now=now, patient_id=RUE)


def test_out_of_reach_is_told_like_not_there(gate: Gate, people: People, together: Together, now: datetime) -> None:
    group = together.make()
    for who in (people.ada, people.ben):  # Rue is nobody's, and the group is not Ben's
        with pytest.raises(NotFound):
            join_group(gate, who, group, now=now, patient_id=RUE)
    with pytest.raises((NotAllowed, NotFound)):
        join_group(gate, people.biller, group, now=now, patient_id=RUE)
