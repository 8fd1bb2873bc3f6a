"""Numbers asked by hand: through the door, over published tables only, small counts left out."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from pipelines.mirror import Mirror
from tests.factories.small_practice import events
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotAllowed
from workbench.marts.asking import NotPublished, check_published, number_points, number_select
from workbench.marts.periods import By
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture
def gate(books: Store, zone: ZoneInfo) -> Gate:
    """The door to the hand-counted practice."""
    return Gate(books, zone)


def test_a_number_is_split_by_name(gate: Gate, mirror: Mirror, manager: Actor, now: datetime) -> None:
    asked = {"now": now, "reader": mirror, "period_key": "this_month"}
    found = number_points(gate, manager, key="collections", by=By.PAYER, **asked)
    assert found.rows == (("Patients and unassigned", 2_500), ("Harbor Sample Plan", 9_000))
    weeks = number_points(gate, manager, key="sessions", by=By.WEEK, **asked)
    assert [(on, int(count)) for on, count in weeks.rows] == [("2026-03-01", 0), ("2026-03-02", 3), ("2026-03-09", 0)]


def test_small_counts_of_patients_are_left_out(gate: Gate, mirror: Mirror, manager: Actor, now: datetime) -> None:
    asked = {"now": now, "reader": mirror, "period_key": "this_month", "key": "patients_seen"}
    assert number_points(gate, manager, by=By.CLINICIAN, **asked).rows == ()
    assert number_points(gate, manager, by=By.ALL, **asked).rows == (("all", 2),)


def test_a_select_is_answered_and_logged_without_its_text(
    books: Store, gate: Gate, mirror: Mirror, manager: Actor, now: datetime
) -> None:
    sql = "SELECT day_on, sum(charged_cents) AS cents FROM out_ledger__days GROUP BY ALL ORDER BY day_on;"
    found = number_select(gate, manager, now=now, reader=mirror, sql=sql)
    assert found.columns == ("day_on", "cents")
    assert found.rows[0] == (date(2026, 2, 10), 10_000)
    assert events(books)[-1] == ("numbers.queried", "shown")


def test_others_are_refused(gate: Gate, mirror: Mirror, clinician: Actor, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        number_select(gate, clinician, now=now, reader=mirror, sql="SELECT 1 FROM out_ledger__days")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM raw_patients",
        "SELECT * FROM mirror.raw_patients",
        "SELECT * FROM out_ledger__days, raw_patients",
        "WITH x AS (SELECT * FROM raw_staff) SELECT * FROM x",
        "SELECT (SELECT count(*) FROM raw_staff) FROM out_ledger__days",
        "SELECT * FROM out_ledger__days, duckdb_settings()",
        "SELECT * FROM information_schema.tables",
        "SELECT 1",
        "SELEC",
    ],
)
def test_what_is_not_published_is_not_answered(sql: str, engine: str) -> None:
    with pytest.raises(NotPublished):
        check_published(sql)
