"""The front desk's view of an account: two sums and the payments, and nothing that tells what the sessions were."""

from dataclasses import fields
from datetime import datetime

import pytest
from sqlalchemy import event

from tests.factories.small_practice import FERN, People, events, visit
from workbench.actions.billing.take_payment import PaymentMethod, take_payment
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.amount_due import AmountDue, amount_due
from workbench.screens.patient_balance import patient_balance
from workbench.screens.patient_file import patient_file
from workbench.store.engine import Store


def test_the_desk_sees_what_is_owed_and_paid_and_never_the_account(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    visit(store, 1, now)
    take_payment(gate, people.desk, FERN, now=now, amount_cents=2_000, method=PaymentMethod.CASH,
                 received_on=now.date(), reference="Receipt 12")  # fmt: skip
    due = amount_due(gate, people.desk, FERN, now=now)
    assert (due.balance_cents, due.unapplied_cents) == (-2_000, 2_000)
    assert [(one.cents, one.reference) for one in due.payments] == [(2_000, "Receipt 12")]
    with pytest.raises(NotFound):
        patient_balance(gate, people.desk, FERN, now=now)
    file = patient_file(gate, people.desk, FERN, now=now)
    assert (file.may_see_due, file.may_see_balance) == (True, False)
    assert ("balance.seen", "shown") in events(store)


def test_it_says_the_same_as_the_account(gate: Gate, people: People, now: datetime) -> None:
    whole, due = (read(gate, people.biller, FERN, now=now) for read in (patient_balance, amount_due))
    assert (due.balance_cents, due.unapplied_cents, due.payments) == (
        whole.balance_cents, whole.unapplied_cents, whole.payments,
    )  # fmt: skip


def test_no_column_of_a_charge_or_claim_is_even_read(gate: Gate, store: Store, people: People, now: datetime) -> None:
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    amount_due(gate, people.desk, FERN, now=now)
    read = [one for one in asked if one.startswith("SELECT") and "audit_events" not in one]
    assert read
    assert not [one for one in read if "charges" in one or "claims" in one or "service_code" in one or "notes" in one]
    assert {one.name for one in fields(AmountDue)} == {
        "patient_id", "number", "name", "balance_cents", "unapplied_cents", "payments",
    }  # fmt: skip


def test_whoever_sees_no_money_sees_no_due(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.ben, people.it):
        with pytest.raises(NotFound):
            amount_due(gate, who, FERN, now=now)
