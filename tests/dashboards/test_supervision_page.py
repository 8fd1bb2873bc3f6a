"""The log of supervision from the first hour to the file for a licensing board."""

from datetime import datetime

import pytest

from dashboards.parts.replies import Ask, Deliver, Done
from dashboards.supervision_desk import add_supervision
from tests.dashboards.pages import opened, send
from tests.factories.small_practice import ADA, open_practice, people
from workbench.gate.action import Gate
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")
WHO = people()


@pytest.fixture(autouse=True)
def practice(store: Store, now: datetime) -> None:
    """Ada is supervised."""
    open_practice(store, now)


def test_one_logs_the_other_agrees_and_the_month_is_told(gate: Gate, now: datetime) -> None:
    manager = opened(gate, WHO.manager, now, "/supervision", add_supervision)
    assert "Log hours" not in manager.render()
    assert isinstance(send(manager, "terms"), Ask)
    assert send(manager, "set_terms", minutes_a_month="120") == Done("Set")
    mine = opened(gate, WHO.ada, now, "/supervision", add_supervision)
    assert isinstance(send(mine, "new"), Ask)
    send(mine, "log", pair=f"stf_supervisor {ADA}", held_on="2026-03-09", minutes="60", kind="triadic",
         topic="=Ending well")  # fmt: skip
    theirs = opened(gate, WHO.supervisor, now, "/supervision", add_supervision)
    assert send(theirs, "agree", id=theirs.shown.hours[0].hours_id) == Done("Agreed")
    theirs.load()
    assert "120 minutes a month are needed" in theirs.render()
    assert "60 min" in theirs.render()
    saved = send(theirs, "export")
    assert isinstance(saved, Deliver)
    assert b"2026-03-09" in saved.content
    assert b"'=Ending well,agreed" in saved.content
    assert isinstance(send(theirs, "ask_reverse", id=theirs.shown.hours[0].hours_id), Ask)
    assert send(theirs, "reverse", id=theirs.shown.hours[0].hours_id, reason="The wrong day") == Done("Taken back")
