"""One account on the page: what is open, a statement that runs, and payments that cannot be nonsense."""

from dataclasses import replace
from datetime import date

import pytest

from dashboards.pages.balances import BalancePage
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.navigation import Words
from dashboards.parts.replies import Ask, Done, Refused
from workbench.actions.billing.take_payment import LooksLikeCardNumber, NotAPayment, PaymentTaken
from workbench.kernel.money import Cents
from workbench.screens.patient_balance import ChargeRow, PatientBalance, PaymentRow, StatementLine

TODAY = date(2026, 3, 9)
CHARGE = ChargeRow("chg_1", date(2026, 3, 2), "90837", "Long session", Cents(16000), Cents(8500), Cents(5000),
                   Cents(0), Cents(2500))  # fmt: skip
ACCOUNT = PatientBalance(
    "pat_1", 2001, "Robin Reed", Cents(1500), Cents(0), Cents(0),
    (CHARGE, replace(CHARGE, charge_id="chg_0", patient_owes_cents=Cents(0), on=date(2026, 2, 1))),
    (PaymentRow("pay_1", TODAY, "check", Cents(1000), "204"),),
    (
        StatementLine("ent_1", date(2026, 3, 6), "remittance", "90837", Cents(2500), Cents(2500)),
        StatementLine("ent_2", TODAY, "payment", "", Cents(-1000), Cents(1500)),
    ),
)  # fmt: skip


class Till:
    """What stands behind the page, and what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, object]] = []
        self.answer: PaymentTaken | Exception = PaymentTaken("pay_2", Cents(1500), Cents(0))

    def take(self, **asked: object) -> PaymentTaken:
        self.asked.append(asked)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def till() -> Till:
    return Till()


def opened(
    till: Till, account: PatientBalance = ACCOUNT, *, may: bool = True, words: Words | None = None
) -> BalancePage:
    page = BalancePage(
        balance=lambda: account, take_payment=till.take if may else None, words=words or Words("Juniper"),
        today=TODAY, base="/app",
    )  # fmt: skip
    page.load()
    return page


def paying(amount: str, method: str = "cash", reference: str = "") -> Message:
    given = {"amount": amount, "method": method, "received_on": "2026-03-09", "reference": reference}
    return Message("take_payment", {name: (value,) for name, value in given.items()}, "key-00001")


def test_only_open_sessions_are_open_items_and_the_statement_runs(till: Till) -> None:
    html = opened(till).render()

    assert 'data-key="chg_1"' in html
    assert 'data-key="chg_0"' not in html
    assert html.index('data-key="ent_2"') < html.index('data-key="ent_1"')
    assert "$15.00" in html


def test_a_payment_is_one_call_with_the_key_of_the_form(till: Till) -> None:
    answer = opened(till).handle(paying("15.00", "check", "205"))

    assert till.asked == [
        {"amount_cents": 1500, "method": "check", "received_on": TODAY, "reference": "205",
         "idempotency_key": "key-00001"}
    ]  # fmt: skip
    assert answer == Done("Recorded: $15.00.")


def test_money_that_waits_is_said(till: Till) -> None:
    till.answer = PaymentTaken("pay_2", Cents(1500), Cents(500))

    assert opened(till).handle(paying("20")) == Done("Recorded: $20.00. $5.00 wait for the next session.")


@pytest.mark.parametrize("amount", ["0", "-5", "0.00", "", "five", "1.005"])
def test_no_amount_at_or_below_zero_and_nothing_that_is_no_amount(till: Till, amount: str) -> None:
    with pytest.raises(FieldProblem) as problem:
        opened(till).handle(paying(amount))

    assert problem.value.name == "amount"
    assert till.asked == []


@pytest.mark.parametrize("method", ["", "gold"])
def test_how_it_was_paid_must_be_chosen(till: Till, method: str) -> None:
    with pytest.raises(FieldProblem) as problem:
        opened(till).handle(paying("15", method))

    assert (problem.value.name, till.asked) == ("method", [])


def test_a_card_number_in_the_reference_marks_the_field(till: Till) -> None:
    till.answer = LooksLikeCardNumber()

    answer = opened(till).handle(paying("15", "card", "4000 0000 0000 0002"))

    assert isinstance(answer, Refused)
    assert "reference" in answer.fields


def test_other_refusals_rise_in_their_own_words(till: Till) -> None:
    till.answer = NotAPayment("A payment cannot be received on a day to come.")

    with pytest.raises(NotAPayment):
        opened(till).handle(paying("15"))


def test_the_form_proposes_what_is_owed_and_nothing_of_a_credit(till: Till) -> None:
    owing = opened(till).handle(Message("ask_payment"))
    credit = opened(till, replace(ACCOUNT, balance_cents=Cents(-700))).handle(Message("ask_payment"))

    assert isinstance(owing, Ask)
    assert isinstance(credit, Ask)
    assert 'value="15.00"' in owing.html
    assert "7.00" not in credit.html


def test_a_credit_is_called_one(till: Till) -> None:
    html = opened(till, replace(ACCOUNT, balance_cents=Cents(-700))).render()

    assert "Credit of the client" in html
    assert "$7.00" in html


def test_who_may_not_take_money_is_offered_nothing_and_is_refused(till: Till) -> None:
    page = opened(till, may=False)

    assert "ask_payment" not in page.render()
    assert isinstance(page.handle(paying("15")), Refused)
    assert till.asked == []


def test_an_empty_account_says_what_comes_next(till: Till) -> None:
    html = opened(till, replace(ACCOUNT, charges=(), payments=(), statement=())).render()

    assert html.count('class="empty"') == 3


def test_people_are_called_what_the_practice_calls_them(till: Till) -> None:
    html = opened(till, words=Words("Juniper", client="member", clients="members")).render()

    assert "Member owes" in html
    assert "lient" not in html.lower()
