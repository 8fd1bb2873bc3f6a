"""The biller's work queue: stages open their rows, nothing is approved unseen, and what is refused says what to fix."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from dashboards.pages.claims import ClaimsPage
from dashboards.parts.message import Message
from dashboards.parts.navigation import Words
from dashboards.parts.replies import Ask, Deliver, Done, Redraw, Refused
from workbench.actions.billing.approve_claims import AlreadyOnClaim, ClaimsApproved, ClaimsNotReady
from workbench.claims.states import ClaimState
from workbench.kernel.ids import BatchId, ClaimId, DocumentId
from workbench.kernel.money import Cents
from workbench.screens.claim_shown import ClaimAnswer, ClaimLineShown, ClaimShown
from workbench.screens.claims_queue import TITLES, ClaimsQueue, QueueRow, Stage, StageCount

NOW, ZONE, TODAY = datetime(2026, 3, 9, 14, tzinfo=UTC), ZoneInfo("America/New_York"), date(2026, 3, 9)
APPROVED = ClaimsApproved(BatchId("bat_1"), 12, (ClaimId("clm_1"), ClaimId("clm_2")), Cents(32000), DocumentId("doc_1"))


def charge(number: int, *, patient: str = "Robin Reed", payer: str = "Sample Health", cents: int = 16000) -> QueueRow:
    on = date(2026, 3, number)
    return QueueRow(f"chg_{number}", "charge", f"pat_{patient}", patient, "Ona Orchard", payer, on, "90837", "",
                    Cents(cents), "")  # fmt: skip


CHARGES = (charge(1), charge(2, patient="Sam Sage"), charge(3, patient="Kim Ash", payer="Other Health", cents=13000))
CLAIM = QueueRow("clm_1", "claim", "pat_1", "Robin Reed", "Ona Orchard", "Sample Health", TODAY, "", "C-1001",
                 Cents(16000), "denied")  # fmt: skip
SHOWN = ClaimShown(
    "clm_1", "C-1001", "pat_1", "Robin Reed", "Ona Orchard", "Sample Health", "P1", ClaimState.DENIED, TODAY, "11",
    Cents(16000), Cents(0), Cents(0), "bat_1", 12, NOW,
    (ClaimLineShown("90837", ("95",), 1, 55, TODAY, Cents(16000), ("F411",)),),
    (ClaimAnswer("rem_1", "EFT-1", "4", Cents(0), Cents(0), NOW, None),),
)  # fmt: skip


class Desk:
    """What stands behind the page: rows by stage, what was approved, and what the next approval answers."""

    def __init__(self) -> None:
        self.rows: dict[Stage, tuple[QueueRow, ...]] = {Stage.READY: CHARGES, Stage.NEEDS_WORK: (CLAIM,)}
        self.approved: list[tuple[tuple[str, ...], str | None]] = []
        self.answer: ClaimsApproved | Exception = APPROVED

    def queue(self, *, stage: Stage | None) -> ClaimsQueue:
        counts = tuple(
            StageCount(one, TITLES[one], len(rows), Cents(sum(row.cents or 0 for row in rows)))
            for one in Stage
            for rows in (self.rows.get(one, ()),)
        )
        return ClaimsQueue(counts, stage, self.rows.get(stage, ()) if stage else ())

    def approve(self, *, charge_ids: tuple[str, ...], idempotency_key: str | None) -> ClaimsApproved:
        self.approved.append((charge_ids, idempotency_key))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def desk() -> Desk:
    return Desk()


def opened(desk: Desk, *, stage: str = "", may: bool = True, words: Words | None = None) -> ClaimsPage:
    page = ClaimsPage(
        queue=desk.queue, claim=lambda claim_id: SHOWN, approve=desk.approve if may else None,
        claim_file=(lambda batch_id: b"ISA*" + batch_id.encode()) if may else None, words=words or Words("Juniper"),
        today=TODAY, zone=ZONE, base="/app", stage=stage, note_path="/notes/{id}",
    )  # fmt: skip
    page.load()
    return page


def said(do: str, key: str | None = None, **values: str | tuple[str, ...]) -> Message:
    return Message(do, {name: (v,) if isinstance(v, str) else v for name, v in values.items()}, key)


def test_every_stage_says_how_many_and_how_much_and_opens_its_rows(desk: Desk) -> None:
    page = opened(desk)

    html = page.render()
    answer = page.handle(said("stage", stage="needs_work"))

    assert all(f'data-arg-stage="{stage}"' in html for stage in Stage)
    assert "$450.00" in html
    assert answer == Redraw("/claims?stage=needs_work")
    assert "C-1001" in page.render()


def test_a_stage_that_does_not_exist_is_refused(desk: Desk) -> None:
    assert isinstance(opened(desk).handle(said("stage", stage="made_up")), Refused)


def test_an_address_with_a_made_up_stage_opens_what_is_ready(desk: Desk) -> None:
    assert opened(desk, stage="made_up").stage is Stage.READY


def test_before_anything_is_approved_it_is_said_what_and_for_how_much(desk: Desk) -> None:
    answer = opened(desk).handle(said("ask_approve", row=("chg_1", "chg_3")))

    assert isinstance(answer, Ask)
    assert answer.label == "Approve 2 sessions, $290.00?"
    assert 'data-arg-charges="chg_1 chg_3"' in answer.html
    assert desk.approved == []


def test_rows_that_are_not_listed_cannot_be_chosen(desk: Desk) -> None:
    assert isinstance(opened(desk).handle(said("ask_approve", row="chg_of_another_stage")), Refused)


def test_approving_is_one_call_with_the_key_of_the_form(desk: Desk) -> None:
    page = opened(desk)

    answer = page.handle(said("approve", "key-00001", charges="chg_1 chg_2"))

    assert desk.approved == [(("chg_1", "chg_2"), "key-00001")]
    assert answer == Done("File 000000012 is written: 2 claims, $320.00.")
    assert "Download the 837P" in page.render()


def test_the_file_is_delivered_under_its_control_number(desk: Desk) -> None:
    answer = opened(desk).handle(said("file", batch="bat_1", control="12"))

    assert isinstance(answer, Deliver)
    assert (answer.filename, answer.content) == ("claims-000000012.837", b"ISA*bat_1")


def test_what_is_missing_is_said_for_each_session_and_the_others_are_offered(desk: Desk) -> None:
    desk.answer = ClaimsNotReady({"chg_2": "The plan has no member number."})
    page = opened(desk)

    answer = page.handle(said("approve", charges="chg_1 chg_2 chg_3"))

    assert isinstance(answer, Ask)
    assert "Sam Sage" in answer.html
    assert "The plan has no member number." in answer.html
    assert 'data-arg-charges="chg_1 chg_3"' in answer.html
    assert page.sent is None
    assert "row-bad" in page.render()


def test_any_other_refusal_rises_in_its_own_words(desk: Desk) -> None:
    desk.answer = AlreadyOnClaim()

    with pytest.raises(AlreadyOnClaim, match="on a claim already"):
        opened(desk).handle(said("approve", charges="chg_1"))


def test_who_may_not_approve_is_not_offered_it_and_is_refused(desk: Desk) -> None:
    page = opened(desk, may=False)

    assert "ask_approve" not in page.render()
    assert isinstance(page.handle(said("approve", charges="chg_1")), Refused)
    assert isinstance(page.handle(said("file", batch="bat_1", control="12")), Refused)
    assert desk.approved == []


def test_filters_narrow_the_rows_and_what_approve_all_means(desk: Desk) -> None:
    page = opened(desk)

    page.handle(said("filter", q="", payer="Other Health"))
    answer = page.handle(said("ask_approve"))

    assert "Sam Sage" not in page.render()
    assert isinstance(answer, Ask)
    assert 'data-arg-charges="chg_3"' in answer.html


def test_rows_are_sorted_by_the_column_asked_for(desk: Desk) -> None:
    page = opened(desk)

    page.handle(said("sort", column="patient", direction="up"))

    html = page.render()
    assert html.index("Kim Ash") < html.index("Robin Reed") < html.index("Sam Sage")


def test_a_claim_opens_with_its_diagnoses_and_what_the_payer_said(desk: Desk) -> None:
    answer = opened(desk, stage="needs_work").handle(said("claim", row="clm_1"))

    assert isinstance(answer, Ask)
    assert answer.kind == "drawer"
    assert all(part in answer.html for part in ("F41.1", "90837", "Denied", "/app/remittances/rem_1"))


@pytest.mark.parametrize("stage", list(Stage))
def test_an_empty_stage_says_what_to_do_next(desk: Desk, stage: Stage) -> None:
    desk.rows = {}

    assert 'class="empty"' in opened(desk, stage=stage).render()


def test_people_are_called_what_the_practice_calls_them(desk: Desk) -> None:
    html = opened(desk, words=Words("Juniper", client="member", clients="members")).render()

    assert "Members owe" in html
    assert "lient" not in html.lower()
