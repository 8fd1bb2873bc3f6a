"""How reminders go out: a new version each time, and none that tells a stranger what the practice is."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.actions.messaging.reminding import HOW, Reminding
from tests.factories.small_practice import every_row, people
from workbench.actions.messaging.set_reminders import set_reminders
from workbench.gate.errors import NotAllowed
from workbench.messaging.reminder_rules import HoursWrong, SendingHours
from workbench.messaging.tables import ReminderSettings
from workbench.messaging.wording import TextTells
from workbench.screens.reminders import reminder_settings


def test_the_newest_counts_and_the_older_stay(reminding: Reminding, now: datetime) -> None:
    later = now + timedelta(minutes=1)
    set_reminders(reminding.gate, people().manager, now=later, **(HOW | {"display": "The office"}))  # type: ignore[arg-type]
    how = reminder_settings(reminding.gate, people().manager, now=later)
    assert (how.is_on, how.display, how.hours) == (True, "The office", SendingHours())
    with reminding.gate.store.reading() as read:
        assert read.scalar(select(func.count()).select_from(ReminderSettings)) == 2


def test_of_two_in_one_instant_the_later_counts(reminding: Reminding, now: datetime) -> None:
    for display in ("One", "Two", "Three", "Four"):
        set_reminders(reminding.gate, people().manager, now=now, **(HOW | {"display": display}))  # type: ignore[arg-type]
        assert reminder_settings(reminding.gate, people().manager, now=now).display == display


@pytest.mark.parametrize(("wrong", "field"), [
    ({"body": "Your therapy is on {date} at {time}. {link}"}, "body"),
    ({"body": "{date} {time} {link} with Byron"}, "body"),
    ({"body": "Intake on {date} at {time}. {link}"}, "body"),
    ({"display": "Juniper Counseling"}, "display"),
])  # fmt: skip
def test_what_tells_is_refused_whoever_wants_it(reminding: Reminding, now: datetime, wrong, field) -> None:
    before = every_row(reminding.gate.store)
    with pytest.raises(TextTells) as told:
        set_reminders(reminding.gate, people().manager, now=now, **(HOW | wrong))  # type: ignore[arg-type]
    assert set(told.value.fields) == {field}
    assert every_row(reminding.gate.store) == before


def test_hours_in_the_night_are_refused(reminding: Reminding, now: datetime) -> None:
    with pytest.raises(HoursWrong):
        set_reminders(reminding.gate, people().manager, now=now, **(HOW | {"hours": SendingHours(300, 1200)}))  # type: ignore[arg-type]


def test_the_desk_sends_and_does_not_word_it(reminding: Reminding, now: datetime) -> None:
    for who in (people().desk, people().ada, people().biller, people().it):
        with pytest.raises(NotAllowed):
            set_reminders(reminding.gate, who, now=now, **HOW)  # type: ignore[arg-type]
