"""Hours count once the other one has agreed."""

from datetime import datetime

import pytest

from tests.actions.accounts.supervising import WHO, logged, practice
from workbench.accounts.supervision_rules import AlreadyDone, OwnEntry
from workbench.actions.accounts.agree_supervision import agree_supervision
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.supervision_log import supervision_log

__all__ = ["practice"]


def test_what_both_agree_on_counts_once(gate: Gate, now: datetime) -> None:
    hours = logged(gate, WHO.ada, now)
    agree_supervision(gate, WHO.supervisor, hours, now=now)
    with pytest.raises(AlreadyDone):
        agree_supervision(gate, WHO.supervisor, hours, now=now)
    assert supervision_log(gate, WHO.ada, now=now).months == (("Ada Byron, LCSW", "2026-03", 60),)


def test_nobody_agrees_with_themselves_and_nobody_else_does(gate: Gate, now: datetime) -> None:
    hours = logged(gate, WHO.ada, now)
    for who, refusal in ((WHO.ada, OwnEntry), (WHO.ben, NotFound), (WHO.manager, NotFound)):
        with pytest.raises(refusal):
            agree_supervision(gate, who, hours, now=now)
