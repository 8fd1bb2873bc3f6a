"""What became of a notice."""

from datetime import datetime

import pytest

from tests.actions.messaging.reminding import SENDER, Reminding
from tests.actions.messaging.test_begin_notice import notices, opened
from workbench.actions.messaging.begin_notice import begin_notice
from workbench.actions.messaging.settle_notice import settle_notice
from workbench.gate.action import Gate


@pytest.mark.parametrize("outcome", ["sent", "failed", "unknown", "planned"])
def test_it_is_kept_and_only_what_is_on_its_way_changes(gate: Gate, now: datetime, outcome: str) -> None:
    Reminding(gate, now)
    opened(gate, now)
    (row,) = notices(gate)
    assert settle_notice(gate, SENDER, row.id, now=now, outcome="sent").state == "planned"
    assert begin_notice(gate, SENDER, row.id, now=now, service="", link="x").letter is not None
    assert settle_notice(gate, SENDER, row.id, now=now, outcome=outcome).state == outcome
    # Begun again after it was cut off it may have been taken: it is never sent twice.
    if outcome == "planned":
        begin_notice(gate, SENDER, row.id, now=notices(gate)[0].due_at, service="", link="x")
        assert begin_notice(gate, SENDER, row.id, now=now, service="", link="x").state == "unknown"
