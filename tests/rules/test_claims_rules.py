"""Which claim a payment means, what stands in the way of posting it, and what belongs on one claim."""

from dataclasses import replace
from datetime import date

import pytest

from workbench.claims.drafting import Chargeable, Plan, claim_of, together
from workbench.claims.rules import (
    CannotPost,
    Matched,
    Obstacle,
    OurClaim,
    OurLine,
    match,
    matched_lines,
    number_in,
    obstacle,
    refuse_problems,
    state_after,
)
from workbench.claims.states import CLAIM_MOVES, ClaimState, RemittanceState, WrongState, moved_claim, moved_remittance
from workbench.claims.tables import CoverageDetails, Insured
from workbench.kernel.money import Cents
from workbench.x12 import claim as x12
from workbench.x12.envelope import Delimiters, Problem
from workbench.x12.remittance import Adjustment, ClaimPayment, ServicePayment

MARKS = Delimiters()
TWO_LINES = (OurLine("chg_1", "C-1001-1", "90837", Cents(16000)), OurLine("chg_2", "C-1001-2", "90785", Cents(2000)))
OURS = OurClaim("clm_1", "C-1001", "PCN-1", "pyr_1", "pat_1", ClaimState.APPROVED, Cents(18000), TWO_LINES)


def line(code: str = "90837", charged: int = 16000, paid: int = 8500, number: str = "") -> ServicePayment:
    body = f"HC:{code}*160*85~REF*6R*{number}~" if number else f"HC:{code}*160*85~"
    return ServicePayment(f"HC:{code}", Cents(charged), Cents(paid), (), body, MARKS)


def payment(
    number: str = "C-1001", *, status: str = "1", charged: int = 18000, theirs: str = "",
    lines: tuple[ServicePayment, ...] = (),
) -> ClaimPayment:  # fmt: skip
    return ClaimPayment(number, status, Cents(charged), Cents(0), Cents(0), theirs, (), lines, "", MARKS)


@pytest.mark.parametrize("text", ["C-1001", "c-1001", " C1001 ", "C-0001001", "c1001"])
def test_our_number_is_known_however_a_payer_writes_it(text: str) -> None:
    assert match(payment(text), [OURS]) == (OURS, Matched.OUR_NUMBER)


@pytest.mark.parametrize("text", ["", "1001", "D-1001", "C-1001X", "C--1001"])
def test_what_is_not_our_number_is_not_guessed(text: str) -> None:
    assert number_in(text) is None
    assert match(payment(text), [OURS]) == (None, Matched.NOTHING)


def test_the_payers_own_number_is_the_second_way_and_must_be_unique() -> None:
    other = replace(OURS, claim_id="clm_2", number="C-1002")

    assert match(payment("?", theirs="PCN-1"), [OURS]) == (OURS, Matched.PAYER_NUMBER)
    assert match(payment("?", theirs="PCN-1"), [OURS, other]) == (None, Matched.NOTHING)


@pytest.mark.parametrize(
    ("told", "state", "payer", "expected"),
    [
        (payment(), ClaimState.APPROVED, "pyr_1", None),
        (payment(), ClaimState.APPROVED, None, None),
        (payment(charged=17999), ClaimState.APPROVED, "pyr_1", Obstacle.OTHER_CHARGE),
        (payment(), ClaimState.APPROVED, "pyr_2", Obstacle.OTHER_PAYER),
        (payment(), ClaimState.SETTLED, "pyr_1", Obstacle.ANSWERED_BEFORE),
        (payment(), ClaimState.DENIED, "pyr_1", Obstacle.ANSWERED_BEFORE),
        (payment(status="22", charged=-18000), ClaimState.SETTLED, "pyr_1", None),
        (payment(status="22", charged=-18000), ClaimState.APPROVED, "pyr_1", Obstacle.NOTHING_TO_REVERSE),
        (payment(status="22", charged=18000), ClaimState.SETTLED, "pyr_1", Obstacle.OTHER_CHARGE),
        (payment(lines=(line("99999"),)), ClaimState.APPROVED, "pyr_1", Obstacle.UNKNOWN_LINE),
    ],
)
def test_what_stands_in_the_way_is_named(
    told: ClaimPayment, state: ClaimState, payer: str | None, expected: Obstacle | None
) -> None:
    assert obstacle(told, OURS, state, payer) is expected


def test_lines_are_known_by_our_number_then_by_code_and_split_lines_are_added_up() -> None:
    cas = (Adjustment("CO", "45", Cents(100)),)
    told = payment(lines=(
        line("90834", 8000, 4000, "C-1001-1"), line("90837", 8000, 3000), line("90785", 2000, 1900)._replace(
            adjustments=cas
        ),
    ))  # fmt: skip

    first, second = matched_lines(told, OURS)

    assert (first.charge_id, first.paid, first.adjustments) == ("chg_1", 7000, ())
    assert (second.charge_id, second.paid, second.adjustments) == ("chg_2", 1900, cas)


def test_a_dropped_modifier_or_changed_code_still_finds_the_only_line() -> None:
    one = replace(OURS, lines=TWO_LINES[:1], charged=Cents(16000))

    assert matched_lines(payment(lines=(line("90834"),)), one)[0].paid == 8500


def test_a_refusal_names_the_level_and_the_cents_and_nobody() -> None:
    with pytest.raises(CannotPost, match=r"CLP 3 SVC 1: .* off by 5 cents\. There are 1 more"):
        refuse_problems([Problem("CLP 3 SVC 1", "It does not add up.", 5), Problem("SE", "Cut short.")])
    refuse_problems([])


@pytest.mark.parametrize(
    ("status", "left", "state"),
    [
        ("1", 0, ClaimState.SETTLED), ("1", 1, ClaimState.NEEDS_WORK), ("1", -1, ClaimState.NEEDS_WORK),
        ("4", 0, ClaimState.DENIED), ("22", 5, ClaimState.APPROVED), ("2", 0, ClaimState.SETTLED),
    ],
)  # fmt: skip
def test_where_a_claim_stands_after_its_answer(status: str, left: int, state: ClaimState) -> None:
    assert state_after(status, Cents(left)) is state


def test_states_move_only_by_the_table() -> None:
    assert set(CLAIM_MOVES) == set(ClaimState)
    with pytest.raises(WrongState):
        moved_claim(ClaimState.SETTLED, ClaimState.DENIED)
    with pytest.raises(WrongState):
        moved_remittance(RemittanceState.PROPOSED, RemittanceState.POSTED)


CHARGE = Chargeable("chg_1", "pat_1", "stf_1", "pyr_1", "cov_1", date(2026, 3, 2), "90837", ("95",), 1, Cents(16000),
                    "10", ("F411", "F329"))  # fmt: skip
HOME = x12.Address("2 Example Way", "Springfield", "NY", "12345")
PATIENT = x12.Person("Reed", "Robin", date(1990, 4, 1), "F", HOME)
RENDERING = x12.RenderingProvider("Orchard", "Ona", "2000000010")


def test_charges_of_one_visit_go_together_and_others_apart() -> None:
    charges = [
        CHARGE, replace(CHARGE, charge_id="chg_2", code="90785"), replace(CHARGE, charge_id="chg_3", place_code="11"),
        replace(CHARGE, charge_id="chg_4", service_on=date(2026, 3, 1)), replace(CHARGE, charge_id="chg_5",
                                                                                patient_id="pat_2"),
    ]  # fmt: skip

    assert [{one.charge_id for one in group} for group in together(reversed(charges))] == [
        {"chg_4"}, {"chg_1", "chg_2"}, {"chg_3"}, {"chg_5"},
    ]  # fmt: skip


def test_a_claim_says_what_its_charges_say() -> None:
    second = replace(CHARGE, charge_id="chg_2", code="90785", amount=Cents(2000), diagnoses=("F329", "F4310"))

    claim = claim_of(1001, (CHARGE, second), PATIENT, Plan("P", "P1", "CI", "P", CoverageDetails("W1")), RENDERING)

    x12.check_claim(claim)
    assert (claim.number, claim.charged, claim.diagnoses) == ("C-1001", 18000, ("F411", "F329", "F4310"))
    assert [(one.number, one.pointers) for one in claim.lines] == [("C-1001-1", (1, 2)), ("C-1001-2", (2, 3))]
    assert (claim.subscriber, claim.patient) == (PATIENT, None)


def test_a_child_on_a_parents_plan_is_the_patient_of_the_parents_claim() -> None:
    parent = Insured("19", "Pat", "Reed", date(1960, 1, 1), "M", "2 Example Way", "Springfield", "NY", "12345")

    claim = claim_of(
        1001, (CHARGE,), PATIENT, Plan("P", "P1", "CI", "P", CoverageDetails("W1", insured=parent)), RENDERING
    )

    x12.check_claim(claim)
    assert (claim.subscriber.first_name, claim.patient, claim.relationship) == ("Pat", PATIENT, "19")
