"""Remittances on the page: a refused file says where and what to do, and nothing is posted that was not shown."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from dashboards.pages.remittance import RemittancePage
from dashboards.pages.remittances import RemittancesPage
from dashboards.parts.billing_words import ACCOUNTS, STEPS
from dashboards.parts.message import FieldProblem, Message, UploadedFile
from dashboards.parts.navigation import Words
from dashboards.parts.replies import Ask, Done, Redraw, Refused
from workbench.actions.billing.approve_remittance import RemittanceApproved
from workbench.actions.billing.post_remittance import RemittancePosted
from workbench.actions.billing.upload_remittance import NotARemittance, OtherPractice, RemittanceUploaded
from workbench.claims.rules import AlreadyPosted, CannotPost
from workbench.claims.states import RemittanceState
from workbench.gate.errors import StalePage
from workbench.kernel.ids import DocumentId, RemittanceId
from workbench.kernel.money import Cents
from workbench.ledger.rules import Account
from workbench.screens.remittances import (
    OBSTACLES,
    AdjustedShown,
    ClaimPaymentRow,
    ProposedLine,
    RemittanceRow,
    RemittanceShown,
)

NOW, ZONE, WORDS = datetime(2026, 3, 9, 14, tzinfo=UTC), ZoneInfo("America/New_York"), Words("Juniper")
HEAD = RemittanceRow("rem_1", "Sample Health", "EFT-1", "ACH", date(2026, 3, 6), Cents(8000), 1, 0,
                     RemittanceState.PROPOSED, NOW, 3)  # fmt: skip
PAID = ClaimPaymentRow(
    "rcl_1", "C-1001", "clm_1", "C-1001", "pat_1", "Robin Reed", "1", Cents(16000), Cents(8500), Cents(2500),
    "our claim number", "", "proposed",
    (
        ProposedLine("clearing:eft", Cents(8500), "", "90837", None),
        ProposedLine("contractual", Cents(5000), "CO 45", "90837", None),
        ProposedLine("receivable:patient", Cents(2500), "PR 2", "90837", None),
        ProposedLine("receivable:payer", Cents(-16000), "", "90837", None),
    ),
    (AdjustedShown("CO", "45", Cents(5000), "90837"), AdjustedShown("PR", "2", Cents(2500), "90837")), ("N130",), "",
)  # fmt: skip
SHOWN = RemittanceShown(HEAD, (PAID,), (("WO", "REF-1", Cents(500)),), None, None)
FILE = (UploadedFile("era.835", "text/plain", b"ISA*835"),)
TWO = RemittanceUploaded(DocumentId("doc_1"), (RemittanceId("rem_1"), RemittanceId("rem_2")), 40, 0)
ONE = replace(TWO, remittance_ids=(RemittanceId("rem_1"),))


class Bank:
    """What stands behind both pages, and what it was asked."""

    def __init__(self) -> None:
        self.answer: RemittanceUploaded | Exception = ONE
        self.refusal: Exception | None = None
        self.shown = SHOWN
        self.asked: list[tuple[object, ...]] = []

    def upload(self, *, content: bytes, idempotency_key: str | None) -> RemittanceUploaded:
        self.asked.append((content, idempotency_key))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def approve(self, *, expected_version: int, idempotency_key: str | None) -> RemittanceApproved:
        self.asked.append(("approve", expected_version, idempotency_key))
        if self.refusal:
            raise self.refusal
        return RemittanceApproved(RemittanceId("rem_1"), 1, 4)

    def post(self, *, expected_version: int, idempotency_key: str | None) -> RemittancePosted:
        self.asked.append(("post", expected_version, idempotency_key))
        return RemittancePosted(RemittanceId("rem_1"), 2, 1, Cents(8000))


@pytest.fixture
def bank() -> Bank:
    return Bank()


def listed(bank: Bank, *rows: RemittanceRow, may: bool = True) -> RemittancesPage:
    page = RemittancesPage(rows=lambda: rows, upload=bank.upload if may else None, words=WORDS, zone=ZONE, base="/app")
    page.load()
    return page


def opened(bank: Bank, *, may: bool = True, words: Words = WORDS) -> RemittancePage:
    page = RemittancePage(
        shown=lambda: bank.shown, approve=bank.approve if may else None, post=bank.post if may else None,
        words=words, zone=ZONE, base="/app",
    )  # fmt: skip
    page.load()
    return page


def said(do: str, key: str | None = None, **values: str) -> Message:
    return Message(do, {name: (value,) for name, value in values.items()}, key)


def sent(key: str = "key-00001") -> Message:
    return Message("upload", {}, key, files={"file": FILE})


def test_a_file_that_was_read_opens_its_remittance(bank: Bank) -> None:
    answer = listed(bank).handle(sent())

    assert bank.asked == [(b"ISA*835", "key-00001")]
    assert isinstance(answer, Done)
    assert answer.go == "/remittances/rem_1"


def test_a_file_of_several_payments_stays_on_the_list(bank: Bank) -> None:
    bank.answer = TWO

    assert listed(bank).handle(sent()) == Done("Read and in balance: 2 payments with 40 claim payments.")


@pytest.mark.parametrize(
    ("refusal", "step"),
    [
        (CannotPost("Nothing was posted. CLP 3 SVC 1: off by 1250 cents."), "corrected one"),
        (CannotPost("Nothing was posted. ISA: The file ends early."), "Download the file again"),
        (AlreadyPosted("This file was uploaded before. Nothing was done a second time."), "never booked twice"),
        (OtherPractice(), "wrong practice"),
        (NotARemittance("This file holds no remittance (835). Nothing was kept."), "277"),
    ],
)
def test_a_refused_file_says_why_in_its_own_words_and_what_to_do(bank: Bank, refusal: Exception, step: str) -> None:
    bank.answer = refusal

    answer = listed(bank).handle(sent())

    assert isinstance(answer, Ask)
    assert str(refusal).split(".")[0] in answer.html
    assert step in answer.html
    assert "era.835" in answer.html


def test_without_a_file_nothing_is_asked(bank: Bank) -> None:
    with pytest.raises(FieldProblem, match="Choose an 835 file"):
        listed(bank).handle(said("upload"))
    assert bank.asked == []


def test_who_may_not_upload_sees_no_form_and_is_refused(bank: Bank) -> None:
    page = listed(bank, may=False)

    assert 'data-do="upload"' not in page.render()
    assert isinstance(page.handle(sent()), Refused)
    assert bank.asked == []


def test_every_state_opens_its_rows(bank: Bank) -> None:
    posted = replace(HEAD, id="rem_2", trace="EFT-2", state=RemittanceState.POSTED)
    page = listed(bank, HEAD, posted)

    assert "EFT-2" not in page.render()
    assert page.handle(said("tab", tab="posted")) == Redraw("/remittances?tab=posted")
    assert "EFT-2" in page.render()
    assert "EFT-1" not in page.render()


def test_the_page_opens_on_the_first_state_that_holds_something(bank: Bank) -> None:
    assert listed(bank, replace(HEAD, state=RemittanceState.APPROVED)).tab == "approved"
    assert listed(bank).tab == "all"


def test_a_remittance_that_contradicts_our_claims_is_marked(bank: Bank) -> None:
    assert "Blocked" in listed(bank, replace(HEAD, blocked=1)).render()


def test_a_remittance_proves_itself_and_shows_each_line_and_why(bank: Bank) -> None:
    html = opened(bank).render()

    assert "To the cent" in html
    for part in ("matched by our claim number", "Above the contract&#39;s fee", "CO 45", "Coinsurance", "N130",
                 "Contract write-off", "-$160.00", "Overpayment taken back"):  # fmt: skip
        assert part in html, part


def test_a_sum_that_is_off_is_said(bank: Bank) -> None:
    bank.shown = replace(SHOWN, provider_adjustments=())

    assert "Off by" in opened(bank).render()


def test_approving_names_the_version_that_was_shown(bank: Bank) -> None:
    page = opened(bank)

    assert 'data-arg-version="3"' in page.render()
    assert isinstance(page.handle(said("approve", "key-00001", version="3")), Done)
    assert bank.asked == [("approve", 3, "key-00001")]


def test_a_stale_page_rises_as_such(bank: Bank) -> None:
    bank.refusal = StalePage()

    with pytest.raises(StalePage):
        opened(bank).handle(said("approve", version="2"))


def test_posting_is_asked_first_and_done_once(bank: Bank) -> None:
    bank.shown = replace(SHOWN, head=replace(HEAD, state=RemittanceState.APPROVED))
    page = opened(bank)

    question = page.handle(said("ask_post", version="4"))
    assert isinstance(question, Ask)
    assert question.label == "Post $80.00 of Sample Health?"
    assert bank.asked == []

    assert page.handle(said("post", "key-00002", version="4")) == Done("In the books: 2 entries, $80.00.")
    assert bank.asked == [("post", 4, "key-00002")]


def test_a_blocked_claim_payment_says_what_stands_in_the_way_and_what_to_do(bank: Bank) -> None:
    problem = OBSTACLES["answered_before"]
    bank.shown = replace(SHOWN, head=replace(HEAD, blocked=1), claims=(replace(PAID, problem=problem),))

    html = opened(bank).render()

    assert problem in html
    assert STEPS[problem] in html
    assert "Cannot be approved." in html


def test_money_for_no_claim_of_ours_is_a_warning(bank: Bank) -> None:
    bank.shown = replace(SHOWN, claims=(replace(PAID, claim_id=None, our_number="", patient_id=None, patient=""),))

    assert "No match." in opened(bank).render()


def test_once_posted_the_entry_is_named_and_nothing_is_offered(bank: Bank) -> None:
    head = replace(HEAD, state=RemittanceState.POSTED)
    bank.shown = replace(SHOWN, head=head, claims=(replace(PAID, state="posted", entry_id="ent_0123456789"),),
                         approved_at=NOW, posted_at=NOW)  # fmt: skip

    html = opened(bank).render()

    assert "…23456789" in html
    assert 'data-do="approve"' not in html
    assert 'data-do="ask_post"' not in html


def test_who_may_not_decide_is_offered_nothing_and_is_refused(bank: Bank) -> None:
    page = opened(bank, may=False)

    assert 'data-do="approve"' not in page.render()
    assert isinstance(page.handle(said("approve", version="3")), Refused)
    assert isinstance(page.handle(said("post", version="3")), Refused)
    assert bank.asked == []


def test_what_a_payer_writes_is_never_markup(bank: Bank) -> None:
    bank.shown = replace(SHOWN, head=replace(HEAD, payer="<script>x</script>"))

    assert "<script>" not in opened(bank).render()


def test_people_are_called_what_the_practice_calls_them(bank: Bank) -> None:
    html = opened(bank, words=Words("Juniper", client="member", clients="members")).render()

    assert "Member owes" in html
    assert "lient" not in html.lower()


def test_every_account_and_every_obstacle_has_words() -> None:
    assert set(ACCOUNTS) == {str(account) for account in Account}
    assert set(STEPS) == set(OBSTACLES.values())
