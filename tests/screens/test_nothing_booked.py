"""Who is in care and has nothing booked: the longest unseen first, nobody who is expected or has left."""

from datetime import datetime, timedelta

import pytest

from tests.factories.small_practice import FERN, MOSS, open_practice, people, visit
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.scheduling.tables import AttendanceStatus
from workbench.screens.nothing_booked import nothing_booked
from workbench.store.engine import Store

DAY = timedelta(days=1)
HELD = AttendanceStatus.COMPLETED


@pytest.fixture(autouse=True)
def practice(store: Store, now: datetime) -> None:
    """Ada saw Fern a week ago and Moss three weeks ago."""
    open_practice(store, now)
    visit(store, 1, now - 7 * DAY, status=HELD)
    visit(store, 2, now - 21 * DAY, patient_id=MOSS, status=HELD)


def shown(gate: Gate, now: datetime, who: str = "ada") -> list[tuple[str, int]]:
    return [(one.patient_id, one.days) for one in nothing_booked(gate, getattr(people(), who), now=now)]


def test_the_longest_unseen_stands_first(gate: Gate, now: datetime) -> None:
    assert shown(gate, now) == [(MOSS, 21), (FERN, 7)]
    assert shown(gate, now, "supervisor") == [(MOSS, 21), (FERN, 7)]
    assert shown(gate, now, "ben") == []


def test_who_is_expected_is_not_missed_and_whose_visit_was_cancelled_is(
    gate: Gate, store: Store, now: datetime
) -> None:
    visit(store, 3, now + DAY)
    visit(store, 4, now + DAY, patient_id=MOSS, status=AttendanceStatus.CANCELLED, clinician_id="stf_ben")
    assert shown(gate, now) == [(MOSS, 21)]


def test_who_has_not_come_for_long_is_in_care_no_more(gate: Gate, now: datetime) -> None:
    assert shown(gate, now + 50 * DAY) == [(FERN, 57)]
    assert shown(gate, now + 90 * DAY) == []


@pytest.mark.parametrize("who", ["desk", "biller", "manager", "it", "compliance"])
def test_others_have_no_caseload(gate: Gate, now: datetime, who: str) -> None:
    with pytest.raises(NotAllowed):
        shown(gate, now, who)
