"""The last look before a reminder leaves: what has changed since it was planned is heeded, and nothing goes twice."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from tests.actions.messaging.reminding import ADDRESS, HOW, Reminding
from tests.factories.small_practice import OFFICE, events, people
from workbench.actions.messaging.set_reminders import set_reminders
from workbench.actions.people.change_place import change_place
from workbench.actions.scheduling.cancel_appointment import cancel_appointment
from workbench.gate.errors import NotFound
from workbench.messaging.reminder_rules import ReminderState, Why
from workbench.messaging.tables import Agreement, Reminder, ReminderLink
from workbench.people.place_rules import PlaceDetails

DAY = timedelta(days=1)


@pytest.fixture
def first(reminding: Reminding) -> Reminder:
    """Three days before Fern's visit."""
    return reminding.plan(reminding.visit())[0]


def test_the_letter_says_when_and_nothing_of_who_or_why(reminding: Reminding, first: Reminder) -> None:
    begun = reminding.begin(first)
    assert begun.letter is not None
    assert (begun.letter.to, begun.letter.sender, begun.letter.subject) == (ADDRESS, "Juniper", "Appointment reminder")
    assert "on Sat, Mar 14 at 10:00 AM EDT" in begun.letter.body
    assert "https://x.test/r#" in begun.letter.body
    for word in ("Fern", "José", "Ada", "Byron", "Individual", "Counseling"):
        assert word not in begun.letter.body
    assert reminding.row(first.id).state == ReminderState.SENDING
    assert ADDRESS not in repr(begun)


def test_the_letter_names_the_time_of_the_patients_clock_and_waits_for_their_morning(
    reminding: Reminding, first: Reminder
) -> None:
    reminding.lives_by("America/Los_Angeles")
    assert reminding.begin(first).letter is None
    row = reminding.row(first.id)
    assert (row.state, row.due_at) == (ReminderState.PLANNED, first.due_at + timedelta(hours=2))
    begun = reminding.begin(row, now=row.due_at)
    assert begun.letter is not None
    assert "on Sat, Mar 14 at 7:00 AM PDT" in begun.letter.body


def test_only_a_hash_of_the_link_is_kept(reminding: Reminding, first: Reminder) -> None:
    letter = reminding.begin(first).letter
    assert letter is not None
    token = letter.body.partition("#")[2].split()[0]
    assert len(token) >= 43
    with reminding.gate.store.reading() as read:
        link = read.scalars(select(ReminderLink)).one()
    assert token not in repr(vars(link))
    assert link.expires_at == first.starts_at


def test_begun_again_it_may_have_gone_out_and_is_never_sent_again(reminding: Reminding, first: Reminder) -> None:
    reminding.begin(first)
    for _ in range(2):
        assert reminding.begin(first).letter is None
    row = reminding.row(first.id)
    assert (row.state, row.why) == (ReminderState.UNKNOWN, Why.CUT_OFF)


def test_a_no_said_meanwhile_is_heeded(reminding: Reminding, first: Reminder) -> None:
    reminding.consent(is_given=False, now=reminding.now + DAY)
    assert reminding.begin(first).letter is None
    assert reminding.row(first.id).why == Why.NO_CONSENT


def test_a_changed_or_missing_address_is_not_written_to(reminding: Reminding) -> None:
    one, two = reminding.plan(reminding.visit())
    reminding.address("new@example.test")
    reminding.begin(one)
    reminding.address("")
    reminding.begin(two)
    assert [row.why for row in reminding.rows("att_1")] == [Why.NO_CONSENT, Why.NO_ADDRESS]


def test_moved_or_cancelled_meanwhile_it_is_dropped(reminding: Reminding) -> None:
    moved, _ = reminding.plan(reminding.visit(1))
    off, _ = reminding.plan(reminding.visit(2, after=6 * DAY))
    reminding.move(1, timedelta(hours=1))
    cancel_appointment(reminding.gate, people().desk, "att_2", now=reminding.now, reason="asked to")
    assert [reminding.begin(one).letter for one in (moved, off)] == [None, None]
    assert [reminding.row(one.id).why for one in (moved, off)] == [Why.MOVED, Why.OVER]


def test_held_up_until_the_night_it_waits_for_the_morning(reminding: Reminding, first: Reminder) -> None:
    night = first.due_at + timedelta(hours=12)  # ten in the evening
    assert reminding.begin(first, now=night).letter is None
    row = reminding.row(first.id)
    assert (row.state, row.due_at) == (ReminderState.PLANNED, first.due_at + timedelta(hours=23))
    assert row.attempts == 1
    assert reminding.begin(row).letter is not None


def test_held_up_until_the_start_it_is_dropped(reminding: Reminding, first: Reminder) -> None:
    assert reminding.begin(first, now=first.starts_at).letter is None
    assert reminding.row(first.id).why == Why.TOO_LATE


def test_switched_off_nothing_goes_out(reminding: Reminding, first: Reminder) -> None:
    set_reminders(reminding.gate, people().manager, now=reminding.now + DAY, **(HOW | {"is_on": False}))  # type: ignore[arg-type]
    assert reminding.begin(first).letter is None
    assert reminding.row(first.id).why == Why.NO_WAY_OUT


@pytest.mark.parametrize(("approved", "ends_on", "goes"), [
    (True, date(2027, 1, 1), True), (False, date(2027, 1, 1), False), (True, date(2026, 3, 10), False),
])  # fmt: skip
def test_nothing_leaves_without_an_agreement_in_force(
    reminding: Reminding, first: Reminder, approved: bool, ends_on: date, goes: bool
) -> None:
    with reminding.gate.store.writing() as session:
        session.add(Agreement(
            vendor="Carrier", service="mail:smtp.example.com", signed_on=date(2026, 1, 1), ends_on=ends_on,
            requested_at=reminding.now, requested_by="usr_it", requester_id="stf_it",
            approved_at=reminding.now if approved else None, approver_id="stf_co" if approved else "",
        ))  # fmt: skip
        session.commit()
    begun = reminding.begin(first, service="mail:smtp.example.com")
    assert (begun.letter is not None) is goes
    assert reminding.begin(reminding.row(first.id), service="mail:other.example.com").letter is None


def test_no_person_sends_and_every_step_is_in_the_log(reminding: Reminding, first: Reminder) -> None:
    from workbench.actions.messaging.begin_reminder import begin_reminder

    with pytest.raises(NotFound):
        begin_reminder(reminding.gate, people().manager, first.id, now=first.due_at, service="", link_base="x")
    reminding.begin(first)
    assert events(reminding.gate.store)[-2:] == [("action.refused", "refused"), ("reminder.begun", "done")]


def test_the_time_is_that_on_the_wall_where_they_come_to(reminding: Reminding) -> None:
    details = PlaceDetails("Office", "office", "11", zone="America/Denver")
    change_place(reminding.gate, people().manager, OFFICE, now=reminding.now, details=details)
    row = reminding.plan(reminding.visit())[0]
    letter = reminding.begin(row).letter
    assert letter is not None
    wall = row.starts_at.astimezone(ZoneInfo("America/Denver"))
    assert f"{wall.hour % 12 or 12}:{wall:%M}" in letter.body
    assert str(wall.tzname()) in letter.body
