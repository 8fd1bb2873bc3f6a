"""A consent has all that 42 CFR 2.31 asks for, and is kept by who reads or decides about such data."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.factories.small_practice import FERN, People, events
from workbench.actions.releases.record_part_two_consent import record_part_two_consent
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.releases.part_2 import Part2Unclear
from workbench.screens.part_2_marks import part_two_of_patient
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")


def recorded(gate: Gate, who: Any, now: datetime, **how: Any) -> str:
    today = now.date()
    given = {"kind": "care", "recipients": (), "what": "Notes", "purpose": "Care", "signed_on": today, "from_on": today}
    return str(record_part_two_consent(gate, who, FERN, now=now, **{**given, **how}).consent_id)


def test_it_is_kept_as_it_was_signed(gate: Gate, store: Store, people: People, now: datetime) -> None:
    end = now.date() + timedelta(days=30)
    recorded(gate, people.ada, now, kind="named", recipients=(" Dr.  Oak ", ""), until_on=end)
    recorded(gate, people.compliance, now)
    assert events(store)[-1] == ("part_2.consent_recorded", "done")
    shown = part_two_of_patient(gate, people.ada, FERN, now=now).consents
    assert {(one.recipients, one.until_on, one.counts) for one in shown} == {
        (("Dr. Oak",), end, True),
        ((), None, True),
    }
    later = now + timedelta(days=31)
    assert {one.counts for one in part_two_of_patient(gate, people.ada, FERN, now=later).consents} == {True, False}


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"kind": "all"}, "kind"),
        ({"kind": "named"}, "recipients"),
        ({"kind": "named", "recipients": ("Dr. Oak",)}, "until_on"),
        ({"kind": "proceedings", "recipients": ("Court",)}, "until_on"),
        ({"what": ""}, "what"),
        ({"purpose": "x" * 501}, "purpose"),
    ],
)
def test_what_is_missing_is_told_by_its_field(
    gate: Gate, people: People, now: datetime, how: dict[str, Any], field: str
) -> None:
    with pytest.raises(Part2Unclear) as refused:
        recorded(gate, people.ada, now, **how)
    assert field in refused.value.fields


def test_nobody_else_keeps_one(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.ben, people.desk, people.biller, people.manager, people.it):
        with pytest.raises(NotFound):
            recorded(gate, who, now)
