"""The end of a time in a programme: after its beginning, of an episode, once, by who marks."""

from datetime import datetime, timedelta

import pytest

from tests.factories.releases import marked, signed_note
from tests.factories.small_practice import FERN, People, events
from workbench.actions.releases.close_part_two_episode import close_part_two_episode
from workbench.actions.releases.mark_part_two import mark_part_two
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.releases.part_2 import MarkEnded, Part2Unclear
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")


def test_it_ends_once_and_after_it_began(gate: Gate, store: Store, people: People, now: datetime) -> None:
    today = now.date()
    done = mark_part_two(gate, people.ada, FERN, now=now, kind="episode", from_on=today, why="Programme")
    end = today + timedelta(days=1)
    with pytest.raises(Part2Unclear):
        close_part_two_episode(gate, people.ada, done.mark_id, now=now, until_on=today, why="W")
    for who in (people.ben, people.desk, people.compliance):
        with pytest.raises(NotFound):
            close_part_two_episode(gate, who, done.mark_id, now=now, until_on=end, why="W")
    close_part_two_episode(gate, people.ada, done.mark_id, now=now, until_on=end, why="Discharged")
    assert events(store)[-1] == ("part_2.closed", "done")
    with pytest.raises(MarkEnded):
        close_part_two_episode(gate, people.ada, done.mark_id, now=now, until_on=end, why="Again")


def test_a_single_record_has_no_days(gate: Gate, people: People, now: datetime) -> None:
    mark_id = marked(gate, people.ada, now, signed_note(gate, people, now, 1, "W"))
    with pytest.raises(Part2Unclear):
        close_part_two_episode(gate, people.ada, mark_id, now=now, until_on=now.date() + timedelta(days=1), why="W")
