"""The pages of measures: taking one, its alert, the caseload, and what a change is called."""

from datetime import datetime, timedelta

import pytest

from dashboards.alert_desk import add_alerts
from dashboards.caseload_desk import add_caseload
from dashboards.pages.alerts import AlertsPage
from dashboards.pages.caseload import CaseloadPage
from dashboards.pages.measure_change import change_badges, change_words
from dashboards.pages.patient import PatientPage
from dashboards.parts.message import FieldProblem
from dashboards.parts.replies import Ask, Deliver, Done
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.small_practice import FERN, open_practice, people
from workbench.actions.measures.record_measure import AnswersMissing
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.measures.alerts import AlertAnswered
from workbench.measures.change import Changed

pytestmark = pytest.mark.engines("sqlcipher")
WHOLE = {f"q{number}": "1" for number in range(1, 10)}


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)


def measures_of_fern(gate: Gate, now: datetime) -> PatientPage:
    page = pages.opened(gate, people().ada, now, f"/patients/{FERN}?tab=measures")
    assert isinstance(page, PatientPage)
    return page


def test_one_is_chosen_filled_in_and_kept_and_its_alert_is_said_at_once(gate: Gate, now: datetime) -> None:
    page = measures_of_fern(gate, now)
    assert "Take a measure" in page.render()
    assert isinstance(send(page, "take_measure"), Ask)
    with pytest.raises(FieldProblem):
        send(page, "pick_measure", rule="")
    asked = send(page, "pick_measure", rule="phq9@1")
    assert isinstance(asked, Ask)
    assert "Little interest or pleasure" in asked.html
    with pytest.raises(AnswersMissing):
        send(page, "record_measure", rule="phq9@1", q9="1")
    done = send(page, "record_measure", rule="phq9@1", **WHOLE)
    assert isinstance(done, Done)
    assert (done.toast, done.tone) == ("PHQ-9: 9, mild", "warn")
    assert done.stays is not None
    assert "988" in done.stays().html
    page.load()
    assert "Item 9 is positive" in page.render()


def test_without_an_alert_what_it_came_to_is_said_and_no_more(gate: Gate, now: datetime) -> None:
    page = measures_of_fern(gate, now)
    done = send(page, "record_measure", rule="phq9@1", is_partial="on", q1="2")
    assert isinstance(done, Done)
    assert (done.toast, done.stays) == ("PHQ-9: kept without a total", None)


def test_of_what_may_have_no_form_the_total_is_asked(gate: Gate, now: datetime) -> None:
    asked = send(measures_of_fern(gate, now), "pick_measure", rule="ors@1")
    assert isinstance(asked, Ask)
    assert "Its license allows no form" in asked.html
    assert asked.html.count("<input") == 1


def test_an_alert_is_answered_once(gate: Gate, now: datetime) -> None:
    send(measures_of_fern(gate, now), "record_measure", rule="phq9@1", **WHOLE)
    page = pages.opened(gate, people().ada, now, "/alerts", add_alerts)
    assert isinstance(page, AlertsPage)
    (waiting,) = page.alerts.waiting
    asked = send(page, "ask_answer", id=waiting.alert_id)
    assert isinstance(asked, Ask)
    assert isinstance(send(page, "answer", id=waiting.alert_id, done="Spoke with them."), Done)
    with pytest.raises(AlertAnswered):
        send(page, "answer", id=waiting.alert_id, done="Again.")
    page.load()
    assert "Spoke with them." in page.render()
    gone = send(page, "ask_answer", id=waiting.alert_id)
    assert isinstance(gone, Done)
    assert gone.tone == "warn"


def test_the_caseload_says_how_it_goes(gate: Gate, now: datetime) -> None:
    page = pages.opened(gate, people().ada, now, "/caseload", add_caseload)
    assert isinstance(page, CaseloadPage)
    assert "No measures yet" in page.render()
    for at, each in ((now, "3"), (now + timedelta(days=30), "1")):
        answers = {f"q{number}": each for number in range(1, 9)} | {"q9": "0"}
        send(measures_of_fern(gate, at), "record_measure", rule="phq9@1", **answers)
    page.load()
    drawn = page.render()
    assert "16 lower" in drawn
    assert "Reliably better" in drawn


@pytest.mark.parametrize(
    ("change", "is_better", "words", "badge"),
    [
        (None, None, "–", ""), (Changed(0, False, False, False, False), None, "no change", ""),
        (Changed(-7, True, True, True, True), True, "7 lower", "Remission"),
        (Changed(7, True, True, False, False), False, "7 higher", "Reliably worse"),
        (Changed(10, None, True, None, None), True, "10 higher", "Noticeably better"),
        (Changed(-7, True, True, False, False), True, "7 lower", "Reliably better"),
        (Changed(10, None, True, None, None), False, "10 higher", ""),
    ],
)  # fmt: skip
def test_a_change_is_called_what_it_is(change: Changed | None, is_better: bool | None, words: str, badge: str) -> None:
    assert change_words(change) == words
    assert badge in change_badges(change, is_better)
    assert bool(change_badges(change, is_better)) is bool(badge)


def test_measures_are_taken_out_in_files_by_who_may(gate: Gate, now: datetime) -> None:
    page = measures_of_fern(gate, now)
    assert "Save as FHIR" not in page.render()
    send(page, "record_measure", rule="phq9@1", **WHOLE)
    page.load()
    assert "Save as FHIR" in page.render()
    for kind, begins in (("json", b'{"resourceType":"Bundle"'), ("csv", b"result,measure,rule")):
        file = send(page, "export_measures", kind=kind)
        assert isinstance(file, Deliver)
        assert file.content.startswith(begins)
        assert b"Fern" not in file.content
    other = pages.opened(gate, people().supervisor, now, f"/patients/{FERN}?tab=measures")
    assert "Save as FHIR" not in other.render()
    with pytest.raises(NotAllowed):
        send(other, "export_measures", kind="csv")
