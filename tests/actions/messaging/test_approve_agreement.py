"""An agreement counts once another person than asked has approved it, whatever roles the two hold."""

from datetime import date, datetime

import pytest

from tests.factories.small_practice import open_practice, people
from workbench.actions.messaging.approve_agreement import approve_agreement
from workbench.actions.messaging.register_agreement import register_agreement
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.errors import NotFound
from workbench.messaging.agreements import AnotherApproves, ApprovedAlready, is_agreed
from workbench.screens.agreements import agreements


@pytest.fixture
def asked(gate: Gate, now: datetime) -> str:
    open_practice(gate.store, now)
    return register_agreement(
        gate, people().it, now=now, vendor="Carrier", carries="mail", host="smtp.example.com",
        signed_on=date(2026, 3, 1), ends_on=date(2026, 9, 1),
    ).agreement_id  # fmt: skip


def agreed(gate: Gate, on: date) -> bool:
    with gate.store.reading() as read:
        return is_agreed(read, "mail:smtp.example.com", on)


def test_it_counts_from_its_approval_until_its_end(gate: Gate, asked: str, now: datetime) -> None:
    assert not agreed(gate, now.date())
    approve_agreement(gate, people().compliance, asked, now=now)
    assert [agreed(gate, on) for on in (date(2026, 2, 28), date(2026, 3, 9), date(2026, 8, 31), date(2026, 9, 1))] == [
        False, True, True, False,
    ]  # fmt: skip
    assert agreements(gate, people().compliance, now=now)[0].state == "in_force"
    with pytest.raises(ApprovedAlready):
        approve_agreement(gate, people().compliance, asked, now=now)


def test_who_asked_does_not_approve_in_any_role(gate: Gate, asked: str, now: datetime) -> None:
    both = Actor("usr_it", "stf_it", frozenset({Role.IT, Role.COMPLIANCE}), "0" * 64)
    with pytest.raises(AnotherApproves):
        approve_agreement(gate, both, asked, now=now)
    assert not agreed(gate, now.date())


def test_nobody_but_compliance_approves(gate: Gate, asked: str, now: datetime) -> None:
    for who in (people().manager, people().desk, people().it):
        with pytest.raises(NotFound):
            approve_agreement(gate, who, asked, now=now)
