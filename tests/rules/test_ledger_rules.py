"""Whatever happens, an entry sums to zero, and no cent is lost, made or moved to the wrong person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.kernel.money import Cents
from workbench.ledger.rules import (
    Account,
    AdjustedBy,
    Line,
    NothingToBook,
    PaidCharge,
    PaidClaim,
    balanced,
    charge,
    patient_payment,
    provider_adjustment,
    remittance,
    reversal,
    spread,
    unmatched,
)

CENTS = st.integers(-500_000, 500_000).map(Cents)
ADJUSTED = st.builds(
    AdjustedBy, st.sampled_from(["CO", "PR", "OA", "PI"]), st.sampled_from(["1", "45", "253", "197"]), CENTS
)
CLAIMS = st.builds(
    PaidClaim,
    patient_id=st.just("pat_1"),
    payer_id=st.sampled_from(["pyr_1", None]),
    charges=st.lists(
        st.builds(PaidCharge, st.sampled_from(["chg_1", "chg_2"]), CENTS, CENTS, st.lists(ADJUSTED).map(tuple)),
        min_size=1,
        max_size=3,
    ).map(tuple),
    adjustments=st.lists(ADJUSTED, max_size=3).map(tuple),
    paid_besides=CENTS,
    patient_pays=st.booleans(),
)


def total(lines: tuple[Line, ...], account: Account) -> int:
    return sum(line.cents for line in lines if line.account is account)


@given(CLAIMS)
def test_every_claim_payment_sums_to_zero_and_so_does_its_reversal(claim: PaidClaim) -> None:
    lines = remittance(claim)
    arrived = sum(one.paid for one in claim.charges) + claim.paid_besides

    assert balanced(lines)
    assert balanced(reversal(lines))
    assert total(lines, Account.CLEARING_EFT) == arrived
    assert all(line.cents for line in lines)


@given(CLAIMS)
def test_only_what_the_payer_calls_the_patients_goes_to_the_patient(claim: PaidClaim) -> None:
    lines = remittance(claim)
    told = [*claim.adjustments, *[one for each in claim.charges for one in each.adjustments]]
    share = sum(one.cents for one in told if one.group == "PR")

    assert total(lines, Account.RECEIVABLE_PATIENT) == (share if claim.patient_pays else 0)


@given(CLAIMS)
def test_only_the_contract_writes_off(claim: PaidClaim) -> None:
    told = [*claim.adjustments, *[one for each in claim.charges for one in each.adjustments]]
    agreed = sum(one.cents for one in told if one.group == "CO" and one.reason in ("45", "253"))

    assert total(remittance(claim), Account.CONTRACTUAL) == agreed


@given(CENTS, st.lists(st.integers(0, 100_000), min_size=1, max_size=9))
def test_a_spread_amount_loses_no_cent_and_keeps_its_sign(amount: Cents, weights: list[int]) -> None:
    parts = spread(amount, weights)

    assert sum(parts) == amount
    assert all(part * amount >= 0 for part in parts)


@given(
    st.integers(1, 500_000).map(Cents),
    st.lists(st.tuples(st.sampled_from(["chg_1", "chg_2", "chg_3"]), CENTS), max_size=4),
)
def test_a_patient_payment_never_pays_a_session_beyond_what_is_owed(
    amount: Cents, owed: list[tuple[str, Cents]]
) -> None:
    lines = patient_payment("pat_1", amount, Account.CLEARING_DEPOSIT, owed)

    assert balanced(lines)
    assert -total(lines, Account.RECEIVABLE_PATIENT) <= sum(max(cents, 0) for _, cents in owed)
    assert -total(lines, Account.RECEIVABLE_PATIENT) - total(lines, Account.UNAPPLIED_PATIENT) == amount


@pytest.mark.parametrize(("payer", "owes"), [("pyr_1", Account.RECEIVABLE_PAYER), (None, Account.RECEIVABLE_PATIENT)])
def test_a_charge_is_owed_by_the_payer_or_by_the_patient(payer: str | None, owes: Account) -> None:
    lines = charge("chg_1", "pat_1", payer, Cents(16000))

    assert [(line.account, line.cents) for line in lines] == [(owes, 16000), (Account.INCOME, -16000)]


@pytest.mark.parametrize("cents", [0, -1])
def test_nothing_and_less_is_not_booked(cents: int) -> None:
    with pytest.raises(NothingToBook):
        charge("chg_1", "pat_1", None, Cents(cents))
    with pytest.raises(NothingToBook):
        patient_payment("pat_1", Cents(cents), Account.CLEARING_DEPOSIT, [])


def test_interest_a_payer_adds_is_income_and_what_it_keeps_back_is_not() -> None:
    added, kept = provider_adjustment("pyr_1", "L6", Cents(-500)), provider_adjustment("pyr_1", "WO", Cents(700))

    assert [(line.account, line.cents) for line in added] == [(Account.INCOME, -500), (Account.CLEARING_EFT, 500)]
    assert [(line.account, line.cents) for line in kept] == [
        (Account.PAYER_RECOUPMENT, 700), (Account.CLEARING_EFT, -700),
    ]  # fmt: skip


def test_a_zero_for_a_claim_nobody_knows_books_nothing() -> None:
    assert unmatched("pyr_1", Cents(0)) == ()
    assert balanced(unmatched("pyr_1", Cents(100)))
