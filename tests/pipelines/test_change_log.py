"""Triggers: nothing that touches a followed row escapes the log, whichever way it came."""

from datetime import datetime

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, delete, insert, text, update

from pipelines.allowed import MIRRORED
from tests.factories.small_practice import visit
from workbench.people.tables import Location
from workbench.scheduling.tables import AttendanceMove
from workbench.store.changes import (
    FOLLOWED,
    Position,
    PositionLost,
    change_log,
    check_position,
    follow,
    newest,
    prune,
    touched,
    touched_keys,
)
from workbench.store.engine import Store

COLUMNS = "locations (id, name, place_code, is_telehealth)"


def place(place_id: str) -> dict[str, object]:
    return {"id": place_id, "name": "Annexe", "place_code": "11", "is_telehealth": False}


def since(store: Store, after: Position, table: str = "locations") -> list[str]:
    with store.reading() as session:
        return sorted(session.scalars(touched_keys(session, table, after, newest(session))))


def here(store: Store) -> Position:
    with store.reading() as session:
        return newest(session)


def test_a_row_written_by_the_mapper_is_logged(practice: Store, now: datetime) -> None:
    before = here(practice)
    visit(practice, 1, now)
    with practice.reading() as session:
        assert touched(session, before, newest(session)) == {"appointments": 1, "attendances": 1}


def test_bulk_inserts_updates_and_deletes_are_logged_row_by_row(practice: Store) -> None:
    before = here(practice)
    with practice.writing() as session:
        session.execute(insert(Location), [place("loc_a"), place("loc_b"), place("loc_c")])
        session.commit()
    assert since(practice, before) == ["loc_a", "loc_b", "loc_c"]

    before = here(practice)
    with practice.writing() as session:
        session.execute(update(Location).where(Location.id != "loc_a").values(place_code="10"))
        session.execute(delete(Location).where(Location.id == "loc_a"))
        session.commit()
    assert since(practice, before) == ["loc_a", "loc_b", "loc_c", "loc_office", "loc_video"]


def test_raw_sql_and_a_changed_key_are_logged_under_both_keys(practice: Store) -> None:
    before = here(practice)
    with practice.writing() as session:
        session.execute(text(f"INSERT INTO {COLUMNS} VALUES ('loc_old', 'Annexe', '11', :no)"), {"no": False})
        session.execute(text("UPDATE locations SET id = 'loc_new' WHERE id = 'loc_old'"))
        session.commit()
    assert since(practice, before) == ["loc_new", "loc_old"]


def test_what_was_rolled_back_is_not_in_the_log(practice: Store) -> None:
    before = here(practice)
    with practice.writing() as session:
        session.execute(insert(Location), [place("loc_never")])
        session.rollback()
    assert since(practice, before) == []


@pytest.mark.engines("sqlcipher")
def test_a_row_replaced_by_sqlite_itself_is_logged(practice: Store) -> None:
    before = here(practice)
    with practice.writing() as session:
        session.execute(insert(Location), [place("loc_a")])
        session.execute(text(f"REPLACE INTO {COLUMNS} VALUES ('loc_a', 'Annexe', '12', 0)"))
        session.commit()
    with practice.reading() as session:
        assert touched(session, before, newest(session)) == {"locations": 3}


@pytest.mark.engines("postgresql")
def test_a_truncated_table_leaves_every_key_in_the_log(practice: Store, now: datetime) -> None:
    visit(practice, 1, now)
    with practice.writing() as session:
        session.add(
            AttendanceMove(attendance_id="att_1", from_status="", to_status="booked", moved_at=now, moved_by="")
        )
        session.commit()
    before = here(practice)
    with practice.writing() as session:  # at the console somebody can switch the guard off, but not the log
        session.execute(text("ALTER TABLE attendance_moves DISABLE TRIGGER attendance_moves_no_change"))
        session.execute(text("TRUNCATE attendance_moves"))
        session.commit()
    assert since(practice, before, "attendance_moves") == ["1"]


@pytest.mark.engines("postgresql")
def test_a_transaction_that_commits_late_is_not_passed_over(practice: Store) -> None:
    before = here(practice)
    with practice.writing() as slow, practice.writing() as quick:
        slow.execute(insert(Location), [place("loc_slow")])
        quick.execute(insert(Location), [place("loc_quick")])
        quick.commit()
        between = here(practice)
        assert since(practice, before) == []  # the slow one took its number first and may still come
        slow.commit()
    assert since(practice, between) == ["loc_quick", "loc_slow"]


def test_a_reader_that_was_pruned_past_is_told_so(practice: Store, now: datetime) -> None:
    visit(practice, 1, now)
    early = here(practice)
    for number in range(2, 8):
        visit(practice, number, now.replace(day=9 + number))
    late = here(practice)
    with practice.writing() as session:
        assert prune(session, keep=4) > 0
        session.commit()
    with practice.reading() as session:
        check_position(session, late)
        with pytest.raises(PositionLost):
            check_position(session, early)
        with pytest.raises(PositionLost):
            check_position(session, Position())


def test_a_store_restored_to_an_earlier_day_is_noticed(practice: Store, now: datetime) -> None:
    visit(practice, 1, now)
    position = here(practice)
    with practice.writing() as session:  # what a restored backup looks like: the same numbers, other entries
        session.execute(update(change_log).where(change_log.c.seq == position.seq).values(row_id="att_other"))
        session.commit()
    with practice.reading() as session, pytest.raises(PositionLost):
        check_position(session, position)


def test_a_row_without_one_key_column_cannot_be_followed() -> None:
    pair = Table("pairs", MetaData(), Column("a", Integer, primary_key=True), Column("b", String, primary_key=True))
    with pytest.raises(ValueError, match="pairs"):
        follow(pair)


@pytest.mark.engines("sqlcipher")
def test_every_mirrored_table_is_followed(practice: Store) -> None:
    assert {listed.name for listed in MIRRORED} <= set(FOLLOWED)
