"""Diagnoses are a list of versions: one is principal, nothing is overwritten, and a wrong code is refused."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError

from tests.factories.small_practice import FERN, MOSS, People, events, every_row
from workbench.actions.charting.end_diagnosis import end_diagnosis
from workbench.actions.charting.set_diagnosis import set_diagnosis
from workbench.charting.chart_lines import StatementUnclear
from workbench.charting.chart_tables import Certainty, DiagnosisVersion
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StalePage
from workbench.screens.patient_statements import Statements, patient_statements
from workbench.store.engine import Store

SINCE = date(2026, 1, 5)


def put(gate: Gate, people: People, now: datetime, code: str, rank: int = 9, **more: Any) -> Any:
    said = {"certainty": Certainty.CONFIRMED, "since": SINCE, **more}
    return set_diagnosis(gate, people.ada, FERN, now=now, code=code, rank=rank, **said)


def listed(gate: Gate, people: People, now: datetime) -> list[tuple[str, int]]:
    shown: Statements = patient_statements(gate, people.ada, FERN, now=now)
    return [(one.told.code, one.told.rank) for one in shown.diagnoses]


def test_the_first_is_principal_and_a_new_principal_moves_the_others_down(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    put(gate, people, now, "f411")
    put(gate, people, now, "Z63.0")
    put(gate, people, now, "F33.1", rank=1)
    assert listed(gate, people, now) == [("F33.1", 1), ("F41.1", 2), ("Z63.0", 3)]
    assert len(every_row(store)["diagnosis_versions"]) == 5, "two moved down, each with a version of its own"
    assert not any(word in repr(every_row(store)) for word in ("F41.1", "F33.1", "confirmed"))
    assert ("diagnosis.set", "done") in events(store)


def test_a_version_once_said_is_never_changed(gate: Gate, store: Store, people: People, now: datetime) -> None:
    put(gate, people, now, "F41.1")
    with pytest.raises(DatabaseError, match="append_only"), store.writing() as session:
        session.query(DiagnosisVersion).update({"edition": 7})


def test_one_that_ended_leaves_the_list_and_the_next_becomes_principal(
    gate: Gate, people: People, now: datetime
) -> None:
    first = put(gate, people, now, "F41.1")
    put(gate, people, now, "Z63.0")
    end_diagnosis(gate, people.ada, FERN, now=now, line_id=first.line_id, edition=first.edition,
                  until=now.date(), why="Panic only", is_ruled_out=True)  # fmt: skip
    shown = patient_statements(gate, people.ada, FERN, now=now)
    assert [(one.told.code, one.told.rank) for one in shown.diagnoses] == [("Z63.0", 1)]
    (past,) = shown.ended_diagnoses
    assert (past.told.code, past.told.certainty, past.told.why) == ("F41.1", Certainty.RULED_OUT, "Panic only")
    with pytest.raises(NotFound):
        end_diagnosis(gate, people.ada, FERN, now=now, line_id=first.line_id, edition=2, until=now.date(), why="x")


@pytest.mark.parametrize(("code", "says"), [("F41.7", "F41.0"), ("F41", "more exactly"), ("worry", "such as F41.1")])
def test_a_code_that_is_none_is_refused_and_changes_nothing(
    gate: Gate, store: Store, people: People, now: datetime, code: str, says: str
) -> None:
    before = every_row(store)
    with pytest.raises(StatementUnclear) as refused:
        put(gate, people, now, code)
    assert says in refused.value.fields["code"]
    assert every_row(store) == before


def test_what_cannot_be_is_refused_by_field(gate: Gate, people: People, now: datetime) -> None:
    kept = put(gate, people, now, "F41.1")
    with pytest.raises(StatementUnclear, match="marked") as twice:
        put(gate, people, now, "F41.1", since=now.date() + timedelta(days=1))
    assert set(twice.value.fields) == {"code", "since"}
    with pytest.raises(StatementUnclear) as out:
        put(gate, people, now, "F42.2", certainty=Certainty.RULED_OUT)
    assert set(out.value.fields) == {"certainty"}
    with pytest.raises(StatementUnclear) as ended:
        end_diagnosis(gate, people.ada, FERN, now=now, line_id=kept.line_id, edition=1, until=date(2025, 1, 1), why=" ")
    assert set(ended.value.fields) == {"until", "why"}


def test_who_has_an_old_page_is_told_and_a_line_of_somebody_else_is_none(
    gate: Gate, people: People, now: datetime
) -> None:
    kept = put(gate, people, now, "F41.1")
    put(gate, people, now, "F41.0", line_id=kept.line_id, edition=1)
    with pytest.raises(StalePage):
        put(gate, people, now, "F40.10", line_id=kept.line_id, edition=1)
    with pytest.raises(NotFound):
        set_diagnosis(gate, people.ada, MOSS, now=now, code="F41.1", rank=1, certainty=Certainty.CONFIRMED,
                      since=SINCE, line_id=kept.line_id, edition=2)  # fmt: skip


@pytest.mark.parametrize("who", ["ben", "desk", "biller", "manager", "it", "compliance"])
def test_who_does_not_care_for_them_sets_and_reads_none(gate: Gate, people: People, now: datetime, who: str) -> None:
    actor = getattr(people, who)
    with pytest.raises(NotFound):
        set_diagnosis(gate, actor, FERN, now=now, code="F41.1", rank=1, certainty=Certainty.CONFIRMED, since=SINCE)
    with pytest.raises(NotFound):
        end_diagnosis(gate, actor, FERN, now=now, line_id="lin_x", edition=1, until=SINCE, why="x")
    with pytest.raises(NotFound):
        patient_statements(gate, actor, FERN, now=now)
