"""Files as clearinghouses really send them: folded, padded, with other delimiters, cut short."""

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.x12.envelope import Delimiters, NotX12, read_interchanges, repeated_controls
from workbench.x12.remittance_reader import read_remittance

ISA = "ISA*00*          *00*          *ZZ*PAYER          *ZZ*PRACTICE       *260301*1200*^*00501*000000001*0*T*:~"
GS = "GS*HP*PAYER*PRACTICE*20260301*1200*1*X*005010X221A1~"
SET = (
    "ST*835*0001~BPR*I*85*C*ACH~TRN*1*T-1*1999999999~LX*1~CLP*C-1*1*160*85*25*12*P-1~CAS*CO*45*50~CAS*PR*3*25~"
    "SE*8*0001~"
)
FILE = ISA + GS + SET + "GE*1*1~IEA*1*000000001~"


def paid(data: bytes) -> list[int]:
    return [read_remittance(one).payment_cents for each in read_interchanges(data) for one in each.transactions]


def problems(data: bytes) -> list[str]:
    read = read_interchanges(data)
    own = [one.where for each in read for one in each.problems]
    return own + [one.where for each in read for set_ in each.transactions for one in set_.problems]


@pytest.mark.parametrize(
    "shape",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("~", "~\n").encode(),
        lambda text: text.replace("~", "~\r\n").encode(),
        lambda text: text.replace("~", "\n~").encode(),
        lambda text: text.replace("~", "\n").encode(),
        lambda text: text.replace("~", "\r\n").encode(),
        lambda text: text.replace("~", "\r").encode(),
        lambda text: re.sub("(.{80})", "\\1\r\n", text).encode(),
        lambda text: re.sub("(.{80})", "\\1\n", text).encode(),
        lambda text: text.replace("~", "~ ").encode(),
        lambda text: ("\r\n\r\n" + text + "\r\n\x1a").encode(),
        lambda text: text.replace("          ", "").replace("PAYER  ", "PAYER").encode(),
        lambda text: text.replace("PAYER          ", "PAYER" + " " * 30).encode(),
        lambda text: text.replace("*", "|").replace(":", ">").encode(),
        lambda text: text.replace("*", "\x1d").replace("~", "\x1c").replace(":", "\x1f").encode(),
        lambda text: text.rstrip("~").encode(),
        lambda text: text.replace("T*:~", "T* ~", 1).replace("T* ~", "T*:~", 1).encode(),
    ],
)
def test_the_same_payment_is_read_however_the_file_was_made(shape) -> None:
    data = shape(FILE)

    assert paid(data) == [8500]
    assert problems(data) == []


def test_delimiters_are_looked_up_again_at_every_isa() -> None:
    second = FILE.replace("*", "|").replace("~", "\n").replace("000000001", "000000002")
    third = FILE.replace("*", "+").replace("~", "'").replace(":", "<").replace("000000001", "000000003")

    read = read_interchanges((FILE + "\r\n" + second + third).encode())

    assert [one.control for one in read] == ["000000001", "000000002", "000000003"]
    assert [one.marks for one in read] == [
        Delimiters("*", ":", "^", "~"), Delimiters("|", ":", "^", "\n"), Delimiters("+", "<", "^", "'"),
    ]  # fmt: skip
    assert paid((FILE + second + third).encode()) == [8500, 8500, 8500]


def test_several_groups_and_sets_are_all_read() -> None:
    two = SET + SET.replace("0001", "0002")
    data = ISA + GS + two + "GE*2*1~" + GS.replace("*1*X", "*2*X") + SET + "GE*1*2~IEA*2*000000001~"

    assert paid(data.encode()) == [8500, 8500, 8500]
    assert problems(data.encode()) == []


def test_a_person_called_isa_does_not_open_an_interchange() -> None:
    data = FILE.replace("CAS*CO", "NM1*QC*1*DOE*ISA*M***MI*1~CAS*CO").replace("SE*8", "SE*9")

    assert len(read_interchanges(data.encode())) == 1
    assert problems(data.encode()) == []


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (FILE.replace("SE*8", "SE*9"), ["SE"]),
        (FILE.replace("SE*8*0001", "SE*8*0002"), ["SE"]),
        (FILE.replace("GE*1*1", "GE*2*1"), ["GE"]),
        (FILE.replace("IEA*1*000000001", "IEA*1*000000002"), ["IEA"]),
        (FILE.replace("SE*8*0001~", ""), ["SE"]),
        (FILE[: FILE.index("GE*")], ["GE", "IEA"]),
        (FILE[: FILE.index("CAS*PR")], ["GE", "IEA", "SE"]),
        (FILE.replace("GE*1*1~", "GE*1*1~XX*9~"), ["XX"]),
    ],
)
def test_a_file_cut_short_or_miscounted_says_where(data: str, where: list[str]) -> None:
    assert problems(data.encode()) == where


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7 ISA", b"ISA*00*", b"\xff\xfe"])
def test_what_is_not_x12_is_refused(data: bytes) -> None:
    with pytest.raises(NotX12):
        read_interchanges(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(NotX12):
        read_interchanges(data)


@given(st.integers(0, len(FILE) - 2))
def test_a_file_cut_anywhere_before_its_last_mark_never_passes_for_whole(length: int) -> None:
    data = FILE[:length].encode()
    try:
        found = problems(data)
    except NotX12:
        return
    assert found


def test_a_control_number_used_twice_in_one_file_is_named() -> None:
    assert repeated_controls(read_interchanges((FILE + FILE).encode())) == ("000000001",)
