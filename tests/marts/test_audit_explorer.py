"""Questions to the audit log: each saved one finds what its definition says, and asking is itself in the log."""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pipelines.audit_index import AuditIndex
from tests.factories.small_practice import ADA, BEN, FERN, MOSS, open_practice, people, put
from tests.marts.log_lines import opened, user
from workbench.gate.action import Gate, record
from workbench.gate.actor import Actor
from workbench.gate.errors import NotAllowed, StepUpNeeded
from workbench.marts import audit_explorer
from workbench.marts.audit_explorer import (
    PAGE,
    Asked,
    DaysReversed,
    TooMuchToTake,
    audit_answer,
    audit_answer_taken,
)
from workbench.marts.audit_questions import NoSuchQuestion
from workbench.people.tables import Patient, PatientDetails
from workbench.screens.audit_search import find_for_audit

OFFICER = people().compliance


@pytest.fixture
def log(gate: Gate, now: datetime, zone: ZoneInfo) -> Iterator[AuditIndex]:
    """A practice whose people have accounts, and the index of its log."""
    open_practice(gate.store, now)
    put(gate.store, [user("usr_ada", ADA, now), user("usr_ben", BEN, now)])
    index = AuditIndex(gate.store, zone, lambda: now)
    index.start()
    yield index
    index.stop()


def answer(gate: Gate, log: AuditIndex, now: datetime, older_than: int | None = None, **asked: Any) -> Any:
    log.settle()
    return audit_answer(gate, OFFICER, now=now, log=log, asked=Asked(**asked), older_than=older_than)


def numbers(gate: Gate, log: AuditIndex, now: datetime, **asked: Any) -> list[int]:
    return [row.seq for row in answer(gate, log, now, **asked).rows]


def called(gate: Gate, patient_id: str, **details: str) -> None:
    with gate.store.writing() as session:
        row = session.get_one(Patient, patient_id)
        row.details = PatientDetails(
            **{"given_name": "C", "family_name": "Moss", **details}, born_on=date(1985, 12, 24)
        )
        session.commit()


def test_who_opened_this_record_in_names(gate: Gate, log: AuditIndex, now: datetime) -> None:
    record(
        gate.store, [opened(people().ada, FERN, now), opened(people().ben, MOSS, now), opened(people().ben, FERN, now)]
    )
    found = answer(gate, log, now, patient_id=FERN)
    assert [(row.seq, row.actor, row.patient, row.sentence) for row in found.rows] == [
        (3, "Ben Alder, LMFT", "Fern Fernández-Oak", "read a chart"),
        (1, "Ada Byron, LCSW", "Fern Fernández-Oak", "read a chart"),
    ]
    assert found.patient == "Fern Fernández-Oak"
    assert (found.read_to, found.newest, found.older_than) == (3, 3, None)


def test_by_person_action_outcome_letter_and_day(gate: Gate, log: AuditIndex, now: datetime) -> None:
    record(gate.store, [opened(people().ada, FERN, now), opened(people().ben, MOSS, now + timedelta(days=1), "S")])
    with pytest.raises(NotAllowed):
        audit_answer(gate, people().desk, now=now + timedelta(days=2), log=log, asked=Asked())
    ben = gate.store.vault.pseudonym("au", "usr_ben")
    late = now + timedelta(days=2)
    assert numbers(gate, log, late, actor=ben) == [2]
    assert numbers(gate, log, late, event="chart.read") == [2, 1]
    assert numbers(gate, log, late, outcome="refused") == [3]
    assert numbers(gate, log, late, held="S") == [2]
    assert numbers(gate, log, late, from_on=date(2026, 3, 10), until_on=date(2026, 3, 10)) == [2]
    assert numbers(gate, log, late, from_on=date(2026, 4, 1)) == []
    assert (ben, "Ben Alder, LMFT") in answer(gate, log, late).people


def test_what_is_found_is_counted(gate: Gate, log: AuditIndex, now: datetime) -> None:
    record(
        gate.store, [opened(people().ada, FERN, now), opened(people().ada, MOSS, now), opened(people().ben, FERN, now)]
    )
    about = answer(gate, log, now).facets
    assert about.total == 3
    assert [one.lines for one in about.actors] == [2, 1]
    assert [(one.value, one.lines) for one in about.events] == [("chart.read", 3)]
    assert [(one.value, one.lines) for one in about.outcomes] == [("shown", 3)]
    assert about.hours[10] == 3
    assert sum(about.hours) == 3


def test_pages_go_back_to_the_first_line(gate: Gate, log: AuditIndex, now: datetime) -> None:
    record(gate.store, [opened(people().ada, FERN, now) for _ in range(PAGE + 5)])
    first = answer(gate, log, now, event="chart.read")
    second = answer(gate, log, now, first.older_than, event="chart.read")
    assert [row.seq for row in (*first.rows, *second.rows)] == list(range(PAGE + 5, 0, -1))
    assert second.older_than is None


def test_same_surname_counts_each_part_and_not_ones_own_record(gate: Gate, log: AuditIndex, now: datetime) -> None:
    called(gate, MOSS, family_name="Alder-Moss")
    called(gate, FERN, given_name="Ben", family_name="Álder")
    record(
        gate.store, [opened(people().ada, MOSS, now), opened(people().ben, MOSS, now), opened(people().ben, FERN, now)]
    )
    assert numbers(gate, log, now, question="same_surname") == [2]
    assert numbers(gate, log, now, question="own_record") == [3]


def test_neighbours_are_those_in_the_street_of_ones_own_record(gate: Gate, log: AuditIndex, now: datetime) -> None:
    called(gate, FERN, given_name="Ben", family_name="Alder", street="1 North Elm Street", zip_code="12345")
    called(gate, MOSS, street="99b N. Elm St., Apt 3", zip_code="123456789")
    record(
        gate.store, [opened(people().ada, MOSS, now), opened(people().ben, MOSS, now), opened(people().ben, FERN, now)]
    )
    assert numbers(gate, log, now, question="neighbours") == [2]


def test_after_hours_goes_by_the_practices_clock(gate: Gate, log: AuditIndex, now: datetime) -> None:
    wall = [(9, 7, 59), (9, 8, 0), (9, 17, 59), (9, 18, 0), (14, 12, 0)]  # Monday the 9th, Saturday the 14th
    times = [datetime(2026, 3, day, hour, minute, tzinfo=gate.zone) for day, hour, minute in wall]
    record(gate.store, [opened(people().ada, FERN, at) for at in times])
    assert numbers(gate, log, now, question="after_hours", event="chart.read") == [5, 4, 1]


def test_mass_reading_is_many_and_more_than_usual(gate: Gate, log: AuditIndex, now: datetime) -> None:
    usual = [opened(people().ben, f"pat_{n}", now - timedelta(days=2)) for n in range(10)]
    many = [opened(people().ben, f"pat_{n}", now) for n in range(31)]
    busy = [opened(people().ada, f"pat_{n}", now + timedelta(hours=1)) for n in range(20)]
    record(gate.store, [*usual, *many, *busy])
    found = answer(gate, log, now, question="mass_reading")
    assert found.facets.total == 31
    assert {row.actor for row in found.rows} == {"Ben Alder, LMFT"}


def test_break_glass_is_the_opening_and_what_was_read_by_it(gate: Gate, log: AuditIndex, now: datetime) -> None:
    record(gate.store, [opened(people().ada, FERN, now), opened(people().ben, FERN, now, "B")])
    assert numbers(gate, log, now, question="break_glass") == [2]
    assert answer(gate, log, now).facets.saved["break_glass"] == 1


def test_asking_is_in_the_log_with_the_question_and_no_name(gate: Gate, log: AuditIndex, now: datetime) -> None:
    ben = gate.store.vault.pseudonym("au", "usr_ben")
    answer(gate, log, now, question="same_surname", patient_id=FERN, actor=ben, from_on=date(2026, 3, 1))
    (line,) = answer(gate, log, now).rows
    facts = dict(line.facts)
    assert (line.event, line.patient_id) == ("audit.read", FERN)
    assert (facts["question"], facts["about_actor"], facts["from_on"]) == ("same_surname", "usr_ben", "2026-03-01")
    assert "Fern" not in repr(line.facts)


def test_what_cannot_be_asked_is_said_kindly(gate: Gate, log: AuditIndex, now: datetime) -> None:
    log.settle()
    with pytest.raises(NoSuchQuestion, match="Choose one of the list"):
        answer(gate, log, now, question="all of them'; --")
    with pytest.raises(DaysReversed, match="exchange them"):
        answer(gate, log, now, from_on=date(2026, 3, 2), until_on=date(2026, 3, 1))


def fresh(now: datetime) -> Actor:
    return replace(OFFICER, fresh_until=now + timedelta(minutes=5))


def test_a_copy_needs_a_fresh_factor_and_is_logged_with_its_hash(gate: Gate, log: AuditIndex, now: datetime) -> None:
    record(gate.store, [opened(people().ada, FERN, now), opened(people().ben, MOSS, now)])
    log.settle()
    with pytest.raises(StepUpNeeded):
        audit_answer_taken(gate, OFFICER, now=now, log=log, asked=Asked())
    taken = audit_answer_taken(gate, fresh(now), now=now, log=log, asked=Asked(patient_id=FERN))
    rows = list(csv.DictReader(io.StringIO(taken.content.decode())))
    assert [(row["number"], row["who"], row["at_practice"]) for row in rows] == [
        ("1", "Ada Byron, LCSW", "2026-03-09 10:00:00")
    ]
    assert b"Fern" not in taken.content
    assert FERN not in rows[0]["patient_pseudonym"]
    assert taken.digest == hashlib.sha256(taken.content).hexdigest()
    line = answer(gate, log, now, event="audit_answer.taken").rows[0]
    assert (dict(line.facts)["lines"], dict(line.facts)["sha256"], line.patient_id) == ("1", taken.digest, FERN)


def test_a_copy_has_an_end(gate: Gate, log: AuditIndex, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_explorer, "MOST_TAKEN", 1)
    record(gate.store, [opened(people().ada, FERN, now), opened(people().ben, MOSS, now)])
    log.settle()
    with pytest.raises(TooMuchToTake, match="Narrow the question"):
        audit_answer_taken(gate, fresh(now), now=now, log=log, asked=Asked())


def test_a_patient_is_found_for_the_officer_alone(gate: Gate, log: AuditIndex, now: datetime) -> None:
    del log
    assert [one.patient_id for one in find_for_audit(gate, OFFICER, now=now, query="fer")] == [FERN]
    assert find_for_audit(gate, OFFICER, now=now, query="f") == ()
    with pytest.raises(NotAllowed):
        find_for_audit(gate, people().desk, now=now, query="fer")
