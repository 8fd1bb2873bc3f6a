"""What an 835 says, and that it adds up or says where it does not."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.kernel.money import Cents
from workbench.x12.amounts import Amounts, written
from workbench.x12.balance import balance
from workbench.x12.envelope import read_interchanges
from workbench.x12.remittance import Adjustment, ProviderAdjustment, Remittance
from workbench.x12.remittance_reader import read_remittance, unknown_segments
from workbench.x12.remittance_writer import Advice, ClaimAdvice, LineAdvice, write_remittances
from workbench.x12.writing import Sending

HEAD = "ISA*00*          *00*          *ZZ*PAYER          *ZZ*PRACTICE       *260301*1200*^*00501*000000001*0*T*:~"
BODY = [
    "BPR*I*150*C*ACH*CCP*01*999999992*DA*1*1999999999**01*999999992*DA*2*20260305",
    "TRN*1*EFT-77*1999999999",
    "N1*PR*SAMPLE HEALTH*XV*SAMP1",
    "N1*PE*SAMPLE COUNSELING*XX*2000000002",
    "REF*TJ*999999999",
    "LX*1",
    "CLP*C-1042*1*160*85*25*12*PCN-1*10*1",
    "NM1*QC*1*EXAMPLE*JO****MI*W1",
    "NM1*82*1*SAMPLE*ADA****XX*2000000010",
    "MOA***MA01*MA18",
    "DTM*232*20260302",
    "DTM*050*20260303",
    "SVC*HC:90834:95*160*85**1*HC:90837:95",
    "DTM*472*20260302",
    "CAS*CO*45*50",
    "CAS*PR*3*25",
    "REF*6R*L-1",
    "LQ*HE*N130",
    "ZZZ*KEPT",
    "CLP*C-1043*1*100*90*0*12*PCN-2",
    "CAS*CO*45*4**253*1**59*1**97*1**B7*1**A1*2",
    "PLB*2000000002*20261231*WO:C-1001*30*L6*-5",
]


def file(body: list[str]) -> bytes:
    ended = [*body, f"SE*{len(body) + 2}*0001", "GE*1*1", "IEA*1*000000001"]
    return (HEAD + "GS*HP*P*Q*20260301*1200*1*X*005010X221A1~ST*835*0001~" + "~".join(ended) + "~").encode()


def read(body: list[str]) -> Remittance:
    return read_remittance(read_interchanges(file(body))[0].transactions[0])


def problems(body: list[str]) -> list[tuple[str, int]]:
    transaction = read_interchanges(file(body))[0].transactions[0]
    return [(one.where, one.off_by_cents) for one in balance(read_remittance(transaction), transaction)]


def changed(old: str, new: str) -> list[str]:
    assert any(old in one for one in BODY)
    return [one.replace(old, new) for one in BODY]


def test_everything_a_poster_needs_is_read() -> None:
    found = read(BODY)
    claim, second = found.claims
    line = claim.lines[0]

    assert (found.trace, found.method, found.payment_cents) == ("EFT-77", "ACH", 15000)
    assert (found.effective_on, found.payee_npi, found.payee_tax_id) == (date(2026, 3, 5), "2000000002", "999999999")
    assert (claim.number, claim.charged, claim.paid, claim.patient_responsibility) == ("C-1042", 16000, 8500, 2500)
    assert claim.patient == ("EXAMPLE", "JO", "W1")
    assert (claim.rendering_npi, claim.remarks) == ("2000000010", ("MA01", "MA18"))
    assert (claim.service_on, claim.received_on) == (date(2026, 3, 2), date(2026, 3, 3))
    assert (line.code, line.submitted_code, line.modifiers) == ("90834", "90837", ("95",))
    assert (line.line_number, line.remarks, line.service_on) == ("L-1", ("N130",), date(2026, 3, 2))
    assert line.adjustments == (Adjustment("CO", "45", Cents(5000)), Adjustment("PR", "3", Cents(2500)))
    assert [one.cents for one in second.adjustments] == [400, 100, 100, 100, 100, 200]
    assert [(one.reason, one.identifier, one.cents) for one in found.provider_adjustments] == [
        ("WO", "C-1001", 3000), ("L6", "", -500),
    ]  # fmt: skip


def test_a_whole_file_adds_up() -> None:
    assert problems(BODY) == []


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("BPR*I*150*", "BPR*I*150.01*", [("BPR", 1)]),
        ("*WO:C-1001*30*", "*WO:C-1001*31*", [("BPR", 100)]),
        ("CAS*CO*45*4**", "CAS*CO*45*3.5**", [("CLP 2", 50)]),
        ("CAS*CO*45*50", "CAS*CO*45*49.99", [("CLP 1", 1), ("CLP 1 SVC 1", 1)]),
        ("SVC*HC:90834:95*160*85*", "SVC*HC:90834:95*160*80*", [("CLP 1 SVC 1", 500)]),
        ("*160*85*25*", "*170*85*25*", [("CLP 1", 1000)]),
        ("CAS*PR*3*25", "CAS*PR*3*25.005", [("CLP 1", 0), ("CLP 1", 2500), ("CLP 1 SVC 1", 2500)]),
        ("BPR*I*150*", "BPR*I*-150*", [("BPR", 30000), ("BPR", 15000)]),
    ],
)
def test_what_does_not_add_up_is_named_with_its_level(old: str, new: str, where: list[tuple[str, int]]) -> None:
    assert problems(changed(old, new)) == where


def test_a_reversal_is_known_by_its_status_and_still_adds_up() -> None:
    body = [one for one in BODY if not one.startswith("PLB")]
    body[0] = body[0].replace("*150*", "*90*")
    body += ["CLP*C-1042*22*-160*-85*-25*12*PCN-1", "CAS*CO*45*-50", "CAS*PR*3*-25"]

    found = read(body)

    assert problems(body) == []
    assert [claim.is_reversal for claim in found.claims] == [False, False, True]
    assert found.claims[2].paid == -8500


def test_segments_nobody_knows_are_kept_and_listed() -> None:
    transaction = read_interchanges(file(BODY))[0].transactions[0]

    assert unknown_segments(transaction) == ("ZZZ*KEPT",)
    assert "ZZZ*KEPT" in read_remittance(transaction).claims[0].lines[0].body


@pytest.mark.parametrize(
    ("text", "value"),
    [("160", 16000), ("85.5", 8550), ("85.50", 8550), ("-.05", -5), ("+1", 100), ("0", 0), ("", 0), ("7.500", 750)],
)
def test_amounts_are_whole_cents(text: str, value: int) -> None:
    assert Amounts()[text] == value


@pytest.mark.parametrize("text", ["1.005", "abc", "1,000", "1e3", "--1", ".", "-"])
def test_what_is_no_amount_is_never_guessed(text: str) -> None:
    amounts = Amounts()

    assert amounts[text] == 0
    assert amounts.unread == [text]


@given(st.integers(-(10**11), 10**11))
def test_every_amount_survives_writing_and_reading(cents: int) -> None:
    assert Amounts()[written(cents)] == cents


WORD = st.sampled_from(["C-1042", "A", "ZZ-9", "W000000001"])
CENTS = st.integers(0, 90_000).map(Cents)
GROUPS, REASONS = st.sampled_from(["CO", "PR", "OA", "PI"]), st.sampled_from(["1", "45", "B7"])
ADJUSTMENTS = st.lists(st.builds(Adjustment, GROUPS, REASONS, CENTS, st.sampled_from(["", "2"])), max_size=8).map(tuple)


@st.composite
def lines(draw: st.DrawFn) -> LineAdvice:
    paid, adjustments = draw(CENTS), draw(ADJUSTMENTS)
    charged = Cents(paid + sum(one.cents for one in adjustments))
    on, modifiers = (
        draw(st.dates(date(2020, 1, 1), date(2030, 1, 1))),
        draw(st.sampled_from([(), ("95",), ("95", "HO")])),
    )
    return LineAdvice("90837", charged, paid, on, adjustments, modifiers, draw(st.integers(1, 3)), draw(WORD))


@st.composite
def claims(draw: st.DrawFn) -> ClaimAdvice:
    services, adjustments = tuple(draw(st.lists(lines(), max_size=2))), draw(ADJUSTMENTS)
    taken = sum(one.cents for one in adjustments)
    paid = Cents(sum(one.paid for one in services))
    charged = Cents(paid + taken + sum(one.cents for line in services for one in line.adjustments))
    return ClaimAdvice(draw(WORD), "1", charged, paid, draw(CENTS), draw(WORD), (draw(WORD), draw(WORD), draw(WORD)),
                       services, adjustments)  # fmt: skip


@given(st.lists(claims(), max_size=3).map(tuple))
def test_what_is_written_is_read_back_and_adds_up(advised: tuple[ClaimAdvice, ...]) -> None:
    advice = Advice("SAMPLE HEALTH", "SAMP1", "SAMPLE COUNSELING", "2000000002", "999999999", "EFT-1",
                    date(2026, 3, 5), advised)  # fmt: skip
    sending = Sending("PAYER", "PRACTICE", 7, datetime(2026, 3, 5, 12, 0))  # noqa: DTZ001 - wall time by contract

    transaction = read_interchanges(write_remittances([advice], sending))[0].transactions[0]
    found = read_remittance(transaction)

    assert balance(found, transaction) == ()
    assert [one.number for one in found.claims] == [one.number for one in advised]
    for sent, back in zip(advised, found.claims, strict=True):
        assert (back.charged, back.paid, back.patient_responsibility) == (
            sent.charged, sent.paid, sent.patient_responsibility,
        )  # fmt: skip
        assert back.adjustments == sent.adjustments
        assert back.patient == sent.patient
        assert [(one.code, one.modifiers, one.charged, one.paid, one.service_on, one.units, one.line_number)
                for one in back.lines] == [
            (one.code, one.modifiers, one.charged, one.paid, one.service_on, str(one.units), one.number)
            for one in sent.lines
        ]  # fmt: skip
        assert [one.adjustments for one in back.lines] == [one.adjustments for one in sent.lines]


def test_provider_adjustments_are_written_and_lower_the_payment() -> None:
    taken = (ProviderAdjustment("2000000002", "20261231", "WO", "C-1", Cents(500)),)
    claim = ClaimAdvice("C-2", "1", Cents(1000), Cents(1000), Cents(0), "P", ("A", "B", "C"))
    advice = Advice("P", "P1", "Q", "2000000002", "999999999", "T", date(2026, 3, 5), (claim,), taken)

    found = read_remittance(
        read_interchanges(write_remittances([advice], Sending("P", "Q", 1, datetime(2026, 3, 5))))[0].transactions[0]  # noqa: DTZ001
    )

    assert (found.payment_cents, found.provider_adjustments) == (500, taken)
