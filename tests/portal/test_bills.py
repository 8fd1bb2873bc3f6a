"""Bills in the portal: what the books say in parts that add up, papers of one's own only, diagnoses for who may."""

import dataclasses
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from tests.factories.billed_practice import REED, SAGE, charged, open_billing
from tests.factories.portal import in_care
from tests.factories.proxies import in_force, proxy_of
from tests.factories.small_practice import People
from tests.portal.site import PortalEdge
from tests.web.edge import Clock, run
from workbench.actions.billing.take_payment import take_payment
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.kernel.settings import Settings
from workbench.ledger.tables import PaymentMethod
from workbench.paper import sheet
from workbench.screens import own_bills as bills
from workbench.screens.own_bills import own_bills, own_receipt, own_statement, own_superbill
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture
def practice(store: Store, now: datetime) -> Store:
    """Reed owes one session of two and has paid 200 dollars; an insurer has not answered the third."""
    open_billing(store, now)
    charged(store, 1, payer_id=None, on=date(2026, 2, 4))
    charged(store, 2, payer_id=None, on=date(2026, 3, 4))
    charged(store, 3, on=date(2026, 3, 5))
    charged(store, 4, patient_id=SAGE, payer_id=None)
    return store


@pytest.fixture
def payment(gate: Gate, people: People, practice: Store, now: datetime) -> str:
    take_payment(gate, people.desk, REED, now=now, amount_cents=20_000, method=PaymentMethod.CASH)
    return own_bills(gate, in_care(REED), REED, now=now).payments[0].payment_id


def told(monkeypatch: pytest.MonkeyPatch) -> list[sheet.Sheet]:
    """The sheets that are set from now on."""
    seen: list[sheet.Sheet] = []
    monkeypatch.setattr(bills, "pdf_of", lambda one: seen.append(one) or b"%PDF")
    return seen


def words(one: sheet.Sheet) -> str:
    return " ".join(f"{part.label} {part.text}" for part in one.parts)


@pytest.mark.usefixtures("payment")
def test_each_line_adds_up(gate: Gate, now: datetime) -> None:
    mine = own_bills(gate, in_care(REED), REED, now=now)
    assert mine.balance_cents == 12_000
    for one in mine.lines:
        parts = (one.insurance_paid_cents, one.adjusted_cents, one.insurance_owes_cents, one.paid_cents, one.owed_cents)
        assert sum(parts) == one.charged_cents == 16_000
    assert {one.charge_id: (one.paid_cents, one.owed_cents) for one in mine.lines} == {
        "chg_1": (16_000, 0), "chg_2": (4_000, 12_000), "chg_3": (0, 0),
    }  # fmt: skip


def test_papers_are_pdf_and_only_ones_own(gate: Gate, people: People, payment: str, now: datetime) -> None:
    me = in_care(REED)
    for made in (
        own_statement(gate, me, REED, now=now), own_receipt(gate, me, REED, now=now, payment_id=payment),
        own_superbill(gate, me, REED, now=now, charge_id="chg_1"),
    ):  # fmt: skip
        assert made.content.startswith(b"%PDF")
        assert "reed" not in made.name
    sage = in_care(SAGE)
    with pytest.raises(NotFound):
        own_receipt(gate, sage, SAGE, now=now, payment_id=payment)
    with pytest.raises(NotFound):
        own_superbill(gate, sage, SAGE, now=now, charge_id="chg_1")
    for actor in (sage, people.desk, people.biller):
        for read in (own_bills, own_statement):
            with pytest.raises(NotFound):
                read(gate, actor, REED, now=now)


@pytest.mark.usefixtures("payment")
def test_a_superbill_names_what_the_store_has_and_diagnoses_for_who_may_read_them(
    gate: Gate, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = told(monkeypatch)
    own_superbill(gate, in_care(REED), REED, now=now, charge_id="chg_2")
    for part in ("90837 Long session", "F411", "$160.00", "2000000010", "2000000002", "Tax ID 000000000", "$40.00"):
        assert part in words(seen[0]), part
    by_power = {"basis": "power_of_attorney", "until_on": date(2026, 12, 1)}
    for name, scopes, reads in (("Alder", ("messages",), False), ("Birch", ("chart",), True)):
        proxy = proxy_of(gate, in_force(gate, now, REED, family_name=name, scopes=scopes, **by_power))
        own_superbill(gate, proxy, REED, now=now, charge_id="chg_2")
        assert ("F411" in words(seen[-1])) is reads
    monkeypatch.setattr(bills, "mark_standings", lambda *_: ("something under Part 2",))
    own_superbill(gate, proxy, REED, now=now, charge_id="chg_2")
    assert "F411" not in words(seen[-1])
    own_statement(gate, in_care(REED), REED, now=now)
    assert "$120.00 to pay" in words(seen[-1])
    assert "You owe $120.00" in words(seen[-1])


@pytest.fixture
def edge(gate: Gate, settings: Settings, now: datetime) -> Iterator[PortalEdge]:
    running = PortalEdge(gate, dataclasses.replace(settings, port=0), Clock(now))
    stop = run(running)
    yield running
    stop()


def test_the_page_says_how_to_pay_and_hands_out_the_papers(edge: PortalEdge, payment: str) -> None:
    client = edge.browser_of(REED)
    page = client.get("/portal/bills")
    assert "$120.00" in page.text
    assert "Nothing can be paid on this site yet" in page.text
    assert "<form" not in page.text.partition("<main")[2]
    paper = client.get(f"/portal/bills/paper?kind=receipt&id={payment}")
    assert paper.header("Content-Type") == "application/pdf"
    assert paper.header("Cache-Control") == "no-store"
    assert paper.body.startswith(b"%PDF")
    for wrong in ("kind=receipt&id=pay_none", "kind=superbill&id=chg_4", "kind=secret", ""):
        assert client.get(f"/portal/bills/paper?{wrong}").status == 404
