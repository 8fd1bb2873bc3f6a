"""A rebuttal answers a statement, once, by who treats the person."""

from datetime import datetime

import pytest

from tests.actions.releases.test_take_amendment import taken
from tests.factories.small_practice import People
from workbench.actions.releases.answer_amendment import answer_amendment
from workbench.actions.releases.disagree_amendment import disagree_amendment
from workbench.actions.releases.rebut_amendment import rebut_amendment
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.releases.amendments import StepNotNow

pytestmark = pytest.mark.engines("sqlcipher")


def test_only_a_statement_is_answered(gate: Gate, people: People, now: datetime) -> None:
    request_id = taken(gate, people.desk, now).request_id
    answer_amendment(gate, people.ada, request_id, now=now, is_accepted=False, ground="accurate", words="W")
    with pytest.raises(StepNotNow, match="no statement"):
        rebut_amendment(gate, people.ada, request_id, now=now, words="W")
    disagree_amendment(gate, people.desk, request_id, now=now, words="W")
    with pytest.raises(NotFound):
        rebut_amendment(gate, people.manager, request_id, now=now, words="W")
    rebut_amendment(gate, people.ada, request_id, now=now, words="W")
    with pytest.raises(StepNotNow, match="already"):
        rebut_amendment(gate, people.ada, request_id, now=now, words="W")
