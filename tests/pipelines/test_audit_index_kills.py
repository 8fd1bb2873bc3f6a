"""`kill -9` of the process that keeps the index, again and again under a live writer: nothing lost, nothing twice."""

import multiprocessing
import random
import threading
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from pipelines.audit_index import AuditIndex
from tests.factories.small_practice import FERN, MOSS, people
from tests.marts.log_lines import opened
from tests.pipelines.tailer import index_until_killed
from workbench.gate.action import record
from workbench.gate.audit import AuditRow
from workbench.kernel.settings import Settings
from workbench.store.engine import Store

KILLS = 12


@pytest.mark.faults
def test_twelve_kills_under_a_live_writer_leave_every_line_once(
    practice: Store, settings: Settings, zone: ZoneInfo, now: datetime
) -> None:
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.pipelines.tailer"])
    done = threading.Event()
    writer = threading.Thread(target=_write, args=(practice, now, done))
    writer.start()
    chance = random.Random(12)
    for _ in range(KILLS):
        process = processes.Process(target=index_until_killed, args=(settings.home, settings.database_url))
        process.start()
        time.sleep(chance.uniform(0.05, 0.5))
        process.kill()
        process.join()
        assert process.exitcode == -9
    done.set()
    writer.join()

    index = AuditIndex(practice, zone, lambda: now)
    index.start()
    index.settle()
    with index.reading() as asker:
        found = asker.query("SELECT seq, event, o.outcome FROM events JOIN actions a ON a.key = action "
                            "JOIN outcomes o ON o.key = events.outcome ORDER BY seq").rows  # fmt: skip
        in_hours = asker.query("SELECT sum(events) FROM hours").rows[0][0]
    index.stop()
    with practice.reading() as session:
        log = session.execute(select(AuditRow.seq, AuditRow.event, AuditRow.outcome).order_by(AuditRow.seq)).all()
    assert list(found) == [tuple(row) for row in log]
    assert in_hours == len(log) > KILLS


def _write(store: Store, now: datetime, done: threading.Event) -> None:
    number = 0
    while not done.is_set():
        number += 1
        at = now + timedelta(minutes=number)
        record(store, [opened(people().ada, FERN, at), opened(people().ben, MOSS, at)])
        time.sleep(0.01)
