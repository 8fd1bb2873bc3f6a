"""The daily gate: great-expectations in a process of its own, fed through a pipe, heeded by the mirror."""

from datetime import datetime, timedelta

import pytest

from pipelines.checks.daily import SuiteResult
from pipelines.mirror import Mirror
from tests.factories.small_practice import MOSS, visit
from workbench.scheduling.tables import AttendanceStatus
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")
DAYS = "SELECT sum(sessions) FROM out_scheduling__days"


def test_suites_find_a_sound_mirror_sound(practice: Store, mirror: Mirror, now: datetime) -> None:
    visit(practice, 1, now, status=AttendanceStatus.COMPLETED)
    visit(practice, 2, now + timedelta(hours=3), patient_id=MOSS)
    mirror.settle()
    results = mirror.audit()
    assert [result for result in results if not result.success] == []
    assert {"raw_appointments", "raw_ledger_lines", "out_scheduling__days"} <= {result.table for result in results}
    assert mirror.status().audited_at == now
    assert mirror.state().state == "following"


def test_a_failed_critical_suite_keeps_the_last_good_numbers_until_one_holds(
    practice: Store, mirror: Mirror, now: datetime
) -> None:
    visit(practice, 1, now)
    mirror.settle()
    bad = SuiteResult(
        "raw_charges", "ExpectColumnValuesToBeUnique", "id", is_critical=True, success=False, unexpected=2
    )
    mirror._ask(lambda: mirror._keeper.keep_audit((bad,)))
    visit(practice, 2, now + timedelta(days=1))
    mirror.settle()
    assert mirror.query(DAYS).rows == ((1,),)
    assert "raw_charges.id" in mirror.state().problem
    mirror._ask(lambda: mirror._keeper.keep_audit(()))
    assert mirror.state().state == "following"
    assert mirror.query(DAYS).rows == ((2,),)
