"""`kill -9` of the mirror's process, again and again under a live writer: nothing lost, nothing twice."""

import multiprocessing
import random
import threading
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from pipelines.mirror import Mirror
from tests.factories.small_practice import visit
from tests.pipelines.tailer import follow_until_killed
from workbench.kernel.settings import Settings
from workbench.scheduling.tables import Attendance
from workbench.store.engine import Store

KILLS = 20


@pytest.mark.faults
def test_twenty_kills_under_a_live_writer_leave_both_sides_equal(
    practice: Store, settings: Settings, zone: ZoneInfo, now: datetime
) -> None:
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.pipelines.tailer"])
    done = threading.Event()
    written = threading.Thread(target=_write, args=(practice, now, done))
    written.start()
    chance = random.Random(20)
    for _ in range(KILLS):
        process = processes.Process(target=follow_until_killed, args=(settings.home, settings.database_url))
        process.start()
        time.sleep(chance.uniform(0.05, 0.4))
        process.kill()
        process.join()
        assert process.exitcode == -9
    done.set()
    written.join()

    mirror = Mirror(practice, zone, lambda: now)
    mirror.start()
    assert mirror.wait_ready()
    mirror.settle()
    parity = {table.table: table for table in mirror.verify()}
    mirror.stop()
    assert all(table.is_equal for table in parity.values())
    assert parity["appointments"].store.rows > KILLS


def _write(store: Store, now: datetime, done: threading.Event) -> None:
    number = 0
    while not done.is_set():
        number += 1
        visit(store, number, now + timedelta(hours=number))
        if number % 5 == 0:
            with store.writing() as session:
                session.execute(update(Attendance).where(Attendance.id == f"att_{number - 1}").values(status="no_show"))
                session.commit()
        time.sleep(0.01)
