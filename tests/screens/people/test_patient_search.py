"""Finding people: by what, by whom, and without a trace of what was typed."""

from datetime import date, datetime

import pytest

from tests.factories.small_practice import BEN, FERN, MOSS, People, events, put
from workbench.actions.people.register_patient import register_patient
from workbench.gate.action import Gate
from workbench.gate.audit import AuditRow
from workbench.gate.errors import NotAllowed
from workbench.gate.relations import CareTeamMember
from workbench.screens.patient_search import MOST, search_patients
from workbench.store.engine import Store


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("fe", [FERN]),
        ("JOSE", [FERN]),
        ("mo", [MOSS]),
        ("cathrin", [MOSS]),
        ("1985-12-24", [MOSS]),
        ("12/24/1985", [MOSS]),
        ("1002", [MOSS]),
        ("555-010-0123", [FERN]),
        ("f", []),
        ("", []),
        ("zz", []),
        ("fe mo", []),
    ],
)
def test_the_desk_finds(gate: Gate, people: People, now: datetime, query: str, found: list[str]) -> None:
    assert [hit.patient_id for hit in search_patients(gate, people.desk, now=now, query=query)] == found


def test_what_was_typed_is_in_no_log(gate: Gate, store: Store, people: People, now: datetime) -> None:
    search_patients(gate, people.desk, now=now, query="fernandez 1990-04-03")
    with store.reading() as session:
        line = session.get_one(AuditRow, 1)
    assert line.event == "patient.found"
    assert b"fernandez" not in line.body.lower()
    assert b"1990" not in line.body


def test_a_clinician_finds_their_own_patients_only(gate: Gate, store: Store, people: People, now: datetime) -> None:
    assert search_patients(gate, people.ben, now=now, query="fe") == ()
    put(store, [CareTeamMember(patient_id=FERN, staff_id=BEN, from_on=date(2026, 3, 9))])
    assert [hit.name for hit in search_patients(gate, people.ben, now=now, query="fe")] == ["Fern Fernández-Oak"]
    assert search_patients(gate, people.ben, now=now, query="mo") == ()
    assert [hit.patient_id for hit in search_patients(gate, people.ada, now=now, query="mo")] == [MOSS]
    assert [hit.patient_id for hit in search_patients(gate, people.supervisor, now=now, query="mo")] == [MOSS]


@pytest.mark.parametrize("who", ["it", "compliance"])
def test_others_cannot(gate: Gate, store: Store, people: People, now: datetime, who: str) -> None:
    with pytest.raises(NotAllowed):
        search_patients(gate, getattr(people, who), now=now, query="fe")
    assert events(store) == [("action.refused", "refused")]


def test_a_long_list_is_cut_in_order_of_name(gate: Gate, people: People, now: datetime) -> None:
    for letter in "zyxwvutsrqponmlkjihgfedcba":
        register_patient(
            gate, people.desk, now=now, given_name=f"{letter}an", family_name="Alder", born_on=date(1990, 1, 1)
        )
    names = [hit.name for hit in search_patients(gate, people.desk, now=now, query="ald")]
    assert (len(names), names[0]) == (MOST, "aan Alder")
    assert names == sorted(names)
