"""A mark is taken away by compliance, never by who set it, and once; the database keeps both."""

from datetime import datetime

import pytest
from sqlalchemy.exc import DBAPIError

from tests.factories.releases import marked, signed_note
from tests.factories.small_practice import FERN, People, put
from workbench.actions.releases.lift_part_two import lift_part_two
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.releases.part_2 import MarkEnded, Part2Unclear
from workbench.releases.part_2_tables import Part2End, Part2Why
from workbench.screens.part_2_marks import part_two_marks, part_two_of_patient
from workbench.screens.patient_chart import patient_chart
from workbench.store.engine import Store


def test_by_another_with_a_reason_and_once(gate: Gate, store: Store, people: People, now: datetime) -> None:
    mark_id = marked(gate, people.ada, now, signed_note(gate, people, now, 1, "W"))
    (shown,) = part_two_marks(gate, people.compliance, now=now)
    assert (shown.patient_number, shown.words, shown.title) == (1001, "Progress notes", "")
    for who in (people.ada, people.supervisor, people.desk, people.manager):
        with pytest.raises(NotFound):
            lift_part_two(gate, who, mark_id, now=now, why="W")
    with pytest.raises(Part2Unclear):
        lift_part_two(gate, people.compliance, mark_id, now=now, why=" ")
    lift_part_two(gate, people.compliance, mark_id, now=now, why="Not a programme record")
    with pytest.raises(MarkEnded):
        lift_part_two(gate, people.compliance, mark_id, now=now, why="W")
    assert part_two_marks(gate, people.compliance, now=now) == ()
    assert [one.is_part_2 for one in patient_chart(gate, people.ada, FERN, now=now).notes] == [False]
    assert part_two_of_patient(gate, people.ada, FERN, now=now).marks[0].is_lifted


def test_the_database_refuses_that_one_person_does_both(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    mark_id = marked(gate, people.ada, now, signed_note(gate, people, now, 1, "W"))
    own = Part2End(mark_id=mark_id, patient_id=FERN, kind="lifted", marker_id="stf_ada", ender_id="stf_ada",
                   ended_at=now, ended_by="usr_ada", told=Part2Why("W"))  # fmt: skip
    with pytest.raises(DBAPIError, match="lifted_by_another"):
        put(store, [own])
