"""What one kind of appointment costs instead: from its day on, before and after, charged, waived, told at a booking."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.actions.billing.missing import DAY, LATE, NO_SHOW, Missing
from tests.factories.small_practice import INDIVIDUAL, events, every_row, people
from workbench.actions.billing.charge_missed_fee import charge_missed_fee
from workbench.actions.billing.set_missed_service_terms import set_missed_service_terms
from workbench.actions.billing.waive_missed_fee import waive_missed_fee
from workbench.actions.scheduling.add_appointment_type import add_appointment_type
from workbench.billing.missed_rules import NoFee, TermsWrong
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.kernel.time import day_of
from workbench.scheduling.tables import AttendanceStatus
from workbench.screens.booking_choices import booking_choices
from workbench.screens.missed_fees import missed_fees


def say(
    missing: Missing, *, at: datetime | None = None, ahead: int = 0, type_id: str = INDIVIDUAL, **costs: Any
) -> str:
    at = at or missing.now
    on = day_of(at, missing.gate.zone) + timedelta(days=ahead)
    return set_missed_service_terms(
        missing.gate, people().manager, now=at, type_id=type_id, from_on=on,
        late_cents=costs.get("late"), no_show_cents=costs.get("no_show"),
    ).terms_id  # fmt: skip


def test_a_session_costs_what_was_said_of_its_kind_from_its_day_on(gate: Gate, missing: Missing) -> None:
    say(missing, ahead=2, no_show=15_000)
    missing.missed(1)  # a day ahead: before it counts
    missing.missed(2, ahead=2 * DAY)
    missing.missed(3, ahead=2 * DAY + timedelta(hours=3), status=AttendanceStatus.LATE_CANCELLED)
    later = missing.now + 4 * DAY
    shown = {one.attendance_id: one.cents for one in missed_fees(gate, people().biller, now=later).to_decide}
    assert shown == {"att_1": NO_SHOW, "att_2": 15_000, "att_3": LATE}  # of late ones nothing else was said
    assert charge_missed_fee(gate, people().biller, "att_2", now=later).cents == 15_000
    assert waive_missed_fee(gate, people().biller, "att_3", now=later, why="ill").cents == LATE


def test_what_is_said_later_does_not_change_what_was_told_before(gate: Gate, missing: Missing) -> None:
    missing.missed(1)
    say(missing, at=missing.now + DAY + timedelta(hours=1), no_show=50_000)  # the day of the session, an hour late
    assert charge_missed_fee(gate, people().biller, "att_1", now=missing.later).cents == NO_SHOW


def test_nothing_may_be_due_for_one_kind_and_later_it_costs_as_every_kind(gate: Gate, missing: Missing) -> None:
    say(missing, no_show=0)
    say(missing, ahead=3)
    missing.missed(1)
    missing.missed(2, ahead=3 * DAY)
    later = missing.now + 5 * DAY
    with pytest.raises(NoFee):
        charge_missed_fee(gate, people().biller, "att_1", now=later)
    assert charge_missed_fee(gate, people().biller, "att_2", now=later).cents == NO_SHOW


def test_whoever_books_is_told_what_it_costs_on_that_day(gate: Gate, missing: Missing) -> None:
    say(missing, ahead=7, late=2_500)
    told = booking_choices(gate, people().desk, now=missing.now).missing
    assert told is not None
    today = day_of(missing.now, gate.zone)
    assert told.notice_hours == 24
    assert told.costs(INDIVIDUAL, today) == (LATE, NO_SHOW)
    assert told.costs(INDIVIDUAL, today + timedelta(days=7)) == (2_500, NO_SHOW)


def test_a_kind_that_stands_for_another_costs_what_that_one_did(gate: Gate, missing: Missing) -> None:
    say(missing, late=1_000)
    say(missing, ahead=5, late=2_000)
    new = add_appointment_type(
        gate, people().manager, now=missing.now + DAY, name="Longer", minutes=60, instead_of=INDIVIDUAL
    ).type_id
    told = booking_choices(gate, people().desk, now=missing.now + DAY).missing
    assert told is not None
    today = day_of(missing.now, gate.zone)
    assert [told.costs(new, today + timedelta(days=days))[0] for days in (1, 5)] == [1_000, 2_000]
    (kind,) = [one for one in missed_fees(gate, people().manager, now=missing.later).services if one.type_id == new]
    assert [one.late for one in kind.said] == [1_000, 2_000]


@pytest.mark.parametrize(("said", "field"), [
    ({"ahead": -1}, "from_on"), ({"late": -1}, "late"), ({"no_show": 50_001}, "no_show"),
])  # fmt: skip
def test_what_nobody_means_is_told_at_its_field(gate: Gate, missing: Missing, said: dict[str, int], field: str) -> None:
    before = every_row(gate.store)
    with pytest.raises(TermsWrong) as refused:
        say(missing, **said)
    assert (set(refused.value.fields), every_row(gate.store)) == ({field}, before)
    with pytest.raises(NotFound):
        say(missing, type_id="aty_none")


def test_nobody_changes_them_afterwards_and_others_cannot_say_them(gate: Gate, missing: Missing) -> None:
    say(missing, late=1)
    assert events(gate.store)[-1] == ("missed_service_terms.set", "done")
    with pytest.raises(DBAPIError, match="missed_service_terms_append_only"), gate.store.engine.begin() as connection:
        connection.execute(text("UPDATE missed_service_terms SET late_cents = 2"))
    for who in ("ada", "desk", "biller", "it"):
        with pytest.raises(NotAllowed):
            set_missed_service_terms(
                gate, getattr(people(), who), now=missing.now, type_id=INDIVIDUAL,
                from_on=day_of(missing.now, gate.zone), late_cents=1, no_show_cents=1,
            )  # fmt: skip
