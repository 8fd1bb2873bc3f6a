"""Alerts are seen by who writes in the chart, answered once in words that stay, and overdue from the exact instant."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.actions.measures.test_record_measure import PHQ_9, fields
from tests.factories.small_practice import FERN, People, events
from workbench.actions.measures.answer_alert import answer_alert
from workbench.actions.measures.record_measure import record_measure
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.kernel.errors import WorkbenchError
from workbench.measures.alerts import ANSWER_WITHIN, AlertAnswered, AnswerUnclear
from workbench.measures.tables import MeasureAlert
from workbench.screens.alerts import alerts
from workbench.screens.alerts_waiting import alerts_overdue, alerts_waiting
from workbench.store.engine import Store

DONE = "Spoke with them; the safety plan was gone through again."


@pytest.fixture
def alert(gate: Gate, store: Store, people: People, now: datetime) -> str:
    """An alert of Ada's about Fern."""
    record_measure(gate, people.ada, FERN, now=now, rule=PHQ_9, values=fields(*["1"] * 9))
    with store.reading() as session:
        return session.scalars(select(MeasureAlert.id)).one()


def test_it_waits_until_somebody_says_what_was_done(
    gate: Gate, store: Store, people: People, now: datetime, alert: str
) -> None:
    (waiting,) = alerts(gate, people.ada, now=now).waiting
    assert (waiting.measure, waiting.what, waiting.is_mine) == ("PHQ-9", "Item 9 is positive", True)
    answer_alert(gate, people.ada, alert, now=now + timedelta(minutes=5), done=f"  {DONE} ")
    found = alerts(gate, people.ada, now=now + timedelta(minutes=6))
    assert found.waiting == ()
    (answered,) = found.answered
    assert (answered.done, answered.answered_by, answered.is_overdue) == (DONE, waiting.owner_name, False)
    assert events(store)[-2:] == [("measure_alert.answered", "done"), ("measure_alerts.seen", "shown")]


def test_it_is_overdue_from_the_exact_instant_on(gate: Gate, people: People, now: datetime, alert: str) -> None:
    for later, is_overdue in ((ANSWER_WITHIN - timedelta(seconds=1), False), (ANSWER_WITHIN, True)):
        (one,) = alerts(gate, people.supervisor, now=now + later).waiting
        assert (one.is_overdue, one.is_mine) == (is_overdue, False)


def test_what_was_answered_long_ago_is_not_shown_any_more(
    gate: Gate, people: People, now: datetime, alert: str
) -> None:
    answer_alert(gate, people.ada, alert, now=now, done=DONE)
    assert alerts(gate, people.ada, now=now + timedelta(days=13)).answered
    assert not alerts(gate, people.ada, now=now + timedelta(days=14)).answered


def test_whoever_is_quicker_answers_and_the_other_is_told(
    gate: Gate, people: People, now: datetime, alert: str
) -> None:
    answer_alert(gate, people.supervisor, alert, now=now, done=DONE)
    with pytest.raises(AlertAnswered):
        answer_alert(gate, people.ada, alert, now=now, done="Something else.")
    (answered,) = alerts(gate, people.ada, now=now).answered
    assert answered.done == DONE


def test_of_two_at_once_one_answers(gate: Gate, people: People, now: datetime, alert: str) -> None:
    def answer(number: int) -> str:
        try:
            answer_alert(gate, people.ada, alert, now=now, done=f"Answer {number}.")
        except AlertAnswered:
            return "told"
        return "done"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(answer, range(4))) == ["done", "told", "told", "told"]


@pytest.mark.parametrize("done", ["", "   ", "x" * 4_001])
def test_an_answer_says_something_and_fits(gate: Gate, people: People, now: datetime, alert: str, done: str) -> None:
    with pytest.raises(AnswerUnclear) as refused:
        answer_alert(gate, people.ada, alert, now=now, done=done)
    assert set(refused.value.fields) == {"done"}
    assert alerts(gate, people.ada, now=now).waiting


def test_nobody_out_of_reach_sees_or_answers_it(gate: Gate, people: People, now: datetime, alert: str) -> None:
    assert alerts(gate, people.ben, now=now).waiting == ()
    for who in (people.ben, people.desk, people.biller, people.manager, people.it, people.compliance):
        with pytest.raises(NotFound):
            answer_alert(gate, who, alert, now=now, done=DONE)
    for who in (people.desk, people.biller, people.it):
        with pytest.raises(NotAllowed):
            alerts(gate, who, now=now)


def test_those_of_one_person_are_shown_in_their_file(gate: Gate, people: People, now: datetime, alert: str) -> None:
    assert alerts(gate, people.ada, now=now, patient_id=FERN).waiting
    assert alerts(gate, people.ada, now=now, patient_id="pat_moss").waiting == ()


def test_the_database_lets_no_answer_be_changed(
    gate: Gate, store: Store, people: People, now: datetime, alert: str
) -> None:
    answer_alert(gate, people.ada, alert, now=now, done=DONE)
    change = text("UPDATE measure_alert_answers SET answered_by = 'stf_ben'")
    with pytest.raises(DBAPIError, match="append_only"), store.engine.begin() as connection:
        connection.execute(change)


def test_an_alert_that_is_not_there_is_not_found(gate: Gate, people: People, now: datetime) -> None:
    with pytest.raises(WorkbenchError):
        answer_alert(gate, people.ada, "alt_nobody", now=now, done=DONE)


def test_the_rail_counts_what_waits_and_what_waits_too_long(
    gate: Gate, people: People, now: datetime, alert: str
) -> None:
    def counted(later: timedelta) -> tuple[int, int]:
        at = now + later
        return alerts_waiting(gate, people.ada, now=at), alerts_overdue(gate, people.ada, now=at)

    assert counted(timedelta(0)) == (1, 0)
    assert counted(ANSWER_WITHIN) == (1, 1)
    assert alerts_waiting(gate, people.ben, now=now) == 0
    answer_alert(gate, people.ada, alert, now=now, done=DONE)
    assert counted(ANSWER_WITHIN) == (0, 0)
