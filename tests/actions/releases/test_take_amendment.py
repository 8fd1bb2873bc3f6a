"""A request to amend is taken down with its clock, about a record of that person, by staff, them or a proxy."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.factories.releases import marked, signed_note
from tests.factories.small_practice import FERN, MOSS, People, events
from workbench.actions.releases.take_amendment import AmendmentTaken, take_amendment
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.errors import NotAllowed, NotFound
from workbench.releases.amendments import AmendmentUnclear
from workbench.screens.amendments import amendments, amendments_of
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")
FERN_HERSELF = Actor("usr_fern", FERN, frozenset({Role.PATIENT}), "0" * 64)


def taken(gate: Gate, who: Any, now: datetime, note_id: str = "", **how: Any) -> AmendmentTaken:
    about = {"kind": "note", "record_id": note_id} if note_id else {}
    given = {"wrong": "Zqxwvwrong", "why": "It was May", "received_on": now.date(), **about}
    return take_amendment(gate, who, FERN, now=now, **{**given, **how})


def test_sixty_days_from_the_day_it_came(gate: Gate, store: Store, people: People, now: datetime) -> None:
    note_id = signed_note(gate, people, now, 1, "W")
    done = taken(gate, people.desk, now, note_id, received_on=now.date() - timedelta(days=10))
    assert events(store)[-1] == ("amendment.taken", "done")
    assert done.due_on == now.date() + timedelta(days=50)
    (shown,) = amendments(gate, people.manager, now=now)
    assert (shown.days_left, shown.author, shown.wrong) == (50, "Ada Byron, LCSW", "Zqxwvwrong")
    assert shown.about.startswith("Progress note")
    taken(gate, FERN_HERSELF, now, received_on=now.date() - timedelta(days=70))
    assert [one.days_left for one in amendments(gate, people.manager, now=now)] == [-10, 50]
    offered = amendments_of(gate, people.ada, FERN, now=now)
    assert offered.records[0][0] == f"note:{note_id}"
    assert amendments_of(gate, people.manager, FERN, now=now).records == ()


def test_what_is_missing_and_what_is_not_theirs(gate: Gate, people: People, now: datetime) -> None:
    note_id = signed_note(gate, people, now, 1, "W")
    for how in ({"wrong": " "}, {"why": ""}, {"received_on": now.date() + timedelta(days=1)}, {"kind": "dream"}):
        with pytest.raises(AmendmentUnclear):
            taken(gate, people.desk, now, **how)
    with pytest.raises(NotFound):
        take_amendment(gate, people.desk, MOSS, now=now, kind="note", record_id=note_id, wrong="W", why="W",
                       received_on=now.date())  # fmt: skip
    with pytest.raises(NotFound):
        taken(gate, people.desk, now, "nte_none")
    for who in (people.ben, people.biller, people.it, people.supervisor):
        with pytest.raises(NotFound):
            taken(gate, who, now)


def test_one_about_a_record_under_part_2_is_not_there_for_the_office(gate: Gate, people: People, now: datetime) -> None:
    note_id = signed_note(gate, people, now, 1, "W")
    taken(gate, people.ada, now, note_id)
    marked(gate, people.ada, now, note_id)
    assert amendments(gate, people.manager, now=now) == ()
    assert len(amendments(gate, people.ada, now=now)) == len(amendments(gate, people.compliance, now=now)) == 1
    with pytest.raises(NotAllowed):
        amendments(gate, people.desk, now=now)
