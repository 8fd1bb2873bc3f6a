"""The 837P we write: what pyx12 makes of it, what comes back when it is read, what is never written."""

import io
from dataclasses import replace
from datetime import date, datetime

import pytest
import pyx12.params
import pyx12.x12n_document
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.kernel.money import Cents
from workbench.x12 import claim as x12
from workbench.x12.claim_reader import count_claims
from workbench.x12.claim_writer import ClaimFile, write_claims
from workbench.x12.envelope import read_interchanges
from workbench.x12.identifiers import is_npi, npi
from workbench.x12.writing import ControlOutOfRange, Sending, UnsendableText, plain

US = x12.Address("1 Sample Street", "Springfield", "IL", "627010001")
HOME = x12.Address("2 Sample Street", "Springfield", "IL", "62701")
FILE = ClaimFile(
    Sending("WORKBENCH", "CLEARINGHOUSE", 42, datetime(2026, 3, 5, 12, 0)),  # noqa: DTZ001 - wall time by contract
    x12.Submitter("Sample Counseling", "WORKBENCH", "Billing", "2175550100"),
    x12.Receiver("Clearinghouse", "CH01"),
    x12.BillingProvider("Sample Counseling", "2000000002", "999999999", "251S00000X", US),
)
CLAIM = x12.Claim(
    number="C-1042",
    charged=Cents(18000),
    subscriber=x12.Person("Example", "Zoë", date(1990, 4, 1), "F", HOME),
    coverage=x12.Coverage("Sample Health", "SAMP1", "W000000001"),
    rendering=x12.RenderingProvider("Sample", "Ada", "2000000010", "1041C0700X"),
    diagnoses=("F411", "F329"),
    lines=(
        x12.ServiceLine("90837", Cents(16000), date(2026, 3, 2), (1, 2), "L-1", ("95",)),
        x12.ServiceLine("90785", Cents(2000), date(2026, 3, 2), (1,), "L-2"),
    ),
    place_of_service="10",
)


def structural_errors(data: bytes) -> str:
    """What pyx12 holds against a file; empty when nothing."""
    answer, told = io.StringIO(), io.StringIO()
    fine = pyx12.x12n_document.x12n_document(
        pyx12.params.params(), io.StringIO(data.decode()), answer, told, None, None
    )
    wrong = [one for one in answer.getvalue().split("~") if one.strip().startswith(("IK3", "IK4", "AK3", "AK4"))]
    return "" if fine and not wrong else "\n".join(wrong) or "refused"


def test_a_claim_passes_the_structural_check() -> None:
    assert structural_errors(write_claims(FILE, [CLAIM])) == ""


def test_the_structural_check_notices_a_missing_segment() -> None:
    assert structural_errors(write_claims(FILE, [CLAIM]).replace(b"SBR*P*18*******CI~", b"")) != ""


def test_replacement_dependent_and_authorised_claims_pass_too() -> None:
    child = x12.Person("Example", "Kim", date(2015, 4, 1), "U", HOME)
    replacement = replace(
        CLAIM, number="C-1043", frequency=x12.Frequency.REPLACEMENT, original_reference="PCN-1", authorization="A-77"
    )
    dependent = replace(CLAIM, number="C-1044", patient=child, relationship="19")
    void = replace(CLAIM, number="C-1045", frequency=x12.Frequency.VOID, original_reference="PCN-2")

    data = write_claims(FILE, [CLAIM, replacement, dependent, void])

    assert structural_errors(data) == ""
    assert b"CLM*C-1043*180***10:B:7*Y*A*Y*Y~REF*G1*A-77~REF*F8*PCN-1~" in data
    assert b"CLM*C-1045*180***10:B:8*Y*A*Y*Y~REF*F8*PCN-2~" in data


def test_many_claims_of_one_person_share_their_loops_and_are_counted() -> None:
    data = write_claims(FILE, [replace(CLAIM, number=f"C-{n}") for n in range(300)])
    counts = count_claims(read_interchanges(data)[0].transactions[0])

    assert data.count(b"~HL*") == 2
    assert (counts.claims, counts.lines, counts.charged_cents, counts.problems) == (300, 600, 300 * 18000, ())


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.integers(1, 90_000), min_size=1, max_size=6),
    st.lists(st.sampled_from(["F411", "F329", "F4310", "F909", "Z630"]), min_size=1, max_size=4, unique=True),
    st.sampled_from(["02", "10", "11"]),
)
def test_any_claim_that_is_written_is_sound_and_counted(amounts: list[int], codes: list[str], place: str) -> None:
    lines = tuple(
        x12.ServiceLine("90834", Cents(amount), date(2026, 3, 2), tuple(range(1, len(codes) + 1)), f"L-{at}")
        for at, amount in enumerate(amounts)
    )
    claim = replace(CLAIM, charged=Cents(sum(amounts)), lines=lines, diagnoses=tuple(codes), place_of_service=place)

    data = write_claims(FILE, [claim])
    counts = count_claims(read_interchanges(data)[0].transactions[0])

    assert structural_errors(data) == ""
    assert (counts.lines, counts.charged_cents, counts.problems) == (len(amounts), sum(amounts), ())


FIRST, SECOND = CLAIM.lines


@pytest.mark.parametrize(
    ("claim", "refusal"),
    [
        (replace(CLAIM, rendering=replace(CLAIM.rendering, npi="2000000011")), x12.NotAnNpi),
        (replace(CLAIM, diagnoses=("F41.1", "F329")), x12.BadDiagnosis),
        (replace(CLAIM, diagnoses=("F411", "F411")), x12.BadDiagnosis),
        (replace(CLAIM, diagnoses=()), x12.BadDiagnosis),
        (replace(CLAIM, diagnoses=tuple(f"F4{n:02d}" for n in range(13))), x12.BadDiagnosis),
        (replace(CLAIM, charged=Cents(17999)), x12.ChargeNotSumOfLines),
        (replace(CLAIM, lines=(replace(FIRST, pointers=(3,)), SECOND)), x12.BadPointer),
        (replace(CLAIM, lines=(replace(FIRST, pointers=()), SECOND)), x12.BadPointer),
        (replace(CLAIM, lines=(replace(FIRST, code="9083"), SECOND)), x12.BadServiceLine),
        (replace(CLAIM, lines=(replace(FIRST, modifiers=("9",)), SECOND)), x12.BadServiceLine),
        (replace(CLAIM, frequency=x12.Frequency.REPLACEMENT), x12.NoOriginalReference),
        (replace(CLAIM, original_reference="PCN-1"), x12.NoOriginalReference),
        (replace(CLAIM, relationship="19"), x12.IncompleteClaim),
        (replace(CLAIM, coverage=replace(CLAIM.coverage, member_id="")), x12.IncompleteClaim),
        (replace(CLAIM, number="C" * 21), x12.IncompleteClaim),
        (replace(CLAIM, subscriber=replace(CLAIM.subscriber, last_name="Ex*mple")), UnsendableText),
    ],
)
def test_what_a_payer_would_turn_away_is_not_written(claim: x12.Claim, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        write_claims(FILE, [claim])


def test_a_practice_with_a_wrong_npi_or_short_zip_writes_nothing() -> None:
    with pytest.raises(x12.NotAnNpi):
        write_claims(replace(FILE, billing=replace(FILE.billing, npi="2000000003")), [CLAIM])
    with pytest.raises(x12.IncompleteClaim):
        write_claims(replace(FILE, billing=replace(FILE.billing, address=HOME)), [CLAIM])


def test_a_control_number_of_ten_digits_is_refused() -> None:
    with pytest.raises(ControlOutOfRange):
        write_claims(replace(FILE, sending=replace(FILE.sending, control=1_000_000_000)), [CLAIM])


def test_names_go_out_in_plain_capitals_and_refusals_do_not_repeat_them() -> None:
    assert plain(" Zoë  O’Example ") == "ZOE O'EXAMPLE"
    with pytest.raises(UnsendableText) as refusal:
        plain("Пример")
    assert "Пример" not in str(refusal.value)


@pytest.mark.parametrize(("text", "fits"), [("1234567893", True), ("1234567890", False), ("123456789", False),
                                            ("12345678٩3", False), ("2000000002", True)])  # fmt: skip
def test_an_npi_proves_itself(text: str, fits: bool) -> None:
    assert is_npi(text) is fits


@given(st.integers(0, 999_999_999))
def test_every_nine_digits_have_one_npi_and_one_slip_breaks_it(first: int) -> None:
    number = npi(f"{first:09d}")
    slipped = f"{number[:4]}{(int(number[4]) + 1) % 10}{number[5:]}"

    assert is_npi(number)
    assert not is_npi(slipped)
