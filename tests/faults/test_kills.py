"""`kill -9` of a writer and the mirror beside it, 25 times under load: what was promised is there, once, and logged."""

import multiprocessing
import random
import time
from collections import Counter

import pytest
from sqlalchemy import select

from pipelines.mirror import Mirror
from tests.factories.small_practice import open_practice, people
from tests.faults.writer import book_until_killed, promised, tried
from tests.pipelines.tailer import follow_until_killed
from workbench.gate.audit import AuditRow
from workbench.scheduling.tables import Appointment, Attendance
from workbench.screens.audit_trail import audit_verdict

KILLS = 25


@pytest.mark.faults
@pytest.mark.timeout(600)
def test_twenty_five_kills_lose_no_promised_booking_and_no_line_of_the_log(gate, settings, now, tmp_path):
    open_practice(gate.store, now)
    notebook = tmp_path / "notebook"
    _kill_again_and_again(settings, notebook)

    with gate.store.reading() as session:
        kept = set(session.scalars(select(Appointment.id)))
        attended = Counter(session.scalars(select(Attendance.appointment_id)))
        booked = select(AuditRow.subject_id).where(AuditRow.event == "appointment.booked")
        logged = Counter(session.scalars(booked))
    done = promised(notebook)
    assert len(done) > KILLS
    assert set(done.values()) <= kept
    # A booking whose answer was lost was sent again under its key: at most the very last is without an answer.
    assert len(kept) <= len(done) + 1
    assert set(tried(notebook)) >= set(done)
    assert logged == attended == Counter(kept)
    assert audit_verdict(gate, people().compliance, now=now).broken_at is None
    _assert_parity(gate, now, rows=len(kept))


def _kill_again_and_again(settings, notebook):
    chance = random.Random(25)
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.faults.writer", "tests.pipelines.tailer"])
    for _ in range(KILLS):
        before, wanted = len(promised(notebook)), chance.randint(1, 15)
        both = [
            processes.Process(target=book_until_killed, args=(settings.home, settings.database_url, notebook)),
            processes.Process(target=follow_until_killed, args=(settings.home, settings.database_url)),
        ]
        for process in both:
            process.start()
        while len(promised(notebook)) < before + wanted:
            assert both[0].is_alive(), "the writer ended by itself"
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.02))
        for process in both:
            process.kill()
        for process in both:
            process.join()
            assert process.exitcode == -9


def _assert_parity(gate, now, *, rows):
    mirror = Mirror(gate.store, gate.zone, lambda: now)
    mirror.start()
    try:
        assert mirror.wait_ready()
        mirror.settle()
        parity = {table.table: table for table in mirror.verify()}
    finally:
        mirror.stop()
    assert [table.table for table in parity.values() if not table.is_equal] == []
    assert parity["appointments"].store.rows == rows
