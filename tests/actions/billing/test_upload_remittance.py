"""An 835 is kept, read, balanced and proposed; or refused with a clear sentence, and nothing of it stays."""

from datetime import datetime

import pytest
from sqlalchemy import select

from tests.factories.billed_practice import books, cover, paid, remittance_file
from tests.factories.small_practice import events, every_row, put
from workbench.actions.billing.upload_remittance import NotARemittance, OtherPractice, upload_remittance
from workbench.claims.rules import AlreadyPosted, CannotPost, Matched, Obstacle
from workbench.claims.states import ProposalState
from workbench.claims.tables import RemittanceClaim
from workbench.documents.tables import Document
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotAllowed
from workbench.store.engine import Store
from workbench.x12.envelope import NotX12

FILE = remittance_file(paid("C-1001"), paid("c1002"))


def proposals(store: Store) -> list[RemittanceClaim]:
    with store.reading() as session:
        return list(session.scalars(select(RemittanceClaim).order_by(RemittanceClaim.position)))


def test_every_claim_payment_is_matched_with_the_lines_it_would_book(
    gate: Gate, practice: Store, approved: tuple[str, ...], biller: Actor, now: datetime
) -> None:
    before = books(practice)

    done = upload_remittance(gate, biller, now=now, content=FILE)

    first, second = proposals(practice)
    assert (done.claims, done.blocked, len(done.remittance_ids)) == (2, 0, 1)
    assert (first.matched_by, second.matched_by) == (Matched.OUR_NUMBER, Matched.OUR_NUMBER)
    assert [(account, cents, reason) for account, cents, _, reason in first.lines] == [
        ("clearing:eft", 8500, ""), ("contractual", 5000, "CO 45"), ("receivable:patient", 2500, "PR 2"),
        ("receivable:payer", -16000, ""),
    ]  # fmt: skip
    assert {line[2] for line in first.lines} == {"chg_1"}
    assert books(practice) == before  # proposed is not booked


def test_the_file_is_kept_byte_for_byte(
    gate: Gate, practice: Store, approved: tuple[str, ...], biller: Actor, now: datetime
) -> None:
    done = upload_remittance(gate, biller, now=now, content=FILE)

    with practice.reading() as session:
        assert session.get_one(Document, done.document_id).content.data == FILE


@pytest.mark.parametrize(
    ("content", "refusal", "says"),
    [
        (b"", NotX12, "not an X12 file"),
        (b"hello", NotX12, "not an X12 file"),
        (FILE[: FILE.index(b"IEA")], CannotPost, "cut short"),
        (FILE[: FILE.index(b"SE*")], CannotPost, "cut short"),
        (FILE[: len(FILE) // 2], CannotPost, "cut short"),
        (FILE.replace(b"CAS*CO*45*50", b"CAS*CO*45*49", 1), CannotPost, "CLP 1"),
        (FILE.replace(b"CAS*CO*45*50", b"CAS*CO*45*49", 1), CannotPost, "off by 100 cents"),
        (FILE.replace(b"BPR*I*170*", b"BPR*I*171*", 1), CannotPost, "BPR"),
        (remittance_file(paid("C-1001"), npi="2000000028"), OtherPractice, "another practice"),
        (remittance_file(paid("C-1001"), tax_id="000000001"), OtherPractice, "another practice"),
        (FILE.replace(b"ST*835", b"ST*820"), NotARemittance, "no remittance"),
    ],
)
def test_what_is_not_whole_or_not_ours_leaves_only_the_line_of_its_refusal(
    gate: Gate, practice: Store, approved: tuple[str, ...], biller: Actor, now: datetime,
    content: bytes, refusal: type[Exception], says: str,
) -> None:  # fmt: skip
    before = every_row(practice)

    with pytest.raises(refusal, match=says):
        upload_remittance(gate, biller, now=now, content=content)

    assert every_row(practice) == before
    assert events(practice)[-1] == ("action.refused", "refused")


def test_the_same_file_and_the_same_payment_in_another_file_are_refused(
    gate: Gate, practice: Store, approved: tuple[str, ...], biller: Actor, now: datetime
) -> None:
    upload_remittance(gate, biller, now=now, content=FILE)
    before = every_row(practice)

    with pytest.raises(AlreadyPosted):
        upload_remittance(gate, biller, now=now, content=FILE)
    with pytest.raises(AlreadyPosted):
        upload_remittance(gate, biller, now=now, content=FILE.replace(b"~", b"~\r\n"))

    assert every_row(practice) == before


def test_money_for_a_claim_nobody_knows_waits_unapplied(
    gate: Gate, practice: Store, approved: tuple[str, ...], biller: Actor, now: datetime
) -> None:
    upload_remittance(gate, biller, now=now, content=remittance_file(paid("X-77")))

    (row,) = proposals(practice)
    assert (row.matched_by, row.claim_id, row.problem) == (Matched.NOTHING, None, "")
    assert [line[:2] for line in row.lines] == [["clearing:eft", 8500], ["unapplied:payer", -8500]]


def test_a_payment_that_contradicts_our_claim_is_blocked_and_says_why(
    gate: Gate, practice: Store, approved: tuple[str, ...], biller: Actor, now: datetime
) -> None:
    content = remittance_file(paid("C-1001", cents=8600), paid("C-1002", status="22"), paid("C-1003"), paid("C-1003"))

    done = upload_remittance(gate, biller, now=now, content=content)

    assert done.blocked == 3
    assert [row.problem for row in proposals(practice)] == [
        Obstacle.OTHER_CHARGE, Obstacle.NOTHING_TO_REVERSE, "", Obstacle.ANSWERED_BEFORE,
    ]  # fmt: skip


def test_a_payer_the_claim_was_not_sent_to_is_blocked(
    gate: Gate, practice: Store, approved: tuple[str, ...], biller: Actor, now: datetime
) -> None:
    upload_remittance(gate, biller, now=now, content=remittance_file(paid("C-1001"), payer="OTHR1"))

    assert [row.problem for row in proposals(practice)] == [Obstacle.OTHER_PAYER]


def test_the_patient_share_waits_while_another_plan_is_to_be_asked(
    gate: Gate, practice: Store, approved: tuple[str, ...], biller: Actor, now: datetime
) -> None:
    put(practice, [cover("cov_reed_2", "pat_reed", "pyr_other", "S")])

    upload_remittance(gate, biller, now=now, content=remittance_file(paid("C-1001")))

    (row,) = proposals(practice)
    assert [line[0] for line in row.lines] == ["clearing:eft", "contractual", "receivable:payer"]
    assert sum(line[1] for line in row.lines) == 0


def test_a_predetermination_is_set_aside(
    gate: Gate, practice: Store, approved: tuple[str, ...], biller: Actor, now: datetime
) -> None:
    told = paid("C-1001", cents=0, contract=16000, share=0, status="25")

    upload_remittance(gate, biller, now=now, content=remittance_file(told))

    assert [(row.state, row.lines) for row in proposals(practice)] == [(ProposalState.SET_ASIDE, [])]


def test_only_the_biller_uploads(gate: Gate, practice: Store, manager: Actor, front_desk: Actor, now: datetime) -> None:
    for somebody in (manager, front_desk):
        with pytest.raises(NotAllowed):
            upload_remittance(gate, somebody, now=now, content=FILE)
