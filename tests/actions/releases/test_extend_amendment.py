"""Thirty more days: once, before the first sixty end, with a letter that says why."""

from datetime import datetime, timedelta

import pytest

from tests.actions.releases.test_take_amendment import taken
from tests.factories.every_read import printed
from tests.factories.small_practice import People
from workbench.actions.releases.extend_amendment import extend_amendment
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.releases.amendments import AmendmentUnclear, StepNotNow
from workbench.screens.amendment_letter import amendment_letter
from workbench.screens.amendments import amendments

pytestmark = pytest.mark.engines("sqlcipher")


def test_once_and_in_time(gate: Gate, people: People, now: datetime) -> None:
    first, late = taken(gate, people.desk, now).request_id, taken(gate, people.desk, now).request_id
    with pytest.raises(NotFound):
        amendment_letter(gate, people.manager, first, now=now, kind="extended")
    with pytest.raises(NotFound):
        extend_amendment(gate, people.desk, first, now=now, reason="The author is away")
    with pytest.raises(AmendmentUnclear):
        extend_amendment(gate, people.manager, first, now=now, reason="")
    done = extend_amendment(gate, people.ada, first, now=now + timedelta(days=60), reason="The author is away")
    assert done.due_on == now.date() + timedelta(days=90)
    with pytest.raises(StepNotNow):
        extend_amendment(gate, people.ada, first, now=now, reason="Again")
    with pytest.raises(StepNotNow, match="sixty days are over"):
        extend_amendment(gate, people.manager, late, now=now + timedelta(days=61), reason="Late")
    assert {one.days_left for one in amendments(gate, people.manager, now=now)} == {60, 90}
    letter = printed(amendment_letter(gate, people.manager, first, now=now, kind="extended"))
    assert "The author is away" in letter
    assert "Jun 7, 2026" in letter
