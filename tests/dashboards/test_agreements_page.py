"""Agreements on their page: one registers, another approves, and what is wrong stands at its field."""

from datetime import date, datetime

import pytest

from dashboards.agreement_desk import add_agreements
from dashboards.pages.agreements import AgreementsPage
from dashboards.parts.message import FieldProblem
from dashboards.parts.replies import Ask, Done
from tests.dashboards.pages import desk, opened, send
from tests.factories.small_practice import open_practice, people
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.messaging.agreements import AgreementUnclear, Carries, is_agreed, service_of

pytestmark = pytest.mark.engines("sqlcipher")
GOOD = {
    "vendor": "Sample Mail LLC",
    "carries": "mail",
    "host": "smtp.example.com",
    "signed_on": "2026-03-02",
    "ends_on": "2027-03-02",
}


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)


def at(gate: Gate, who: Actor, now: datetime) -> AgreementsPage:
    page = opened(gate, who, now, "/agreements", add_agreements)
    assert isinstance(page, AgreementsPage)
    return page


def test_one_registers_and_another_approves(gate: Gate, now: datetime) -> None:
    page = at(gate, people().manager, now)
    assert "No agreement is registered" in page.render()
    assert isinstance(send(page, "new"), Ask)
    assert isinstance(send(page, "register", **GOOD), Done)
    page = at(gate, people().manager, now)
    assert "Approve…" not in page.render()
    page = at(gate, people().compliance, now)
    (one,) = page.shown
    assert "Approve…" in page.render()
    assert "Register one" not in page.render()
    asked = send(page, "ask_approve", id=one.agreement_id)
    assert isinstance(asked, Ask)
    assert "smtp.example.com" in asked.html
    assert isinstance(send(page, "approve", id=one.agreement_id), Done)
    assert "In force" in at(gate, people().manager, now).render()
    with gate.store.reading() as session:
        assert is_agreed(session, service_of(Carries.MAIL, "smtp.example.com"), date(2026, 3, 9))


@pytest.mark.parametrize(("wrong", "field"), [
    ({"carries": "pigeons"}, "carries"),
    ({"vendor": " "}, "vendor"), ({"host": "mail server!"}, "host"), ({"signed_on": "2026-03-10"}, "signed_on"),
    ({"ends_on": "2026-03-09"}, "ends_on"),
])  # fmt: skip
def test_what_is_wrong_stands_at_its_field(gate: Gate, now: datetime, wrong: dict[str, str], field: str) -> None:
    page = at(gate, people().it, now)
    with pytest.raises(AgreementUnclear) as told:
        send(page, "register", **(GOOD | wrong))
    assert set(told.value.fields) == {field}
    with pytest.raises(FieldProblem):
        send(page, "register", **(GOOD | {"ends_on": ""}))


def test_nobody_else_has_the_page(gate: Gate, now: datetime) -> None:
    for who in (people().biller, people().desk, people().ada):
        assert "/agreements" not in desk(gate, who, lambda: now, add_agreements).routes
