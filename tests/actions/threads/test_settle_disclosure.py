"""What the privacy officer found: once, in words, and then the thread is closed to them."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.factories.messages import wrote
from tests.factories.small_practice import People
from workbench.actions.messaging.report_disclosure import report_disclosure
from workbench.actions.messaging.settle_disclosure import AlreadySettled, AnotherSettles, settle_disclosure
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.gate.errors import NotFound
from workbench.messaging.thread_rules import MessageUnclear
from workbench.screens.disclosure_cases import disclosure_cases, disclosure_shown
from workbench.screens.messages_waiting import disclosures_waiting

FOUND = {"is_breach": True, "finding": "To be assessed"}


def test_settled_once_by_another_and_closed_then(gate: Gate, people: People, now: datetime) -> None:
    case = report_disclosure(gate, people.ada, wrote(gate, now).thread_id, now=now, reason="Look").case_id
    with pytest.raises(NotFound):
        settle_disclosure(gate, people.manager, case, now=now, **FOUND)
    with pytest.raises(MessageUnclear):
        settle_disclosure(gate, people.compliance, case, now=now, is_breach=False, finding="")
    both = replace(people.ada, roles=frozenset({Role.CLINICIAN, Role.COMPLIANCE}))
    assert disclosure_shown(gate, both, case, now=now).messages == ()
    with pytest.raises(AnotherSettles):
        settle_disclosure(gate, both, case, now=now, **FOUND)
    settle_disclosure(gate, people.compliance, case, now=now, **FOUND)
    with pytest.raises(AlreadySettled):
        settle_disclosure(gate, people.compliance, case, now=now, **FOUND)
    assert disclosure_cases(gate, people.compliance, now=now)[0].is_breach
    shown = disclosure_shown(gate, people.compliance, case, now=now)
    assert (shown.messages, shown.finding) == ((), "To be assessed")
    assert disclosures_waiting(gate, people.compliance, now=now) == 0
