"""Being away: with dates, with somebody who covers, and never without where help is in a crisis."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.factories.messages import wrote
from tests.factories.small_practice import ADA, BEN, People
from workbench.actions.messaging.set_out_of_office import set_out_of_office
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.messaging.thread_rules import MessageUnclear
from workbench.screens.message_terms import own_away

WORDS = "I am away. In a crisis call or text 988; in danger call 911."


def test_one_is_away_until_one_is_back(gate: Gate, people: People, now: datetime) -> None:
    days: dict[str, Any] = {"from_on": now.date(), "until_on": now.date() + timedelta(days=2)}
    assert not own_away(gate, people.ada, ADA, now=now).is_on
    set_out_of_office(gate, people.ada, ADA, now=now, is_on=True, cover_id=BEN, text=WORDS, **days)
    assert own_away(gate, people.ada, ADA, now=now).is_on
    assert not own_away(gate, people.ada, ADA, now=now + timedelta(days=5)).is_on
    set_out_of_office(gate, people.desk, ADA, now=now, is_on=False, cover_id=BEN, text=WORDS, **days)
    assert not wrote(gate, now).is_answered_for
    with pytest.raises(NotFound):
        set_out_of_office(gate, people.ben, ADA, now=now, is_on=True, cover_id=BEN, text=WORDS, **days)


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"text": "Away, call 911"}, "text"), ({"text": "Away, call 988"}, "text"), ({"cover_id": ADA}, "cover_id"),
     ({"cover_id": "stf_gone"}, "cover_id"), ({"days": -1}, "until_on"), ({"days": 400}, "until_on")],
)  # fmt: skip
def test_what_is_missing_is_named(gate: Gate, people: People, now: datetime, changed: Any, field: str) -> None:
    given = {"cover_id": BEN, "text": WORDS, **changed}
    until = now.date() + timedelta(days=given.pop("days", 1))
    with pytest.raises(MessageUnclear) as refusal:
        set_out_of_office(gate, people.ada, ADA, now=now, is_on=True, from_on=now.date(), until_on=until, **given)
    assert set(refusal.value.fields) == {field}
