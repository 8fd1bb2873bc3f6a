"""Asking for a copy: by which right, for whom, of what; not twice, and by who may ask."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.factories.releases import asked
from tests.factories.small_practice import FERN, People, events
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.releases.rules import AskedAlready, ReleaseUnclear
from workbench.screens.releases import releases, releases_of
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")


def test_it_waits_and_is_asked_once(gate: Gate, store: Store, people: People, now: datetime) -> None:
    first = asked(gate, people.desk, now)
    assert events(store)[-1] == ("release.asked", "done")
    with pytest.raises(AskedAlready):
        asked(gate, people.manager, now, recipient="county  COURT, dept 4")
    other = asked(gate, people.ada, now, recipient="Another court")
    (theirs, mine) = releases_of(gate, people.desk, FERN, now=now)
    assert {theirs.request_id, mine.request_id} == {first.request_id, other.request_id}
    assert {one.is_mine for one in (theirs, mine)} == {True, False}
    assert not any(one.may_decide for one in releases(gate, people.desk, now=now))
    assert releases(gate, people.ben, now=now) == ()


def test_once_its_paper_expired_it_may_be_asked_anew(gate: Gate, people: People, now: datetime) -> None:
    soon = now.date() + timedelta(days=2)
    asked(gate, people.desk, now, "authorization", expires_on=soon)
    later = now + timedelta(days=3)
    assert releases(gate, people.desk, now=later)[0].state == "expired"
    asked(gate, people.desk, later, "authorization", expires_on=later.date() + timedelta(days=2))


@pytest.mark.parametrize(
    ("ground", "how", "field"),
    [
        ("gossip", {}, "ground"),
        ("report", {}, "ground"),
        ("subpoena", {"recipient": " "}, "recipient"),
        ("subpoena", {"address": ""}, "address"),
        ("subpoena", {"authority": ""}, "authority"),
        ("subpoena", {"kinds": ()}, "kinds"),
        ("subpoena", {"kinds": ("psychotherapy",)}, "kinds"),
        ("subpoena", {"proceeding": ""}, "proceeding"),
        ("subpoena", {"order_under": "2.64"}, "order_under"),
        ("court_order", {"order_under": "2.99"}, "order_under"),
        ("authorization", {}, "expires_on"),
        ("authorization", {"expires_on": date(2020, 1, 1)}, "expires_on"),
        ("care", {"from_on": date(2026, 2, 1), "to_on": date(2026, 1, 1)}, "to_on"),
    ],
)
def test_what_is_missing_is_told_by_its_field(
    gate: Gate, people: People, now: datetime, ground: str, how: dict[str, Any], field: str
) -> None:
    with pytest.raises(ReleaseUnclear) as refused:
        asked(gate, people.desk, now, ground, **how)
    assert field in refused.value.fields


def test_only_a_subpoena_without_an_order_is_told_that_it_is_not_enough(
    gate: Gate, people: People, now: datetime
) -> None:
    assert asked(gate, people.desk, now, "court_order", order_under="2.65").told
    assert not asked(gate, people.desk, now, "court_order", order_under="2.64").told
    assert not asked(gate, people.desk, now, "care").told


def test_who_may_not_ask(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.ben, people.biller, people.compliance, people.it, people.supervisor):
        with pytest.raises(NotFound):
            asked(gate, who, now)
