"""A fee for a missed session: once, by the terms of that time, never on a claim, and not where the plan forbids it."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.actions.billing.missing import DAY, LATE, NO_SHOW, Missing
from tests.factories.small_practice import FERN, MOSS, events, every_row, people, put
from workbench.actions.billing.charge_missed_fee import charge_missed_fee
from workbench.actions.billing.take_payment import PaymentMethod, take_payment
from workbench.actions.billing.waive_missed_fee import waive_missed_fee
from workbench.billing.missed_rules import AlreadyDecided, ChargedOnce, FeeForbidden, NoFee, NothingMissed, TooSoon
from workbench.billing.tables import Charge
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.kernel.errors import WorkbenchError
from workbench.scheduling.group_tables import PatientGroup
from workbench.scheduling.tables import Appointment, Attendance
from workbench.scheduling.tables import AttendanceStatus as Status
from workbench.screens.claims_queue import Stage, claims_queue
from workbench.screens.missed_fees import MissedKind, missed_fees
from workbench.screens.patient_balance import patient_balance


@pytest.mark.parametrize(("status", "cents", "code"), [(Status.NO_SHOW, NO_SHOW, "MISSED"),
                                                       (Status.LATE_CANCELLED, LATE, "LATE")])  # fmt: skip
def test_the_patient_owes_it_and_no_plan_is_asked(
    gate: Gate, missing: Missing, status: Status, cents: int, code: str
) -> None:
    missing.covered_by("CI")
    done = charge_missed_fee(gate, people().biller, missing.missed(status=status), now=missing.later)
    assert done.cents == cents
    account = patient_balance(gate, people().biller, FERN, now=missing.later)
    assert (account.balance_cents, account.payer_owes_cents) == (cents, 0)
    assert [(row.code, row.charged_cents) for row in account.charges] == [(code, cents)]
    stages = claims_queue(gate, people().biller, now=missing.later).stages
    assert [one.stage for one in stages if one.count] == [Stage.PATIENT_OWES]
    assert events(gate.store)[-3][0] == "missed_fee.charged"
    take_payment(gate, people().biller, FERN, now=missing.later, amount_cents=cents, method=PaymentMethod.CASH)
    assert patient_balance(gate, people().biller, FERN, now=missing.later).balance_cents == 0


def test_it_is_decided_once_whatever_the_decision(gate: Gate, missing: Missing) -> None:
    first, second = missing.missed(), missing.missed(2, ahead=DAY + timedelta(hours=2))
    charge_missed_fee(gate, people().biller, first, now=missing.later)
    waive_missed_fee(gate, people().biller, second, now=missing.later, why="ill")
    before = every_row(gate.store)
    for one in (first, second):
        with pytest.raises(AlreadyDecided):
            charge_missed_fee(gate, people().biller, one, now=missing.later)
        with pytest.raises(AlreadyDecided):
            waive_missed_fee(gate, people().biller, one, now=missing.later, why="ill")
    assert every_row(gate.store) == before


def test_the_terms_of_the_time_count_not_those_of_today(gate: Gate, missing: Missing) -> None:
    before_any = missing.missed(1, ahead=-DAY)
    under_the_first = missing.missed(2)
    missing.set_terms(now=missing.later, no_show=20_000)
    with pytest.raises(NoFee):
        charge_missed_fee(gate, people().biller, before_any, now=missing.later + DAY)
    assert charge_missed_fee(gate, people().biller, under_the_first, now=missing.later + DAY).cents == NO_SHOW


def test_a_couple_that_did_not_come_is_charged_once(gate: Gate, missing: Missing) -> None:
    put(gate.store, [PatientGroup(id="grp_1", kind="couple", name="", most=2, billed_id=MOSS, made_at=missing.now,
                                  made_by="usr_desk")])  # fmt: skip
    fern = missing.missed()
    with gate.store.writing() as session:
        session.get_one(Appointment, "apt_1").group_id = "grp_1"
        session.commit()
    put(gate.store, [Attendance(id="att_moss", appointment_id="apt_1", patient_id=MOSS, status=Status.NO_SHOW)])
    assert [one.patient_id for one in missed_fees(gate, people().biller, now=missing.later).to_decide] == [MOSS]
    with pytest.raises(ChargedOnce):
        charge_missed_fee(gate, people().biller, fern, now=missing.later)
    charge_missed_fee(gate, people().biller, "att_moss", now=missing.later)


def test_a_kind_that_costs_nothing_is_not_charged(gate: Gate, missing: Missing) -> None:
    missing.set_terms(late=0)
    with pytest.raises(NoFee):
        charge_missed_fee(gate, people().biller, missing.missed(status=Status.LATE_CANCELLED), now=missing.later)


@pytest.mark.parametrize(("filing", "dates", "refusal"), [
    ("MC", {}, FeeForbidden),
    ("MC", {"billing_order": 2}, FeeForbidden),
    ("MC", {"until_on": date(2026, 3, 10)}, None),
    ("MC", {"from_on": date(2026, 3, 11)}, None),
    ("CI", {}, None),
])  # fmt: skip
def test_medicaid_allows_none_while_it_is_in_force(
    gate: Gate, missing: Missing, filing: str, dates: dict[str, object], refusal: type[WorkbenchError] | None
) -> None:
    missing.covered_by(filing, **dates)
    attendance = missing.missed()
    (row,) = missed_fees(gate, people().biller, now=missing.later).to_decide
    assert row.is_forbidden == (refusal is not None)
    if refusal is None:
        charge_missed_fee(gate, people().biller, attendance, now=missing.later)
        return
    with pytest.raises(refusal):
        charge_missed_fee(gate, people().biller, attendance, now=missing.later)
    assert waive_missed_fee(gate, people().biller, attendance, now=missing.later, why="plan_forbids").cents == NO_SHOW


@pytest.mark.parametrize("status", [one for one in Status if one not in (Status.NO_SHOW, Status.LATE_CANCELLED)])
def test_who_came_or_cancelled_in_time_owes_nothing(gate: Gate, missing: Missing, status: Status) -> None:
    before = every_row(gate.store)
    attendance = missing.missed(status=status)
    before = every_row(gate.store)
    with pytest.raises(NothingMissed):
        charge_missed_fee(gate, people().biller, attendance, now=missing.later)
    assert every_row(gate.store) == before


def test_on_the_day_itself_nothing_is_decided(gate: Gate, missing: Missing) -> None:
    attendance = missing.missed()
    evening = missing.now + DAY + timedelta(hours=9)
    for decide in (charge_missed_fee, lambda *a, **k: waive_missed_fee(*a, **k, why="ill")):
        with pytest.raises(TooSoon):
            decide(gate, people().biller, attendance, now=evening)
    assert missed_fees(gate, people().biller, now=evening).to_decide == ()


def test_a_clinician_decides_about_their_own_people(gate: Gate, missing: Missing) -> None:
    ours, theirs = missing.missed(1), missing.missed(2, ahead=DAY + timedelta(hours=2), patient_id=MOSS)
    charge_missed_fee(gate, people().ada, ours, now=missing.later)
    with pytest.raises(NotFound):
        charge_missed_fee(gate, people().ben, theirs, now=missing.later)
    for who in ("desk", "manager", "supervisor", "it", "compliance"):
        with pytest.raises((NotAllowed, NotFound)):
            charge_missed_fee(gate, getattr(people(), who), theirs, now=missing.later)


def test_a_decision_stays_as_it_was(gate: Gate, missing: Missing) -> None:
    charge_missed_fee(gate, people().biller, missing.missed(), now=missing.later)
    with pytest.raises(DBAPIError, match="missed_fees_append_only"), gate.store.engine.begin() as connection:
        connection.execute(text("DELETE FROM missed_fees"))
    with gate.store.reading() as session:
        assert session.scalars(select(Charge.payer_id)).all() == [None]


def test_the_list_says_how_often_and_the_report_counts(gate: Gate, missing: Missing, now: datetime) -> None:
    for number in (1, 2, 3):
        missing.missed(number, ahead=DAY + timedelta(hours=2 * number))
    shown = missed_fees(gate, people().biller, now=missing.later)
    assert [(one.kind, one.cents, one.missed_before) for one in shown.to_decide] == [
        (MissedKind.NO_SHOW, NO_SHOW, 2)
    ] * 3
    charge_missed_fee(gate, people().biller, "att_1", now=missing.later)
    waive_missed_fee(gate, people().biller, "att_2", now=missing.later, why="first_time")
    waive_missed_fee(gate, people().biller, "att_3", now=missing.later, why="first_time")
    shown = missed_fees(gate, people().manager, now=missing.later)
    assert (shown.to_decide, shown.charged) == ((), (1, NO_SHOW))
    assert shown.waived == (("first_time", 2, 2 * NO_SHOW),)
    assert (shown.may_decide, missed_fees(gate, people().biller, now=now).may_decide) == (False, True)
    assert missed_fees(gate, people().biller, now=missing.later + timedelta(days=91)).decided == ()
    assert missed_fees(gate, people().ben, now=missing.later).decided == ()
