"""What somebody takes is put down as they said it, goes on by versions, and stops with a day."""

from datetime import date, datetime, timedelta

import pytest

from tests.factories.small_practice import FERN, People, every_row
from workbench.actions.charting.record_medication import record_medication
from workbench.charting.chart_lines import StatementUnclear
from workbench.charting.chart_tables import Source
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StalePage
from workbench.screens.patient_statements import patient_statements
from workbench.store.engine import Store


def test_it_is_there_with_the_dose_as_said_until_they_stop(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    today = now.date()
    kept = record_medication(gate, people.ada, FERN, now=now, name=" Sertraline ", dose="50, at night I think",
                             prescriber="Dr. Ash", reviewed_on=today, since=date(2025, 11, 1))  # fmt: skip
    (one,) = patient_statements(gate, people.ada, FERN, now=now).medications
    assert (one.told.name, one.told.dose, one.told.source) == ("Sertraline", "50, at night I think", Source.TOLD)
    assert "Sertraline" not in repr(every_row(store))
    record_medication(gate, people.ada, FERN, now=now, name="Sertraline", dose="50", reviewed_on=today, until=today,
                      source=Source.LABEL, line_id=kept.line_id, edition=1)  # fmt: skip
    shown = patient_statements(gate, people.ada, FERN, now=now)
    assert (shown.medications, [one.told.dose for one in shown.ended_medications]) == ((), ["50"])
    assert len(every_row(store)["medication_versions"]) == 2
    with pytest.raises(StalePage):
        record_medication(gate, people.ada, FERN, now=now, name="x", reviewed_on=today, line_id=kept.line_id, edition=1)


def test_without_a_name_or_with_days_that_cannot_be_nothing_is_kept(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    tomorrow = now.date() + timedelta(days=1)
    before = every_row(store)
    with pytest.raises(StatementUnclear) as refused:
        record_medication(gate, people.ada, FERN, now=now, name=" ", dose="1" * 200, reviewed_on=tomorrow,
                          since=now.date(), until=date(2020, 1, 1))  # fmt: skip
    assert set(refused.value.fields) == {"name", "dose", "reviewed_on", "until"}
    assert every_row(store) == before


@pytest.mark.parametrize("who", ["ben", "desk", "biller", "manager"])
def test_who_does_not_care_for_them_puts_down_nothing(gate: Gate, people: People, now: datetime, who: str) -> None:
    with pytest.raises(NotFound):
        record_medication(gate, getattr(people, who), FERN, now=now, name="Sertraline", reviewed_on=now.date())
