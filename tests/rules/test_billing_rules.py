"""Which code a session's time makes."""

import pytest

from workbench.billing.rules import ChargeDraft, Fee, Held, HeldBecause, charge_for
from workbench.kernel.money import Cents

FEES = (
    Fee("90791", Cents(20000)),
    Fee("90832", Cents(9000), 16, 37),
    Fee("90834", Cents(13000), 38, 52),
    Fee("90837", Cents(16000), 53, None),
)


@pytest.mark.parametrize(
    ("minutes", "code"),
    [(16, "90832"), (37, "90832"), (38, "90834"), (52, "90834"), (53, "90837"), (120, "90837")],
)
def test_time_makes_the_code_and_both_ends_belong_to_it(minutes: int, code: str) -> None:
    draft = charge_for(minutes=minutes, service_code="", fees=FEES, place_code="11")

    assert isinstance(draft, ChargeDraft)
    assert (draft.code, draft.units, draft.modifiers) == (code, 1, ())


def test_a_kind_of_session_with_its_own_code_needs_no_clock() -> None:
    draft = charge_for(minutes=45, service_code="90791", fees=FEES, place_code="10")

    assert draft == ChargeDraft("90791", ("95",), 1, 45, Cents(20000))


@pytest.mark.parametrize(
    ("minutes", "code", "fees", "individual", "because"),
    [
        (15, "", FEES, True, HeldBecause.TOO_SHORT),
        (50, "90853", FEES, True, HeldBecause.NO_FEE),
        (50, "", (), True, HeldBecause.NO_FEE),
        (50, "", FEES, False, HeldBecause.NO_FEE),
    ],
)
def test_what_makes_no_charge_is_held_with_its_reason(
    minutes: int, code: str, fees: tuple[Fee, ...], individual: bool, because: HeldBecause
) -> None:
    held = charge_for(minutes=minutes, service_code=code, fees=fees, place_code="11", is_individual=individual)

    assert held == Held(because)


def test_a_schedule_without_times_takes_the_standard_ones() -> None:
    draft = charge_for(minutes=50, service_code="", fees=[Fee("90834", Cents(1))], place_code="02")

    assert draft == ChargeDraft("90834", ("95",), 1, 50, Cents(1))
