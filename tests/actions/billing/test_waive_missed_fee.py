"""A fee that is not charged has a reason of the list, and the books know nothing of it."""

import pytest
from sqlalchemy import func, select

from tests.actions.billing.missing import NO_SHOW, Missing
from tests.factories.small_practice import events, every_row, people
from workbench.actions.billing.waive_missed_fee import waive_missed_fee
from workbench.billing.missed_rules import NothingMissed, TermsWrong, Waiver
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.ledger.tables import LedgerEntry
from workbench.scheduling.tables import AttendanceStatus
from workbench.screens.missed_fees import missed_fees


@pytest.mark.parametrize("why", list(Waiver))
def test_the_reason_and_what_it_was_are_kept(gate: Gate, missing: Missing, why: Waiver) -> None:
    done = waive_missed_fee(gate, people().biller, missing.missed(), now=missing.later, why=why)
    assert done.cents == NO_SHOW
    assert events(gate.store)[-1] == ("missed_fee.waived", "done")
    (fee,) = missed_fees(gate, people().biller, now=missing.later).decided
    assert (fee.waived, fee.cents) == (why, NO_SHOW)
    with gate.store.reading() as session:
        assert session.scalars(select(func.count()).select_from(LedgerEntry)).one() == 0


@pytest.mark.parametrize("why", ["", "because", "ILL"])
def test_a_reason_of_the_list_is_needed(gate: Gate, missing: Missing, why: str) -> None:
    attendance = missing.missed()
    before = every_row(gate.store)
    with pytest.raises(TermsWrong) as refused:
        waive_missed_fee(gate, people().biller, attendance, now=missing.later, why=why)
    assert set(refused.value.fields) == {"reason"}
    assert every_row(gate.store) == before


def test_there_is_nothing_to_waive_for_who_came(gate: Gate, missing: Missing) -> None:
    attendance = missing.missed(status=AttendanceStatus.COMPLETED)
    with pytest.raises(NothingMissed):
        waive_missed_fee(gate, people().biller, attendance, now=missing.later, why="ill")


def test_others_cannot(gate: Gate, missing: Missing) -> None:
    attendance = missing.missed()
    for who in ("ben", "desk", "manager", "it"):
        with pytest.raises((NotAllowed, NotFound)):
            waive_missed_fee(gate, getattr(people(), who), attendance, now=missing.later, why="ill")
