"""The accounting: what went by no packet, six years, exempt purposes marked and kept, as rows for the person."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.factories.releases import approved, asked, marked, signed_note
from tests.factories.small_practice import FERN, People
from workbench.actions.releases.record_disclosure import record_disclosure
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.releases.part_2 import NOTICE_SHORT
from workbench.releases.rules import ReleaseUnclear
from workbench.screens.disclosures import disclosures_file, disclosures_of

pytestmark = pytest.mark.engines("sqlcipher")

GOOD = {"ground": "report", "recipient": "Child protection", "address": "Unknown", "what": "A report", "purpose": "Law"}


def recorded(gate: Gate, who: Any, now: datetime, days_ago: int = 0, **how: Any) -> None:
    on = now.date() - timedelta(days=days_ago)
    record_disclosure(gate, who, FERN, now=now, **{"disclosed_on": on, **GOOD, **how})


def test_lines_of_six_years_with_what_is_exempt(gate: Gate, people: People, now: datetime) -> None:
    recorded(gate, people.manager, now)
    recorded(gate, people.ada, now, ground="care", recipient="Dr. Oak")
    recorded(gate, people.ada, now, days_ago=7 * 366, recipient="Long ago")
    told = disclosures_file(gate, people.compliance, FERN, now=now).content.decode()
    assert told.count("\n") == 3
    assert "Dr. Oak" in told
    assert ",yes," in told
    assert "Long ago" not in told
    lines = disclosures_of(gate, people.ada, FERN, now=now).lines
    assert {(one.recipient, one.is_exempt) for one in lines} == {("Child protection", False), ("Dr. Oak", True)}


def test_where_part_2_data_went_is_for_who_may_know_of_it(gate: Gate, people: People, now: datetime) -> None:
    marked(gate, people.ada, now, signed_note(gate, people, now, 1, "W"))
    approved(gate, people, now, asked(gate, people.desk, now, "own_access", recipient="Fern").request_id)
    assert disclosures_of(gate, people.manager, FERN, now=now).lines == ()
    assert NOTICE_SHORT not in disclosures_file(gate, people.manager, FERN, now=now).content.decode()
    for who in (people.ada, people.compliance):
        assert NOTICE_SHORT in disclosures_file(gate, who, FERN, now=now).content.decode()


def test_what_is_missing_is_told_and_who_may_not(gate: Gate, people: People, now: datetime) -> None:
    for how in ({"ground": "gossip"}, {"what": ""}, {"days_ago": -1}):
        with pytest.raises(ReleaseUnclear):
            recorded(gate, people.ada, now, **how)
    for who in (people.ben, people.desk, people.biller):
        with pytest.raises(NotFound):
            recorded(gate, who, now)
        with pytest.raises(NotFound):
            disclosures_of(gate, who, FERN, now=now)
