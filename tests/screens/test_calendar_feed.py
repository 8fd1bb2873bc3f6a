"""What a device is told: its owner's appointments, nobody's name, and nothing once its owner may not see them."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from tests.actions.scheduling.feeding import let_in, signed_in
from tests.factories.small_practice import ADA, BEN, INDIVIDUAL, MOSS, OFFICE, open_practice, people, put, visit
from workbench.accounts.tables import RoleGrant, User
from workbench.actions.scheduling.cancel_appointment import cancel_appointment
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.gate.audit import AuditRow
from workbench.gate.errors import NotAllowed, NotFound
from workbench.gate.relations import CareTeamMember
from workbench.scheduling.group_tables import PatientGroup
from workbench.scheduling.tables import Appointment, Attendance
from workbench.screens.calendar_feed import calendar_feed, feed_owner

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)
    visit(gate.store, 1, now + HOUR)
    visit(gate.store, 2, now + 3 * HOUR, patient_id=MOSS)
    visit(gate.store, 3, now + HOUR, patient_id=MOSS, clinician_id=BEN)


def read(gate: Gate, now: datetime, shows: str = "busy") -> list[tuple[str, str]]:
    ada = signed_in(gate, now)
    made = let_in(gate, ada, now, shows)
    owner = feed_owner(gate, made.name, made.password, now=now)
    assert owner is not None
    assert owner.roles == ada.roles
    return [(one.appointment_id, one.title) for one in calendar_feed(gate, owner, now=now, feed_id=made.name)]


def test_ones_own_and_only_that_one_is_busy(gate: Gate, now: datetime) -> None:
    assert read(gate, now) == [("apt_1", "Busy"), ("apt_2", "Busy")]
    with gate.store.reading() as session:
        line = session.scalars(select(AuditRow).where(AuditRow.event == "feed.read")).one()
    assert line.outcome == "shown"


def test_initials_where_they_were_chosen(gate: Gate, now: datetime) -> None:
    assert read(gate, now, "initials") == [("apt_1", "F. F."), ("apt_2", "C. M.")]


def test_a_session_of_several_says_how_many_also_to_who_leads_it_beside_another(gate: Gate, now: datetime) -> None:
    visit(gate.store, 8, now + 6 * HOUR, clinician_id=BEN)
    put(gate.store, [
        PatientGroup(id="grp_1", kind="group", name="Skills", most=8, made_at=now, made_by="usr_desk"),
        Attendance(id="att_8b", appointment_id="apt_8", patient_id=MOSS),
    ])  # fmt: skip
    put(gate.store, [
        Appointment(id="apt_9", clinician_id=ADA, type_id=INDIVIDUAL, location_id=OFFICE, starts_at=now + 6 * HOUR,
                    ends_at=now + 7 * HOUR, booked_at=now, group_id="grp_1", beside_id="apt_8"),
    ])  # fmt: skip
    assert read(gate, now, "initials")[-1] == ("apt_8", "2 people")


def test_neither_what_was_cancelled_nor_what_is_far_off(gate: Gate, now: datetime) -> None:
    cancel_appointment(gate, people().desk, "att_1", now=now, reason="ill")
    for number, days in ((4, 181), (5, -31), (6, 179), (7, -29)):
        visit(gate.store, number, now + timedelta(days=days))
    assert [one for one, _ in read(gate, now)] == ["apt_7", "apt_2", "apt_6"]


def test_who_left_the_care_team_is_not_there(gate: Gate, now: datetime) -> None:
    with gate.store.writing() as session:
        session.execute(
            update(CareTeamMember)
            .where(CareTeamMember.patient_id == MOSS, CareTeamMember.staff_id == ADA)
            .values(until_on=now.date())
        )
        session.commit()
    assert [one for one, _ in read(gate, now)] == ["apt_1"]


@pytest.mark.parametrize("guess", ["", "wrong", "0" * 43])
def test_a_wrong_password_and_an_unknown_device_are_nobodys(gate: Gate, now: datetime, guess: str) -> None:
    made = let_in(gate, signed_in(gate, now), now)
    assert feed_owner(gate, made.name, guess, now=now) is None
    assert feed_owner(gate, "fed_unknown", made.password, now=now) is None
    assert feed_owner(gate, "", "", now=now) is None


def test_with_the_account_or_the_role_the_calendar_is_gone(gate: Gate, now: datetime) -> None:
    made = let_in(gate, signed_in(gate, now), now)
    with gate.store.writing() as session:
        session.execute(update(RoleGrant).values(ended_at=now))
        session.commit()
    owner = feed_owner(gate, made.name, made.password, now=now)
    assert owner is not None
    with pytest.raises(NotAllowed):
        calendar_feed(gate, owner, now=now, feed_id=made.name)
    with gate.store.writing() as session:
        session.execute(update(User).values(state="disabled"))
        session.commit()
    assert feed_owner(gate, made.name, made.password, now=now) is None


def test_a_device_is_its_owners_alone(gate: Gate, now: datetime) -> None:
    made = let_in(gate, signed_in(gate, now), now)
    ben = signed_in(gate, now, "ben", Role.SUPERVISOR)
    for feed_id in (made.name, "fed_unknown"):
        with pytest.raises(NotFound):
            calendar_feed(gate, ben, now=now, feed_id=feed_id)
