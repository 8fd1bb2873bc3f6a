"""A restriction says from whom, which records and why."""

from datetime import date, datetime
from typing import Any

import pytest

from tests.factories.small_practice import FERN, People, events
from workbench.actions.releases.agree_restriction import agree_restriction
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.releases.rules import ReleaseUnclear
from workbench.screens.disclosures import disclosures_of
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")

GOOD = {"against": "named", "recipient": "Aunt Elm", "kinds": ("note", "plan"), "words": "Asked in person"}


def test_it_is_kept(gate: Gate, store: Store, people: People, now: datetime) -> None:
    agree_restriction(gate, people.ada, FERN, now=now, **GOOD)
    assert events(store)[-1] == ("restriction.agreed", "done")
    (shown,) = disclosures_of(gate, people.compliance, FERN, now=now).restrictions
    assert (shown.recipient, shown.kinds) == ("Aunt Elm", ("Progress notes", "Treatment plans"))


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"against": "nobody"}, "against"),
        ({"recipient": " "}, "recipient"),
        ({"kinds": ()}, "kinds"),
        ({"words": ""}, "words"),
        ({"from_on": date(2026, 2, 1), "to_on": date(2026, 1, 1)}, "to_on"),
    ],
)
def test_what_is_missing_is_told(gate: Gate, people: People, now: datetime, how: dict[str, Any], field: str) -> None:
    with pytest.raises(ReleaseUnclear) as refused:
        agree_restriction(gate, people.ada, FERN, now=now, **{**GOOD, **how})
    assert field in refused.value.fields


def test_the_front_desk_does_not_agree(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.desk, people.biller, people.ben):
        with pytest.raises(NotFound):
            agree_restriction(gate, who, FERN, now=now, **GOOD)
