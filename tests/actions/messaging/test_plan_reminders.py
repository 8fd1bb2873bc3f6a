"""One reminder for each window before each start, however often it is planned and wherever the appointment goes."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.actions.messaging.reminding import PLANNER, Reminding
from tests.factories.small_practice import VIDEO, people
from workbench.actions.messaging.plan_reminders import plan_reminders
from workbench.gate.errors import NotFound
from workbench.messaging.reminder_rules import ReminderState, Window
from workbench.messaging.tables import Reminder
from workbench.scheduling.tables import Appointment

DAY = timedelta(days=1)


def test_three_days_and_one_day_before(reminding: Reminding) -> None:
    rows = reminding.plan(reminding.visit(after=5 * DAY))
    assert [(row.window, row.due_at - reminding.now) for row in rows] == [
        (Window.THREE_DAYS, 2 * DAY), (Window.ONE_DAY, 4 * DAY),
    ]  # fmt: skip
    assert {row.state for row in rows} == {ReminderState.PLANNED}


def test_the_quiet_hours_are_those_of_the_patients_clock(reminding: Reminding) -> None:
    reminding.lives_by("America/Los_Angeles")  # ten in the morning here is seven there, and nothing goes before nine
    rows = reminding.plan(reminding.visit(after=5 * DAY))
    assert [row.due_at - reminding.now for row in rows] == [
        2 * DAY + timedelta(hours=2), 4 * DAY + timedelta(hours=2),
    ]  # fmt: skip


def test_a_visit_by_video_is_reminded_of_two_hours_before_too(reminding: Reminding) -> None:
    attendance = reminding.visit()
    with reminding.gate.store.writing() as session:
        session.get_one(Appointment, "apt_1").location_id = VIDEO
        session.commit()
    assert [row.window for row in reminding.plan(attendance)] == list(Window)


def test_planned_twice_it_is_planned_once(reminding: Reminding) -> None:
    attendance = reminding.visit()
    first = [row.id for row in reminding.plan(attendance)]
    assert [row.id for row in reminding.plan(attendance)] == first
    with reminding.gate.store.writing() as session:
        kept = session.scalars(select(Reminder)).first()
        assert kept is not None
        again = {
            name: getattr(kept, name) for name in ("attendance_id", "patient_id", "window", "channel", "starts_at")
        }
        session.add(Reminder(due_at=kept.due_at, changed_at=kept.changed_at, **again))
        with pytest.raises(IntegrityError):
            session.flush()


def test_moved_it_is_planned_for_the_new_start_and_moved_back_not_again(reminding: Reminding) -> None:
    attendance = reminding.visit()
    reminding.plan(attendance)
    reminding.move(1, DAY)
    assert len(reminding.plan(attendance)) == 4
    reminding.move(1, -DAY)
    assert len(reminding.plan(attendance)) == 4


def test_what_lies_behind_is_not_made_up_for(reminding: Reminding) -> None:
    attendance = reminding.visit(after=5 * DAY)
    rows = reminding.plan(attendance, now=reminding.now + 3 * DAY)
    assert [row.window for row in rows] == [Window.ONE_DAY]


def test_no_person_plans(reminding: Reminding) -> None:
    with pytest.raises(NotFound):
        plan_reminders(reminding.gate, people().manager, reminding.visit(), now=reminding.now)
    assert plan_reminders(reminding.gate, PLANNER, "att_1", now=reminding.now).count == 2
