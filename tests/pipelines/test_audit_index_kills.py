"""`kill -9` of the process that keeps the index, again and again under a live writer: nothing lost, nothing twice."""

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from pipelines.audit_index import AuditIndex
from tests.factories.small_practice import FERN, MOSS, people
from tests.marts.log_lines import opened
from tests.pipelines.tailer import index_until_killed, killed_again_and_again
from workbench.gate.action import record
from workbench.gate.audit import AuditRow
from workbench.kernel.settings import Settings
from workbench.store.engine import Store

KILLS = 12


@pytest.mark.faults
def test_twelve_kills_under_a_live_writer_leave_every_line_once(
    practice: Store, settings: Settings, zone: ZoneInfo, now: datetime
) -> None:
    killed_again_and_again(index_until_killed, settings, partial(_write, practice, now), kills=KILLS)
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


def _write(store: Store, now: datetime, number: int) -> None:
    at = now + timedelta(minutes=number)
    record(store, [opened(people().ada, FERN, at), opened(people().ben, MOSS, at)])
