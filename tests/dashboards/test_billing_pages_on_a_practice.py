"""The biller's pages over a real practice: from a ready session to a paid share, each press one verb."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dashboards.pages.balances import BalancePage
from dashboards.pages.claims import ClaimsPage
from dashboards.pages.remittance import RemittancePage
from dashboards.pages.remittances import RemittancesPage
from dashboards.parts.message import Message, UploadedFile
from dashboards.parts.navigation import Words
from dashboards.parts.replies import Ask, Deliver, Done
from tests.factories.billed_practice import REED, charged, open_billing, paid, remittance_file
from workbench.actions.billing.approve_claims import approve_claims
from workbench.actions.billing.approve_remittance import approve_remittance
from workbench.actions.billing.post_remittance import post_remittance
from workbench.actions.billing.take_payment import take_payment
from workbench.actions.billing.upload_remittance import upload_remittance
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.screens.claim_shown import claim_file, claim_shown
from workbench.screens.claims_queue import claims_queue
from workbench.screens.patient_balance import patient_balance
from workbench.screens.remittances import remittance_shown, remittances

WORDS = Words("Juniper")


class Practice:
    """A practice that can bill, and its biller's pages."""

    def __init__(self, gate: Gate, biller: Actor, now: datetime, zone: ZoneInfo) -> None:
        open_billing(gate.store, now)
        self.gate, self.zone, self.today = gate, zone, now.astimezone(zone).date()
        self._biller, self._now = biller, now

    def bound(self, verb: Callable[..., Any], *subject: str) -> Callable[..., Any]:
        """The verb or read as a page gets it: with the gate, the person, the time and what it is about."""
        return lambda *given, **inputs: verb(self.gate, self._biller, *subject, *given, now=self._now, **inputs)

    def claims(self) -> ClaimsPage:
        page = ClaimsPage(
            queue=self.bound(claims_queue), claim=self.bound(claim_shown), approve=self.bound(approve_claims),
            claim_file=self.bound(claim_file), words=WORDS, today=self.today, zone=self.zone,
        )  # fmt: skip
        page.load()
        return page

    def list(self) -> RemittancesPage:
        page = RemittancesPage(
            rows=self.bound(remittances), upload=self.bound(upload_remittance), words=WORDS, zone=self.zone
        )
        page.load()
        return page

    def remittance(self, remittance_id: str) -> RemittancePage:
        page = RemittancePage(
            shown=self.bound(remittance_shown, remittance_id), approve=self.bound(approve_remittance, remittance_id),
            post=self.bound(post_remittance, remittance_id), words=WORDS, zone=self.zone,
        )  # fmt: skip
        page.load()
        return page

    def balance(self) -> BalancePage:
        page = BalancePage(
            balance=self.bound(patient_balance, REED), take_payment=self.bound(take_payment, REED), words=WORDS,
            today=self.today,
        )  # fmt: skip
        page.load()
        return page


@pytest.fixture
def practice(gate: Gate, biller: Actor, now: datetime, zone: ZoneInfo) -> Practice:
    return Practice(gate, biller, now, zone)


def said(do: str, key: str = "key-00001", **values: str) -> Message:
    return Message(do, {name: (value,) for name, value in values.items()}, key)


def uploading(content: bytes, key: str = "key-00002") -> Message:
    return Message("upload", {}, key, files={"file": (UploadedFile("era.835", "text/plain", content),)})


def test_a_session_goes_from_ready_to_a_paid_share(practice: Practice) -> None:
    charge = charged(practice.gate.store, 1)
    queue = practice.claims()
    assert isinstance(queue.handle(said("approve", charges=charge)), Done)
    assert queue.sent is not None
    batch = said("file", batch=str(queue.sent.batch_id), control=str(queue.sent.control))
    assert isinstance(queue.handle(batch), Deliver)

    taken = practice.list().handle(uploading(remittance_file(paid("C-1001"))))
    assert isinstance(taken, Done)
    assert taken.go is not None

    page = practice.remittance(taken.go.rsplit("/", 1)[1])
    assert "To the cent" in page.render()
    page.handle(said("approve", "key-00003", version=str(page.found.head.version if page.found else 0)))
    page.load()
    page.handle(said("post", "key-00004", version=str(page.found.head.version if page.found else 0)))

    account = practice.balance()
    assert account.found is not None
    assert account.found.balance_cents == 2500
    account.handle(said("take_payment", "key-00005", amount="25", method="card", received_on=str(practice.today)))
    account.load()
    assert account.found.balance_cents == 0


def test_what_a_claim_lacks_is_shown_for_its_session(practice: Practice) -> None:
    charge = charged(practice.gate.store, 1, diagnoses=())

    answer = practice.claims().handle(said("approve", charges=charge))

    assert isinstance(answer, Ask)
    assert "Robin Reed" in answer.html


def test_the_same_file_again_is_refused_kindly(practice: Practice) -> None:
    practice.claims().handle(said("approve", charges=charged(practice.gate.store, 1)))
    content = remittance_file(paid("C-1001"))
    practice.list().handle(uploading(content))

    answer = practice.list().handle(uploading(content, "key-00009"))

    assert isinstance(answer, Ask)
    assert "uploaded before" in answer.html


def test_a_file_cut_short_is_refused_with_its_place(practice: Practice) -> None:
    content = remittance_file(paid("C-1001"))

    answer = practice.list().handle(uploading(content[: len(content) * 2 // 3]))

    assert isinstance(answer, Ask)
    assert "Download the file again" in answer.html


def test_a_double_click_uploads_once(practice: Practice) -> None:
    practice.claims().handle(said("approve", charges=charged(practice.gate.store, 1)))
    content = remittance_file(paid("C-1001"))

    first, again = practice.list().handle(uploading(content)), practice.list().handle(uploading(content))

    assert first == again
