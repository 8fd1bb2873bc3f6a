"""The steps of the schema: up they make what the code says, down they leave nothing, a strange version is refused."""

import re
from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from workbench.cli.every_table import import_every_table
from workbench.store.base import Base
from workbench.store.schema import StoreNewer, StoreOlder, check_schema, migrate, schema_version, unmigrate

SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND type <> 'table'"
POSTGRESQL = """
    SELECT 'constraint', conname, conrelid::regclass::text, pg_get_constraintdef(oid)
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index', indexname, tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'trigger', tgname, tgrelid::regclass::text, pg_get_triggerdef(oid)
      FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function', proname, '', prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""


def rules_kept(store):
    """Every index, trigger, function and constraint that the database holds, as it words them."""
    with store.engine.connect() as connection:
        rows = connection.execute(text(SQLITE if store.dialect == "sqlite" else POSTGRESQL)).all()
    return {tuple(" ".join(str(part).split()) for part in row) for row in rows if "alembic_version" not in str(row)}


def tables(store):
    return set(inspect(store.engine).get_table_names()) - {"alembic_version"}


def test_the_steps_make_the_tables_that_the_code_declares(bare_store):
    migrate(bare_store)
    import_every_table()
    with bare_store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []
    assert tables(bare_store) == set(Base.metadata.tables)


def test_the_steps_make_the_columns_as_the_code_does(bare_store):
    migrate(bare_store)
    stepped = columns(bare_store)
    unmigrate(bare_store)
    import_every_table()
    Base.metadata.create_all(bare_store.engine)
    assert stepped == columns(bare_store)


def columns(store):
    seen = inspect(store.engine)
    return {
        (table, column["name"], str(column["type"]), column["nullable"])
        for table in tables(store)
        for column in seen.get_columns(table)
    }


def test_the_steps_keep_every_rule_that_the_code_declares(bare_store):
    migrate(bare_store)
    stepped = rules_kept(bare_store)
    unmigrate(bare_store)
    import_every_table()
    Base.metadata.create_all(bare_store.engine)
    assert stepped == rules_kept(bare_store)


def test_the_steps_down_leave_nothing_and_can_be_gone_up_again(bare_store):
    migrate(bare_store)
    before = tables(bare_store), rules_kept(bare_store)
    assert before[0]
    unmigrate(bare_store)
    assert (tables(bare_store), rules_kept(bare_store)) == (set(), set())
    migrate(bare_store)
    assert (tables(bare_store), rules_kept(bare_store)) == before


def test_a_store_fits_once_every_step_was_gone(bare_store):
    with pytest.raises(StoreOlder, match="workbench migrate"):
        check_schema(bare_store)
    migrate(bare_store)
    check_schema(bare_store)
    migrate(bare_store)
    check_schema(bare_store)


def test_a_store_of_a_newer_version_is_refused_and_left_as_it_is(bare_store):
    migrate(bare_store)
    with bare_store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999_from_the_future'"))
    before = tables(bare_store)
    with pytest.raises(StoreNewer, match="newer version"):
        check_schema(bare_store)
    assert (schema_version(bare_store), tables(bare_store)) == ("9999_from_the_future", before)


def test_what_was_said_before_there_was_an_order_is_numbered_by_its_instant(bare_store):
    migrate(bare_store, "0014_reminders")
    said = [(f"rst_{at.day}", at) for at in (datetime(2026, 1, day, tzinfo=UTC) for day in (3, 1, 2))]
    row = "INSERT INTO reminder_settings VALUES (:id, true, '', '', 480, 1200, false, :at, 'usr')"
    with bare_store.engine.begin() as connection:
        for settings_id, at in said:
            connection.execute(text(row), {"id": settings_id, "at": at if bare_store.dialect != "sqlite" else str(at)})
    migrate(bare_store)
    with bare_store.engine.connect() as connection:
        numbered = connection.execute(text("SELECT id, nth FROM reminder_settings ORDER BY nth")).all()
    assert [tuple(one) for one in numbered] == [("rst_1", 1), ("rst_2", 2), ("rst_3", 3)]
    with pytest.raises(DBAPIError, match="reminder_settings_append_only"), bare_store.engine.begin() as connection:
        connection.execute(text("UPDATE reminder_settings SET nth = 9"))


def test_a_step_imports_none_of_our_tables():
    from workbench.store import schema

    for step in sorted((schema._STEPS / "versions").glob("*.py")):
        assert not re.search(r"^\s*(from|import) workbench", step.read_text(encoding="utf-8"), re.MULTILINE), step.name


def test_series_of_before_keep_their_days_when_groups_come_and_go(bare_store):
    migrate(bare_store, "0020_proxies")
    series = "'ser_1', 'pat_1', 'FREQ=WEEKLY;COUNT=2', '2026-03-09', 660, 'UTC', '2026-03-01 12:00:00', 1"
    is_sqlite = bare_store.dialect == "sqlite"
    columns = {table: inspect(bare_store.engine).get_columns(table) for table in ("patients", "appointments")}
    own = {"patients": "pat_1", "appointments": "apt_1"}
    parents = {
        table: tuple({"id": own[table], "ends_at": "2"}.get(one["name"], "1") for one in named)
        for table, named in columns.items()
    }
    with bare_store.engine.connect() as connection:
        # Only what the step writes anew matters here, not whom it refers to.
        off = "PRAGMA foreign_keys = OFF" if is_sqlite else "SET session_replication_role = replica"
        connection.connection.cursor().execute(off)
        for table, values in parents.items() if is_sqlite else ():
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
        connection.exec_driver_sql(f"INSERT INTO appointment_series VALUES ({series})")
        connection.exec_driver_sql("INSERT INTO series_places VALUES ('apt_1', 'ser_1', '2026-03-09')")
        connection.commit()
        connection.invalidate()

    def kept():
        query = text(
            "SELECT s.id, s.patient_id, s.rule, s.minute_of_day, s.version, p.appointment_id, p.series_on "
            "FROM appointment_series s JOIN series_places p ON p.series_id = s.id"
        )
        with bare_store.engine.connect() as connection:
            return [tuple(map(str, row)) for row in connection.execute(query)]

    before = kept()
    assert before == [("ser_1", "pat_1", "FREQ=WEEKLY;COUNT=2", "660", "1", "apt_1", "2026-03-09")]
    migrate(bare_store)
    assert kept() == before
    with pytest.raises(DBAPIError, match="series_places_append_only"), bare_store.engine.begin() as connection:
        connection.execute(text("DELETE FROM series_places"))
    unmigrate(bare_store, "0020_proxies")
    assert kept() == before
