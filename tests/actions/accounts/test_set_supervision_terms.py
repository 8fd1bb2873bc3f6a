"""How much supervision is needed a month is management's to say."""

from datetime import datetime

import pytest

from tests.actions.accounts.supervising import WHO, practice
from workbench.accounts.supervision_rules import HoursWrong
from workbench.actions.accounts.set_supervision_terms import set_supervision_terms
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.screens.supervision_log import supervision_log, supervision_needed

__all__ = ["practice"]


def test_the_newest_number_counts(gate: Gate, now: datetime) -> None:
    assert supervision_needed(gate, WHO.manager, now=now) == 0
    for minutes in (120, 240):
        set_supervision_terms(gate, WHO.manager, now=now, minutes_a_month=minutes)
    assert supervision_needed(gate, WHO.manager, now=now) == 240
    assert supervision_log(gate, WHO.ada, now=now).needed == 240


def test_nobody_else_sets_it_and_nobody_means_as_much(gate: Gate, now: datetime) -> None:
    for who in (WHO.ada, WHO.supervisor, WHO.desk, WHO.biller):
        with pytest.raises(NotAllowed):
            set_supervision_terms(gate, who, now=now, minutes_a_month=60)
    for minutes in (-1, 6_001):
        with pytest.raises(HoursWrong):
            set_supervision_terms(gate, WHO.manager, now=now, minutes_a_month=minutes)
