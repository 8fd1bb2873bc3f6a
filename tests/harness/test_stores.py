"""The practice that a test is given: its own, whole, and opened by its own keys."""

import pytest
from sqlalchemy import inspect, select

from workbench.gate.queue import Job
from workbench.store.base import Base
from workbench.store.engine import open_store


def promised(key, now):
    return Job(kind="nothing", key=key, payload="{}", promised_at=now, run_at=now)


def test_a_store_has_every_table_and_the_first_test_finds_no_row(store, now):
    assert set(Base.metadata.tables) <= set(inspect(store.engine).get_table_names())
    with store.writing() as session:
        session.add(promised("mine", now))
        session.flush()
        assert session.scalars(select(Job.key)).all() == ["mine"]
        session.commit()


def test_a_store_has_every_table_and_the_second_test_finds_no_row(store, now):
    test_a_store_has_every_table_and_the_first_test_finds_no_row(store, now)


def test_what_was_written_is_there_when_the_store_is_opened_again(settings, store, vault, now):
    with store.writing() as session:
        session.add(promised("kept", now))
        session.commit()
    store.close()
    again = open_store(settings, vault)
    with again.reading() as session:
        assert session.scalars(select(Job.key)).all() == ["kept"]
    again.close()


def test_a_test_runs_on_the_engine_it_is_given(store, engine):
    assert store.dialect == {"sqlcipher": "sqlite", "postgresql": "postgresql"}[engine]


@pytest.mark.engines("sqlcipher")
def test_a_test_may_ask_for_one_engine(engine):
    assert engine == "sqlcipher"
