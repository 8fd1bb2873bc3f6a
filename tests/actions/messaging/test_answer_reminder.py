"""Answering by the link, without signing in: confirm, cancel, once, and only while the appointment is as it was."""

from datetime import timedelta

import pytest

from tests.actions.messaging.reminding import Reminding
from tests.factories.small_practice import FERN, events, every_row, people
from workbench.actions.messaging.answer_reminder import Answered, answer_reminder
from workbench.actions.scheduling.check_in import check_in
from workbench.gate.actor import NOBODY
from workbench.gate.audit import AuditRow
from workbench.gate.errors import NotAllowed
from workbench.messaging.answering import LinkOver
from workbench.messaging.tables import Reminder
from workbench.scheduling.tables import Appointment, Attendance, AttendanceMove

DAY = timedelta(days=1)


@pytest.fixture
def first(reminding: Reminding) -> Reminder:
    return reminding.plan(reminding.visit())[0]


@pytest.fixture
def token(reminding: Reminding, first: Reminder) -> str:
    letter = reminding.begin(first).letter
    assert letter is not None
    return letter.body.partition("#")[2].split()[0]


def answer(reminding: Reminding, token: str, said: str, after: timedelta = 2 * DAY) -> Answered:
    return answer_reminder(reminding.gate, NOBODY, now=reminding.now + after, token=token, answer=said)


def status(reminding: Reminding) -> tuple[str, str]:
    with reminding.gate.store.reading() as read:
        return read.get_one(Attendance, "att_1").status, read.get_one(Appointment, "apt_1").status


def test_confirmed_and_twice_is_once(reminding: Reminding, token: str) -> None:
    assert answer(reminding, token, "confirm") == answer(reminding, token, "confirm") == Answered("confirm")
    assert status(reminding) == ("confirmed", "held")
    with reminding.gate.store.reading() as read:
        assert read.query(AttendanceMove).count() == 1
        line = read.query(AuditRow).filter_by(event="reminder.answered").first()
    assert line is not None
    assert line.actor_id == "system:nobody"
    assert line.patient_p


def test_cancelled_in_time_the_slot_is_free(reminding: Reminding, token: str) -> None:
    assert answer(reminding, token, "cancel") == Answered("cancel", is_late=False)
    assert status(reminding) == ("cancelled", "cancelled")
    assert answer(reminding, token, "cancel") == Answered("cancel", is_late=False)
    assert events(reminding.gate.store).count(("reminder.answered", "done")) == 2  # each press is a line of its own


def test_who_confirmed_may_still_cancel_and_late_is_said(reminding: Reminding, token: str) -> None:
    answer(reminding, token, "confirm")
    assert answer(reminding, token, "cancel", after=5 * DAY - timedelta(hours=2)) == Answered("cancel", is_late=True)
    assert status(reminding)[0] == "late_cancelled"


def test_what_is_cancelled_is_not_confirmed_again_by_it(reminding: Reminding, token: str) -> None:
    answer(reminding, token, "cancel")
    with pytest.raises(LinkOver):
        answer(reminding, token, "confirm")


@pytest.mark.parametrize("wrong", ["guessed", "moved", "begun", "too late", "another word"])
def test_whatever_is_wrong_is_told_in_the_same_words_and_changes_nothing(
    reminding: Reminding, token: str, wrong: str
) -> None:
    said, after, by = "confirm", 2 * DAY, token
    if wrong == "guessed":
        by = "x" * 43
    elif wrong == "moved":
        reminding.move(1, DAY)
    elif wrong == "begun":
        check_in(reminding.gate, people().desk, "att_1", now=reminding.now + 5 * DAY)
    elif wrong == "too late":
        after = 5 * DAY
    else:
        said = "delete"
    before = every_row(reminding.gate.store)
    with pytest.raises(LinkOver) as told:
        answer(reminding, by, said, after)
    assert str(told.value) == str(LinkOver())
    assert every_row(reminding.gate.store) == before


def test_signed_in_or_not_it_is_the_link_that_answers(reminding: Reminding, token: str) -> None:
    with pytest.raises(NotAllowed):
        answer_reminder(reminding.gate, people().ada, now=reminding.now, token=token, answer="confirm")
    assert FERN not in token
