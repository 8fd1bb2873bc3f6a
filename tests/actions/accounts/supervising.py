"""Hours of supervision between Ada and her supervisor: for tests of the log."""

from datetime import datetime
from typing import Final

import pytest

from tests.factories.small_practice import ADA, open_practice, people
from workbench.actions.accounts.log_supervision import log_supervision
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.store.engine import Store

WHO: Final = people()


@pytest.fixture(autouse=True)
def practice(store: Store, now: datetime) -> None:
    """Ada is supervised."""
    open_practice(store, now)


def logged(gate: Gate, who: Actor, now: datetime, **others: object) -> str:
    """An hour of today."""
    inputs = {"supervisor_id": "stf_supervisor", "supervisee_id": ADA, "held_on": now.date(), "minutes": 60,
              "kind": "individual", "topic": "Ending well.", **others}  # fmt: skip
    return str(log_supervision(gate, who, now=now, **inputs).hours_id)
