"""A practice that reminds."""

from datetime import datetime

import pytest

from tests.actions.messaging.reminding import Reminding
from workbench.gate.action import Gate


@pytest.fixture
def reminding(gate: Gate, now: datetime) -> Reminding:
    return Reminding(gate, now)
