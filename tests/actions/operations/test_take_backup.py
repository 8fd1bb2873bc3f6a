"""Who may take a backup: IT, with a factor shown just now; the log keeps that they did."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories.small_practice import events, people
from workbench.actions.operations.take_backup import take_backup
from workbench.gate.errors import NotAllowed, StepUpNeeded


def test_it_takes_one_and_the_log_says_so(gate, now):
    take_backup(gate, replace(people().it, fresh_until=now + timedelta(minutes=5)), now=now)
    assert ("backup.taken", "done") in events(gate.store)


def test_an_old_code_does_not_do(gate, now):
    with pytest.raises(StepUpNeeded):
        take_backup(gate, replace(people().it, fresh_until=now), now=now)


def test_a_manager_may_not(gate, now):
    with pytest.raises(NotAllowed):
        take_backup(gate, replace(people().manager, fresh_until=now + timedelta(minutes=5)), now=now)
