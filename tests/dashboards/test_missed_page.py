"""Missed sessions as the biller, the manager and a clinician have them."""

from collections.abc import Callable
from datetime import datetime

import pytest

from dashboards.missed_desk import add_missed
from dashboards.pages.missed import MissedPage
from dashboards.parts.message import FieldProblem
from dashboards.parts.replies import Ask, Done
from tests.actions.billing.missing import Missing
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.small_practice import FERN, INDIVIDUAL, MOSS, people
from workbench.actions.billing.waive_missed_fee import waive_missed_fee
from workbench.billing.missed_rules import TermsWrong
from workbench.gate.action import Gate
from workbench.screens.missed_fees import missed_fees

pytestmark = pytest.mark.engines("sqlcipher")
Opens = Callable[[str], MissedPage]


@pytest.fixture
def missing(gate: Gate, now: datetime) -> Missing:
    made = Missing(gate, now)
    made.missed(1)
    made.missed(2, ahead=(made.later - made.now) / 2 + (made.later - made.now) / 20, patient_id=MOSS)
    return made


@pytest.fixture
def opened(gate: Gate, missing: Missing) -> Opens:
    def open_as(who: str) -> MissedPage:
        page = pages.opened(gate, getattr(people(), who), missing.later, "/missed", add_missed)
        assert isinstance(page, MissedPage)
        return page

    return open_as


def test_one_is_charged_and_one_waived_and_the_report_says_so(opened: Opens) -> None:
    page = opened("biller")
    drawn = page.render()
    assert "In time is 24 hours before. Later costs $40.00, not to come $90.00." in drawn
    asked = send(page, "ask_charge", id="att_1")
    assert isinstance(asked, Ask)
    assert "Charge $90.00" in asked.html
    done = send(page, "charge", id="att_1")
    assert isinstance(done, Done)
    assert done.toast == "$90.00 charged"
    asked = send(page, "ask_waive", id="att_2")
    assert isinstance(asked, Ask)
    assert "They were ill" in asked.html
    with pytest.raises(FieldProblem):
        send(page, "waive", id="att_2")
    assert isinstance(send(page, "waive", id="att_2", reason="ill"), Done)
    page.load()
    assert "Nothing is to be decided" in page.render()
    send(page, "tab", tab="done")
    assert "They were ill" in page.render()
    send(page, "tab", tab="why")
    assert "Waived: they were ill" in page.render()


def test_what_somebody_else_decided_meanwhile_is_told(opened: Opens, gate: Gate, missing: Missing) -> None:
    page = opened("biller")
    waive_missed_fee(gate, people().ada, "att_1", now=missing.later, why="ill")
    done = send(page, "charge", id="att_1")
    assert isinstance(done, Done)
    assert done.tone == "warn"
    assert done.toast.startswith("This was decided already")
    assert isinstance(send(page, "ask_charge", id="att_gone"), Done)


def test_medicaid_has_no_button_to_charge(opened: Opens, missing: Missing) -> None:
    missing.covered_by("MC")
    drawn = opened("biller").render()
    assert "Medicaid allows none" in drawn
    assert drawn.count('data-do="ask_charge"') == 1


def test_the_manager_sets_the_terms_and_decides_nothing(opened: Opens, gate: Gate, missing: Missing) -> None:
    page = opened("manager")
    assert 'data-do="ask_charge"' not in page.render()
    asked = send(page, "terms")
    assert isinstance(asked, Ask)
    assert 'value="90.00"' in asked.html
    for said, problem in (({"late": "abc"}, FieldProblem), ({"late": "600"}, TermsWrong)):
        with pytest.raises(problem):
            send(page, "set_terms", **{"notice_hours": "24", "late": "1", "no_show": "1", **said})
    assert isinstance(send(page, "set_terms", notice_hours="48", late="0", no_show="50"), Done)
    terms = missed_fees(gate, people().manager, now=missing.later).terms
    assert terms is not None
    assert (terms.notice_hours, terms.late, terms.no_show) == (48, 0, 5_000)


def test_a_clinician_has_their_own_people_and_no_terms_to_set(opened: Opens) -> None:
    drawn = opened("ada").render()
    assert f"/patients/{FERN}" in drawn
    assert 'data-do="terms"' not in drawn
    assert f"/patients/{FERN}" not in opened("ben").render()


def test_one_kind_costs_something_else_from_a_day_on(opened: Opens, missing: Missing) -> None:
    page = opened("manager")
    asked = send(page, "terms")
    assert isinstance(asked, Ask)
    assert "as above" in asked.html
    asked = send(page, "service", id=INDIVIDUAL)
    assert isinstance(asked, Ask)
    assert "It costs what every kind costs." in asked.html
    kept = send(page, "set_service", id=INDIVIDUAL, from_on="2026-04-01", late="25", no_show="")
    assert kept == Done("Kept. It counts for its sessions from Wed, Apr 1, 2026 on.")
    page.load()
    asked = send(page, "terms")
    assert isinstance(asked, Ask)
    assert "from Wed, Apr 1, 2026: late $25.00, missed as usual" in asked.html
    asked = send(page, "service", id=INDIVIDUAL)
    assert isinstance(asked, Ask)
    assert 'value="25.00"' in asked.html
    assert send(opened("biller"), "set_service", id=INDIVIDUAL, from_on="2026-04-01") is None
    assert isinstance(send(page, "service", id="aty_gone"), Done)
