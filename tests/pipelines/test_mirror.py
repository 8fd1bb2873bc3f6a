"""The running mirror: fresh, honest about how fresh, and able to mend itself."""

import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, text, update

from pipelines.duck import QueryTooLong
from pipelines.files import MirrorTaken
from pipelines.mirror import Mirror, NumbersNotReady
from tests.factories.small_practice import ADA, FERN, MOSS, visit
from workbench.scheduling.tables import Appointment, Attendance, AttendanceStatus
from workbench.store.changes import change_log
from workbench.store.engine import Store

DAYS = "SELECT day_on, sessions, completed, no_shows FROM out_scheduling__days ORDER BY day_on"


def equal(mirror: Mirror) -> bool:
    return all(table.is_equal for table in mirror.verify())


def test_a_session_reaches_the_numbers_under_pseudonyms_of_its_day(
    practice: Store, mirror: Mirror, now: datetime
) -> None:
    late = datetime.fromisoformat("2026-03-11T02:30:00+00:00")  # still the 10th in the practice
    visit(practice, 1, late, status=AttendanceStatus.COMPLETED)
    mirror.settle()
    assert mirror.query(DAYS).rows == ((late.date() - timedelta(days=1), 1, 1, 0),)
    found = mirror.query("SELECT clinician_id FROM out_scheduling__days").rows
    assert found == ((practice.vault.pseudonym("st", ADA),),)


def test_a_moved_appointment_leaves_its_old_day(practice: Store, mirror: Mirror, now: datetime) -> None:
    visit(practice, 1, now)
    mirror.settle()
    moved = now + timedelta(days=3)
    with practice.writing() as session:
        session.execute(update(Appointment).values(starts_at=moved, ends_at=moved + timedelta(minutes=50)))
        session.commit()
    mirror.settle()
    assert mirror.query(DAYS).rows == ((moved.date(), 1, 0, 0),)


def test_a_deleted_row_leaves_the_numbers(practice: Store, mirror: Mirror, now: datetime) -> None:
    visit(practice, 1, now)
    visit(practice, 2, now + timedelta(hours=2), patient_id=MOSS)
    mirror.settle()
    with practice.writing() as session:
        session.execute(delete(Attendance).where(Attendance.id == "att_1"))
        session.commit()
    mirror.settle()
    assert mirror.query("SELECT sum(attendances) FROM out_scheduling__days").rows == ((1,),)
    assert equal(mirror)


def test_following_gives_what_building_anew_gives(practice: Store, mirror: Mirror, now: datetime) -> None:
    for number in range(1, 12):
        status = list(AttendanceStatus)[number % 8]
        visit(practice, number, now + timedelta(hours=number), status=status, patient_id=(FERN, MOSS)[number % 2])
        if number % 3 == 0:
            mirror.settle()
    mirror.settle()
    tables = ("out_scheduling__days", "out_charting__days", "out_charting__unsigned", "out_people__patients")
    followed = {table: sorted(mirror.query(f"SELECT * FROM {table}").rows, key=repr) for table in tables}
    mirror.rebuild()
    assert {table: sorted(mirror.query(f"SELECT * FROM {table}").rows, key=repr) for table in tables} == followed


def test_a_row_changed_behind_the_mirror_shows_in_the_checksum(practice: Store, mirror: Mirror, now: datetime) -> None:
    visit(practice, 1, now)
    assert equal(mirror)
    with practice.writing() as session:
        mark = session.scalar(text("SELECT max(seq) FROM change_log"))
        session.execute(update(Attendance).values(status="no_show"))
        session.execute(delete(change_log).where(change_log.c.seq > mark))
        session.commit()
    differing = [table.table for table in mirror.verify() if not table.is_equal]
    assert differing == ["attendances"]


def test_numbers_that_fail_a_check_are_not_published(practice: Store, mirror: Mirror, now: datetime) -> None:
    visit(practice, 1, now, status=AttendanceStatus.COMPLETED)
    mirror.settle()
    good = mirror.query(DAYS).rows
    with practice.writing() as session:
        session.execute(update(Attendance).values(status="levitated"))
        session.commit()
    mirror.settle()
    assert mirror.query(DAYS).rows == good
    assert mirror.state().state == "held"
    assert "1 are not" in mirror.state().problem

    with practice.writing() as session:
        session.execute(update(Attendance).values(status="no_show"))
        session.commit()
    mirror.settle()
    assert mirror.state().state == "following"
    assert mirror.query("SELECT sum(no_shows) FROM out_scheduling__days").rows == ((1,),)


def test_a_mirror_that_is_stopped_goes_on_where_it_was(practice: Store, mirror: Mirror, now: datetime) -> None:
    mirror.stop()
    visit(practice, 1, now)
    mirror.start()
    assert mirror.wait_ready()
    mirror.settle()
    assert mirror.query("SELECT sum(sessions) FROM out_scheduling__days").rows == ((1,),)
    assert len(list((practice.home / "mirror").glob("mirror-*.duckdb"))) == 1


@pytest.mark.engines("sqlcipher")
@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 400])
def test_a_broken_file_is_built_anew(practice: Store, mirror: Mirror, now: datetime, damage: bytes) -> None:
    visit(practice, 1, now)
    mirror.settle()
    mirror.stop()
    for file in (practice.home / "mirror").glob("mirror-*.duckdb"):
        file.write_bytes(damage)
    mirror.start()
    assert mirror.wait_ready()
    mirror.settle()
    assert mirror.query("SELECT sum(sessions) FROM out_scheduling__days").rows == ((1,),)


def test_a_restored_store_makes_the_mirror_begin_again(practice: Store, mirror: Mirror, now: datetime) -> None:
    visit(practice, 1, now)
    mirror.settle()
    mirror.stop()
    with practice.writing() as session:  # as if the store were yesterday's
        session.execute(delete(Attendance))
        session.execute(delete(Appointment))
        session.execute(delete(change_log))
        session.commit()
    mirror.start()
    assert mirror.wait_ready()
    while mirror.status().rows.get("appointments"):
        mirror.wait_ready(0.02)
    assert equal(mirror)


@pytest.mark.engines("sqlcipher")
def test_readers_are_served_while_a_new_file_is_built(practice: Store, mirror: Mirror, now: datetime) -> None:
    visit(practice, 1, now)
    mirror.settle()
    wrong: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            rows = mirror.query("SELECT sum(sessions) FROM out_scheduling__days").rows
            if rows != ((1,),):
                wrong.append(rows)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(3):
        mirror.rebuild()
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []


@pytest.mark.engines("sqlcipher")
def test_two_processes_cannot_keep_one_mirror(practice: Store, mirror: Mirror, zone: ZoneInfo, now: datetime) -> None:
    with pytest.raises(MirrorTaken):
        Mirror(practice, zone, lambda: now).start()


@pytest.mark.engines("sqlcipher")
def test_a_query_that_takes_too_long_is_stopped_and_nobody_else_feels_it(mirror: Mirror) -> None:
    with pytest.raises(QueryTooLong):
        mirror.query("SELECT count(*) FROM range(1000000000) a, range(1000000) b", seconds=0.05)
    assert mirror.query("SELECT 1").rows == ((1,),)


@pytest.mark.engines("sqlcipher")
def test_before_the_first_build_the_numbers_say_so(practice: Store, zone: ZoneInfo, now: datetime) -> None:
    with pytest.raises(NumbersNotReady):
        Mirror(practice, zone, lambda: now).query("SELECT 1")


@pytest.mark.engines("sqlcipher")
def test_whoever_listens_hears_of_new_numbers(practice: Store, mirror: Mirror, now: datetime) -> None:
    heard: list[int] = []
    mirror.listen(lambda: heard.append(1))
    visit(practice, 1, now)
    mirror.settle()
    assert heard
