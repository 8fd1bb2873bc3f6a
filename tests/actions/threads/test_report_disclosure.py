"""Calling the privacy officer: to one thread, for as long as it is looked at."""

from datetime import datetime

import pytest

from tests.factories.messages import CANARY, wrote
from tests.factories.small_practice import People
from workbench.actions.messaging.report_disclosure import report_disclosure
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.messaging.thread_rules import MessageUnclear
from workbench.screens.disclosure_cases import disclosure_cases, disclosure_shown
from workbench.screens.message_thread import message_thread
from workbench.screens.messages_waiting import disclosures_waiting


def test_they_read_that_thread_and_no_other(gate: Gate, people: People, now: datetime) -> None:
    thread_id, other = wrote(gate, now).thread_id, wrote(gate, now, subject="Other", text="Not this").thread_id
    with pytest.raises(MessageUnclear):
        report_disclosure(gate, people.ada, thread_id, now=now, reason=" ")
    for who in (people.desk, people.ben, people.it):
        with pytest.raises(NotFound):
            report_disclosure(gate, who, thread_id, now=now, reason="I saw it")
    case = report_disclosure(gate, people.ada, thread_id, now=now, reason="Another's name is in it").case_id
    assert disclosures_waiting(gate, people.compliance, now=now) == 1
    (line,) = disclosure_cases(gate, people.compliance, now=now)
    assert (line.reported_by, line.is_breach) == ("Ada Byron, LCSW", None)
    shown = disclosure_shown(gate, people.compliance, case, now=now)
    assert CANARY in shown.messages[0].text
    assert shown.reason == "Another's name is in it"
    for one in (thread_id, other):
        with pytest.raises(NotFound):
            message_thread(gate, people.compliance, one, now=now)
    with pytest.raises(NotFound):
        disclosure_shown(gate, people.manager, case, now=now)
    with pytest.raises(NotAllowed):
        disclosure_cases(gate, people.ada, now=now)
