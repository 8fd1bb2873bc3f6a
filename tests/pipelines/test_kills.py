"""`kill -9` of the mirror's process, again and again under a live writer: nothing lost, nothing twice."""

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from pipelines.mirror import Mirror
from tests.factories.small_practice import visit
from tests.pipelines.tailer import follow_until_killed, killed_again_and_again
from workbench.kernel.settings import Settings
from workbench.scheduling.tables import Attendance
from workbench.store.engine import Store

KILLS = 20


@pytest.mark.faults
def test_twenty_kills_under_a_live_writer_leave_both_sides_equal(
    practice: Store, settings: Settings, zone: ZoneInfo, now: datetime
) -> None:
    killed_again_and_again(follow_until_killed, settings, partial(_write, practice, now), kills=KILLS)
    mirror = Mirror(practice, zone, lambda: now)
    mirror.start()
    assert mirror.wait_ready()
    mirror.settle()
    parity = {table.table: table for table in mirror.verify()}
    mirror.stop()
    assert all(table.is_equal for table in parity.values())
    assert parity["appointments"].store.rows > KILLS


def _write(store: Store, now: datetime, number: int) -> None:
    visit(store, number, now + timedelta(hours=number))
    if number % 5 == 0:
        with store.writing() as session:
            session.execute(update(Attendance).where(Attendance.id == f"att_{number - 1}").values(status="no_show"))
            session.commit()
