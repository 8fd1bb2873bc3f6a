"""Recording a measure: scored at once, kept for ever,
and a critical answer raises an alert whatever else is missing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.factories.small_practice import ADA, FERN, People, events
from workbench.actions.measures.record_measure import AnswersMissing, AnswersUnclear, MeasureRecorded, record_measure
from workbench.forms.filling import NoSuchQuestion
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.kernel.errors import WorkbenchError
from workbench.measures.alerts import ANSWER_WITHIN
from workbench.measures.catalogue import NoSuchMeasure
from workbench.measures.tables import MeasureAlert, MeasureResult
from workbench.store.engine import Store

PHQ_9, C_SSRS = "phq9@1", "cssrs@1"


def fields(*answers: str, first: int = 1) -> dict[str, tuple[str, ...]]:
    """The fields of a form, by number; in PHQ-9 the first is what all items begin with."""
    return {f"q{number}": (answer,) for number, answer in enumerate(answers, start=first) if answer}


def record(
    gate: Gate,
    people: People,
    now: datetime,
    rule: str,
    values: Mapping[str, tuple[str, ...]],
    *,
    partial: bool = False,
) -> MeasureRecorded:
    return record_measure(gate, people.ada, FERN, now=now, rule=rule, values=values, is_partial=partial)


def kept(store: Store) -> list[MeasureResult]:
    with store.reading() as session:
        rows = list(session.scalars(select(MeasureResult)))
        for row in rows:
            assert row.result
        return rows


def raised(store: Store) -> list[MeasureAlert]:
    with store.reading() as session:
        return list(session.scalars(select(MeasureAlert).order_by(MeasureAlert.id)))


def test_a_whole_measure_is_scored_and_kept_with_the_rule_of_the_day(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    done = record(gate, people, now, PHQ_9, fields("2", "1", "1", "1", "1", "1", "1", "1", "0", "3"))
    assert (done.measure, done.total, done.band, done.alerts, done.answer_until) == ("PHQ-9", 9, "mild", (), None)
    (row,) = kept(store)
    assert (row.rule, row.patient_id, row.recorded_by) == (PHQ_9, FERN, "usr_ada")
    assert row.result.answers == (2, 1, 1, 1, 1, 1, 1, 1, 0, 3)
    assert (row.result.total, row.result.band, row.result.flags) == (9, "mild", ())
    assert events(store) == [("measure.recorded", "done")]


def test_a_critical_answer_raises_an_alert_that_is_theirs_until_it_is_answered(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    done = record(gate, people, now, PHQ_9, fields(*["1"] * 9))
    assert done.alerts == ("item9_positive",)
    assert done.answer_until == now + ANSWER_WITHIN
    (alert,) = raised(store)
    assert (alert.owner_id, alert.flags, alert.raised_at, alert.rule) == (ADA, "item9_positive", now, PHQ_9)


def test_it_is_raised_without_waiting_for_the_rest(gate: Gate, store: Store, people: People, now: datetime) -> None:
    only_the_ninth = {"q9": ("2",)}
    with pytest.raises(AnswersMissing) as refused:
        record(gate, people, now, PHQ_9, only_the_ninth)
    assert set(refused.value.fields) == {f"q{number}" for number in range(1, 9)}
    assert kept(store) == []
    done = record(gate, people, now, PHQ_9, only_the_ninth, partial=True)
    assert (done.total, done.band, done.alerts) == (None, "", ("item9_positive",))
    assert len(raised(store)) == 1


def test_a_table_of_decisions_raises_what_it_says(gate: Gate, store: Store, people: People, now: datetime) -> None:
    asked = fields("1", "1", "0", "1", "0", "0", first=0)
    done = record(gate, people, now, C_SSRS, asked)
    assert (done.total, done.band) == (None, "high")
    (alert,) = raised(store)
    assert alert.flags == "item1_positive item2_positive item4_positive high_risk"


def test_what_the_form_does_not_ask_is_left_aside(gate: Gate, store: Store, people: People, now: datetime) -> None:
    # Whoever says no to the second question of the screener is not asked the third to fifth.
    done = record(gate, people, now, C_SSRS, fields("1", "0", "1", "1", "1", "0", first=0))
    assert (done.band, done.alerts) == ("low", ("item1_positive",))


def test_of_what_has_no_form_the_total_alone_is_kept(gate: Gate, store: Store, people: People, now: datetime) -> None:
    done = record(gate, people, now, "ors@1", {"q0": ("22.5",)})
    assert (done.total, done.alerts) == (Decimal("22.5"), ())
    (row,) = kept(store)
    assert (row.result.answers, row.result.total) == ((), Decimal("22.5"))


@pytest.mark.parametrize(
    ("rule", "values", "refusal", "names"),
    [
        ("phq10@1", {}, NoSuchMeasure, ()), (PHQ_9, {}, AnswersUnclear, ()),
        (PHQ_9, {"q1": ("4",)}, AnswersUnclear, ("q1",)),
        (PHQ_9, {"q1": ("0", "1")}, AnswersUnclear, ("q1",)), (PHQ_9, {"q99": ("0",)}, NoSuchQuestion, ()),
        (PHQ_9, {"q0": ("0",)}, AnswersUnclear, ("q0",)), ("ors@1", {"q0": ("41",)}, AnswersUnclear, ("q0",)),
        ("ors@1", {"q0": ("many",)}, AnswersUnclear, ("q0",)), ("sdq@1", {"q0": ("-1",)}, AnswersUnclear, ("q0",)),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_told_by_its_field_and_keeps_nothing(
    gate: Gate, store: Store, people: People, now: datetime, rule: str, values: dict[str, tuple[str, ...]],
    refusal: type[WorkbenchError], names: tuple[str, ...],
) -> None:  # fmt: skip
    with pytest.raises(refusal) as refused:
        record(gate, people, now, rule, values, partial=True)
    assert tuple(getattr(refused.value, "fields", ())) == names
    assert kept(store) == []
    assert raised(store) == []


def test_sent_twice_it_is_kept_once(gate: Gate, store: Store, people: People, now: datetime) -> None:
    for _ in range(2):
        done = record_measure(
            gate, people.ada, FERN, now=now, rule=PHQ_9, values=fields(*["1"] * 9), idempotency_key="the same press"
        )
    assert done.total == 9
    assert len(kept(store)) == len(raised(store)) == 1


def test_only_who_cares_for_them_or_supervises_records(gate: Gate, store: Store, people: People, now: datetime) -> None:
    for who in (people.ben, people.desk, people.biller, people.manager, people.it, people.compliance):
        with pytest.raises(NotFound):
            record_measure(gate, who, FERN, now=now, rule=PHQ_9, values=fields(*["1"] * 9))
    record_measure(gate, people.supervisor, FERN, now=now, rule=PHQ_9, values=fields(*["1"] * 9))
    assert [one.owner_id for one in raised(store)] == ["stf_supervisor"]


@pytest.mark.parametrize("change", ["UPDATE measure_alerts SET flags = 'x'", "DELETE FROM measure_alerts"])
def test_the_database_lets_no_alert_be_changed(
    gate: Gate, store: Store, people: People, now: datetime, change: str
) -> None:
    record(gate, people, now, PHQ_9, fields(*["1"] * 9))
    with pytest.raises(DBAPIError, match="measure_alerts_append_only"), store.engine.begin() as connection:
        connection.execute(text(change))


def test_age_and_sex_of_the_file_decide_where_the_rule_asks_for_them(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    record(gate, people, now, "ors@1", {"q0": ("26",)})
    record(gate, people, now + timedelta(days=1), "phq15@1", fields(*["0"] * 15, first=0))
    assert [row.result.total for row in kept(store)] == [26, 0]
