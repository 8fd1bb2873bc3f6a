"""`workbench mirror`: what it says and what it does, with and without a server that keeps the mirror."""

import json
import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, update

from pipelines.mirror import Mirror
from tests.factories.small_practice import visit
from workbench.cli import main
from workbench.scheduling.tables import Attendance
from workbench.store.changes import change_log
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")


def ask(store: Store, now: datetime, *words: str) -> int:
    return main(["mirror", *words, "--home", str(store.home)], clock=lambda: now)


def test_status_before_the_first_start_says_that_nobody_keeps_it(
    practice: Store, engine: str, now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(practice, now, "status") == 0
    assert capsys.readouterr().out.splitlines() == ["stopped", "No process keeps it now."]


def test_verify_without_a_server_builds_compares_and_is_content(
    practice: Store, engine: str, now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    visit(practice, 1, now)
    assert ask(practice, now, "verify", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {table["table"] for table in told["parity"]} == set(told["rows"])
    assert all(table["is_equal"] and table["store_checksum"] == table["mirror_checksum"] for table in told["parity"])
    assert told["rows"]["appointments"] == 1
    assert set(told) == {
        "state", "as_of", "behind_seconds", "built_at", "why_built", "problem", "publish_ms", "changes", "rows",
        "checks", "verified_at", "parity", "audited_at", "audit", "is_kept",
    }  # fmt: skip


def test_a_difference_is_named_and_is_a_failure(
    practice: Store, engine: str, now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    visit(practice, 1, now)
    assert ask(practice, now, "verify") == 0
    with practice.writing() as session:  # a change that the log was made to forget
        session.execute(update(Attendance).values(status="no_show"))
        session.execute(delete(change_log).where(change_log.c.seq == 12345))
        last = session.execute(change_log.select().order_by(change_log.c.seq.desc()).limit(1)).one()
        session.execute(delete(change_log).where(change_log.c.seq == last.seq))
        session.commit()
    assert ask(practice, now, "verify") == 1
    assert "NOT EQUAL" in capsys.readouterr().out


def test_a_running_server_does_the_errand_and_answers(
    practice: Store, mirror: Mirror, now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    visit(practice, 1, now + timedelta(days=1))
    before = mirror.status().verified_at
    assert before is None
    answered: list[int] = []
    asking = threading.Thread(target=lambda: answered.append(ask(practice, now, "verify", "--json")))
    asking.start()
    asking.join(timeout=60)
    assert answered == [0]
    assert json.loads(capsys.readouterr().out)["is_kept"] is True
    assert mirror.status().verified_at == now
