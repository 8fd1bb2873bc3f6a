"""Money from a patient pays the oldest session first, and what is left is seen."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.factories.billed_practice import REED, books, charged
from tests.factories.small_practice import events, every_row
from workbench.actions.billing.take_payment import LooksLikeCardNumber, NotAPayment, take_payment
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotFound
from workbench.ledger.rules import Account
from workbench.ledger.tables import LedgerEntry, LedgerLine, Payment, PaymentMethod
from workbench.store.engine import Store


@pytest.fixture
def owing(practice: Store) -> Store:
    """Reed pays two sessions of 160 dollars herself; `chg_2` is the older one."""
    charged(practice, 1, payer_id=None, on=date(2026, 3, 4))
    charged(practice, 2, payer_id=None, on=date(2026, 2, 4))
    return practice


def paid_on(store: Store) -> list[tuple[str | None, int]]:
    """Charge and cents of the patient's receivable that were paid."""
    query = select(LedgerLine.charge_id, LedgerLine.cents).where(
        LedgerLine.account == Account.RECEIVABLE_PATIENT, LedgerLine.cents < 0
    )
    with store.reading() as session:
        return [(charge_id, cents) for charge_id, cents in session.execute(query.order_by(LedgerLine.id))]


def test_the_oldest_session_is_paid_first(gate: Gate, owing: Store, front_desk: Actor, now: datetime) -> None:
    done = take_payment(gate, front_desk, REED, now=now, amount_cents=20000, method=PaymentMethod.CASH)

    assert (done.applied_cents, done.unapplied_cents) == (20000, 0)
    assert paid_on(owing) == [("chg_2", -16000), ("chg_1", -4000)]
    assert books(owing) == {"clearing:deposit": 20000, "income": -32000, "receivable:patient": 12000}
    assert events(owing)[-1] == ("payment.taken", "done")


def test_what_is_more_than_owed_waits_unapplied(gate: Gate, owing: Store, biller: Actor, now: datetime) -> None:
    done = take_payment(gate, biller, REED, now=now, amount_cents=40000, method=PaymentMethod.CARD)

    assert (done.applied_cents, done.unapplied_cents) == (32000, 8000)
    assert books(owing) == {"clearing:processor": 40000, "income": -32000, "unapplied:patient": -8000}


def test_a_double_click_takes_the_money_once(gate: Gate, owing: Store, front_desk: Actor, now: datetime) -> None:
    for _ in range(2):
        take_payment(
            gate, front_desk, REED, now=now, amount_cents=5000, method=PaymentMethod.CHECK, reference="check 1001",
            idempotency_key="form-1",
        )  # fmt: skip

    assert books(owing)["clearing:deposit"] == 5000


@pytest.mark.parametrize(
    ("inputs", "refusal"),
    [
        ({"amount_cents": 0}, NotAPayment),
        ({"amount_cents": -100}, NotAPayment),
        ({"amount_cents": 1_000_000_001}, NotAPayment),
        ({"amount_cents": 100, "received_on": date(2026, 3, 10)}, NotAPayment),
        ({"amount_cents": 100, "reference": "x" * 41}, NotAPayment),
        ({"amount_cents": 100, "reference": "4000 0000 0000 0002"}, LooksLikeCardNumber),
    ],
)
def test_what_cannot_be_a_payment_is_refused(
    gate: Gate, owing: Store, front_desk: Actor, now: datetime, inputs, refusal: type[Exception]
) -> None:
    before = every_row(owing)

    with pytest.raises(refusal):
        take_payment(gate, front_desk, REED, now=now, method=PaymentMethod.CASH, **inputs)

    assert every_row(owing) == before


def test_a_payment_of_an_earlier_day_keeps_its_day(gate: Gate, owing: Store, biller: Actor, now: datetime) -> None:
    on = now.date() - timedelta(days=3)

    take_payment(gate, biller, REED, now=now, amount_cents=100, method=PaymentMethod.CHECK, received_on=on)

    with owing.reading() as session:
        assert session.scalars(select(Payment.received_on)).one() == on
        assert on in set(session.scalars(select(LedgerEntry.happened_on)))


def test_clinicians_and_managers_take_no_money(
    gate: Gate, owing: Store, clinician: Actor, manager: Actor, now: datetime
) -> None:
    for somebody in (clinician, manager):
        with pytest.raises(NotFound):
            take_payment(gate, somebody, REED, now=now, amount_cents=100, method=PaymentMethod.CASH)
