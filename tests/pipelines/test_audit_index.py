"""The index of the audit log: filled from the log alone, in batches, and anew when it cannot be what the log says."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from pipelines import audit_index
from pipelines.audit_index import AuditIndex, IndexNotReady
from tests.factories.small_practice import ADA, FERN, MOSS, people, put
from tests.marts.log_lines import opened, user
from workbench.gate.action import Gate, record
from workbench.marts.audit_questions import FACETS, Narrowed, facets
from workbench.people.tables import Patient, PatientDetails, Staff, StaffDetails
from workbench.store.engine import Store

ROWS = (
    "SELECT seq, a.actor, event, o.outcome, p.patient, held FROM events JOIN actors a ON a.key = events.actor "
    "JOIN actions n ON n.key = events.action JOIN outcomes o ON o.key = events.outcome "
    "LEFT JOIN patients p ON p.key = events.patient ORDER BY seq"
)


def asked(index: AuditIndex, sql: str) -> list[tuple[object, ...]]:
    with index.reading() as asker:
        return list(asker.query(sql).rows)


@pytest.fixture
def index(practice: Store, zone: ZoneInfo, now: datetime) -> Iterator[AuditIndex]:
    running = AuditIndex(practice, zone, lambda: now)
    running.start()
    running.settle()
    yield running
    running.stop()


def test_every_line_is_found_under_pseudonyms(index: AuditIndex, practice: Store, now: datetime) -> None:
    record(practice, [opened(people().ada, FERN, now), opened(people().ben, MOSS, now, "B")])
    index.settle()
    rows = asked(index, ROWS)
    vault = practice.vault
    assert [row[0] for row in rows] == [1, 2]
    assert rows[1][1:] == (
        vault.pseudonym("au", "usr_ben"), "chart.read", "shown", vault.pseudonym("ptp", MOSS), "B",
    )  # fmt: skip
    whole = repr([asked(index, f"SELECT * FROM {name}") for name in ("events", "actors", "patients", "patient_tokens")])
    for plain in ("usr_ben", ADA, FERN, MOSS, "Moss", "Catherine", "5550100145"):
        assert plain not in whole


def test_day_and_hour_are_the_practices_own(index: AuditIndex, practice: Store, now: datetime) -> None:
    record(practice, [opened(people().ada, FERN, now.replace(hour=3))])  # Monday 03:00 UTC is Sunday 23:00 there
    index.settle()
    assert asked(index, "SELECT CAST(day AS VARCHAR), weekday, hour FROM events") == [("2026-03-08", 7, 23)]


def test_an_hour_counts_different_records_also_when_lines_come_in_two_batches(
    index: AuditIndex, practice: Store, now: datetime
) -> None:
    for patient in (FERN, MOSS, FERN):
        record(practice, [opened(people().ada, patient, now)])
        index.settle()
    assert asked(index, "SELECT patients, events FROM hours") == [(2, 3)]


def test_what_was_counted_by_day_as_it_came_is_what_the_lines_say(
    index: AuditIndex, practice: Store, now: datetime
) -> None:
    for batch in range(4):
        lines = [(people().ada, FERN, batch), (people().ben, MOSS, batch), (people().ada, MOSS, batch)]
        record(practice, [opened(who, whom, now + timedelta(days=days)) for who, whom, days in lines])
        index.settle()
    for facet in FACETS:
        by_line = asked(index, f"SELECT day, {facet}, count(*) FROM events GROUP BY ALL ORDER BY ALL")
        assert asked(index, f"SELECT day, value, lines FROM days WHERE facet = '{facet}' ORDER BY ALL") == by_line
    with index.reading() as asker:
        for asked_of in (Narrowed(), Narrowed(from_on=date(2026, 3, 11)), Narrowed(until_on=date(2026, 3, 10))):
            # The letter is every line's own here, so that the same is counted from the lines themselves.
            told, counted = (facets(asker, one) for one in (asked_of, replace(asked_of, held="P")))
            assert told == counted
            assert told.total > 0


def test_ties_follow_a_name_that_changes(index: AuditIndex, practice: Store, now: datetime) -> None:
    put(practice, [user("usr_ada", ADA, now)])
    record(practice, [opened(people().ada, MOSS, now)])
    index.settle()
    assert asked(index, "SELECT surname FROM ties") == []
    with practice.writing() as session:
        moss = session.get_one(Patient, MOSS)
        moss.details = PatientDetails("Catherine", "Byron-Moss", date(1985, 12, 24))
        session.commit()
    index.settle()
    assert asked(index, "SELECT surname, home, own FROM ties") == [(True, False, False)]
    with practice.writing() as session:
        session.get_one(Staff, ADA).details = StaffDetails("Ada", "Lovelace")
        session.commit()
    index.settle()
    assert asked(index, "SELECT surname FROM ties") == []


def test_a_neighbour_is_known_by_ones_own_record(index: AuditIndex, practice: Store, now: datetime) -> None:
    put(practice, [user("usr_ada", ADA, now)])
    with practice.writing() as session:
        born = date(1985, 12, 24)
        session.get_one(Patient, FERN).details = PatientDetails(
            "Ada", "Byron", born, street="12 Elm Street Apt 4", zip_code="12345-6789"
        )
        session.get_one(Patient, MOSS).details = PatientDetails("C", "Moss", born, street="7 Elm St", zip_code="12345")
        session.commit()
    record(practice, [opened(people().ada, FERN, now), opened(people().ada, MOSS, now)])
    index.settle()
    assert asked(index, "SELECT surname, home, own FROM ties ORDER BY own") == [
        (False, True, False),
        (True, True, True),
    ]


def test_a_batch_is_whole_or_not_there(
    index: AuditIndex, practice: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_index, "BATCH", 10)
    index.stop()
    record(practice, [opened(people().ada, FERN, now + timedelta(seconds=n)) for n in range(25)])
    calls = []
    add = audit_index.add_bodies

    def dies_in_the_second(*given: object) -> bool:
        calls.append(1)
        done = add(*given)  # type: ignore[arg-type]
        if len(calls) == 2:
            raise RuntimeError("killed")
        return done

    monkeypatch.setattr(audit_index, "add_bodies", dies_in_the_second)
    again = AuditIndex(practice, ZoneInfo("America/New_York"), lambda: now)
    again._folder.take()
    with pytest.raises(RuntimeError, match="killed"):
        again.settle()
    assert asked(again, "SELECT count(*), max(seq) FROM events") == [(10, 10)]
    again.settle()
    assert asked(again, "SELECT count(*), count(DISTINCT seq), max(seq) FROM events") == [(25, 25, 25)]
    again.stop()


def _cut(store: Store, after: int) -> None:
    trigger = "audit_events_no_delete" if store.dialect == "sqlite" else "audit_events_no_change ON audit_events"
    with store.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text(f"DELETE FROM audit_events WHERE seq > {after}"))


@pytest.mark.parametrize("grown", [0, 8], ids=["shorter", "longer again"])
def test_a_store_that_was_put_back_makes_it_begin_anew(
    index: AuditIndex, practice: Store, now: datetime, grown: int
) -> None:
    record(practice, [opened(people().ada, FERN, now + timedelta(seconds=n)) for n in range(6)])
    index.settle()
    _cut(practice, 3)
    if grown:
        record(practice, [opened(people().ben, MOSS, now + timedelta(hours=n)) for n in range(grown)])
    index.settle()
    assert asked(index, "SELECT count(*), max(seq) FROM events") == [(3 + grown, 3 + grown)]
    by_ben = asked(index, "SELECT count(*) FROM events JOIN actors a ON a.key = events.actor "
                          f"WHERE a.actor = '{practice.vault.pseudonym('au', 'usr_ben')}'")  # fmt: skip
    assert by_ben == [(grown,)]


def _spoil(file: Path) -> None:
    file.write_bytes(b"nothing of the kind" * 1000)


@pytest.mark.parametrize("harm", [Path.unlink, _spoil], ids=["missing", "broken"])
@pytest.mark.engines("sqlcipher")
def test_a_missing_or_broken_file_is_made_anew(
    index: AuditIndex, practice: Store, zone: ZoneInfo, now: datetime, harm: Callable[[Path], None]
) -> None:
    record(practice, [opened(people().ada, FERN, now)])
    index.settle()
    index.stop()
    file = index._folder.current()
    assert file is not None
    assert b"chart.read" not in file.read_bytes()
    harm(file)
    again = AuditIndex(practice, zone, lambda: now)
    again.start()
    again.settle()
    assert asked(again, "SELECT count(*) FROM events") == [(1,)]
    again.stop()


@pytest.mark.engines("sqlcipher")
def test_it_says_when_it_is_not_ready_and_goes_on_after_a_failure(
    practice: Store, zone: ZoneInfo, now: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(audit_index, "PATIENCE", 0.05)
    index = AuditIndex(practice, zone, lambda: now)
    assert index.state().state == "building"
    with pytest.raises(IndexNotReady), index.reading():
        pass
    real, times = audit_index.add_bodies, []

    def fails_once(*given: object) -> bool:
        times.append(1)
        if len(times) == 1:
            raise ValueError("Fern")
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(audit_index, "add_bodies", fails_once)
    record(practice, [opened(people().ada, FERN, now)])
    with caplog.at_level(logging.ERROR):
        index.start()
        for _ in range(200):
            if index.state().state == "following":
                break
            index._stopping.wait(0.05)
    assert index.state().state == "following"
    assert "ValueError" in caplog.text
    assert "Fern" not in caplog.text
    index.stop()


def test_gate_is_not_needed_to_follow(index: AuditIndex, gate: Gate) -> None:
    """Following writes nothing into the log: else it would follow itself for ever."""
    index.settle()
    with gate.store.reading() as session:
        assert session.execute(text("SELECT count(*) FROM audit_events")).scalar_one() == 0
