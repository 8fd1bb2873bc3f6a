"""What was logged wrongly is taken back with a reason, and the row stays."""

from datetime import datetime

import pytest
from sqlalchemy import select

from tests.actions.accounts.supervising import WHO, logged, practice
from workbench.accounts.supervision_rules import AlreadyDone, HoursWrong
from workbench.accounts.supervision_tables import SupervisionHours
from workbench.actions.accounts.agree_supervision import agree_supervision
from workbench.actions.accounts.reverse_supervision import reverse_supervision
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.supervision_log import supervision_log
from workbench.store.engine import Store

__all__ = ["practice"]


def test_it_counts_no_more_and_stays_on_the_list(gate: Gate, store: Store, now: datetime) -> None:
    hours = logged(gate, WHO.ada, now)
    agree_supervision(gate, WHO.supervisor, hours, now=now)
    reverse_supervision(gate, WHO.ada, hours, now=now, reason="The wrong day")
    log = supervision_log(gate, WHO.supervisor, now=now)
    assert ([one.state for one in log.hours], log.months) == (["reversed"], ())
    with pytest.raises(AlreadyDone):
        reverse_supervision(gate, WHO.supervisor, hours, now=now, reason="The wrong day")
    with store.reading() as session:
        assert session.scalars(select(SupervisionHours.minutes)).one() == 60


def test_what_was_taken_back_is_not_agreed_to(gate: Gate, now: datetime) -> None:
    hours = logged(gate, WHO.ada, now)
    reverse_supervision(gate, WHO.ada, hours, now=now, reason="The wrong day")
    with pytest.raises(AlreadyDone):
        agree_supervision(gate, WHO.supervisor, hours, now=now)


def test_it_takes_a_reason_and_one_of_both(gate: Gate, now: datetime) -> None:
    hours = logged(gate, WHO.ada, now)
    with pytest.raises(HoursWrong):
        reverse_supervision(gate, WHO.ada, hours, now=now, reason=" ")
    for who in (WHO.ben, WHO.desk):
        with pytest.raises(NotFound):
            reverse_supervision(gate, who, hours, now=now, reason="The wrong day")
