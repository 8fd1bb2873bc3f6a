"""An agreement is registered by one person with everything that must be known of it."""

from datetime import date, datetime

import pytest

from tests.factories.small_practice import every_row, open_practice, people
from workbench.actions.messaging.register_agreement import register_agreement
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.messaging.agreements import AgreementUnclear
from workbench.messaging.tables import Agreement
from workbench.screens.agreements import agreements

GOOD = {"vendor": "Mail Carrier, Inc.", "carries": "mail", "host": " SMTP.Example.com ", "signed_on": date(2026, 3, 1),
        "ends_on": date(2027, 3, 1)}  # fmt: skip


def test_it_waits_until_somebody_approves(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)
    register_agreement(gate, people().manager, now=now, **GOOD)  # type: ignore[arg-type]
    (row,) = agreements(gate, people().manager, now=now)
    assert (row.vendor, row.carries, row.host, row.state, row.is_mine) == (
        "Mail Carrier, Inc.", "mail", "smtp.example.com", "waiting", True,
    )  # fmt: skip


@pytest.mark.parametrize(("wrong", "field"), [
    ({"vendor": " "}, "vendor"), ({"host": ""}, "host"), ({"host": "https://x/y"}, "host"),
    ({"signed_on": date(2026, 3, 10)}, "signed_on"), ({"ends_on": date(2026, 3, 9)}, "ends_on"),
])  # fmt: skip
def test_what_cannot_be_is_told_by_its_field(gate: Gate, now: datetime, wrong, field) -> None:
    before = every_row(gate.store)
    with pytest.raises(AgreementUnclear) as told:
        register_agreement(gate, people().manager, now=now, **(GOOD | wrong))  # type: ignore[arg-type]
    assert set(told.value.fields) == {field}
    assert every_row(gate.store) == before


def test_nobody_else_registers_one(gate: Gate, now: datetime) -> None:
    for who in (people().desk, people().ada, people().compliance):
        with pytest.raises(NotAllowed):
            register_agreement(gate, who, now=now, **GOOD)  # type: ignore[arg-type]
    with gate.store.reading() as read:
        assert read.query(Agreement).count() == 0
