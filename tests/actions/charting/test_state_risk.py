"""Risk is judged with a rationale; every judgement stays, and two at once are not mixed up."""

from datetime import datetime

import pytest

from tests.factories.small_practice import FERN, People, every_row
from workbench.actions.charting.state_risk import state_risk
from workbench.charting.chart_lines import StatementUnclear
from workbench.charting.chart_tables import RiskLevel
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StalePage
from workbench.screens.patient_statements import patient_statements
from workbench.store.engine import Store


def test_the_newest_judgement_holds_and_those_before_stay(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    state_risk(gate, people.ada, FERN, now=now, level=RiskLevel.MODERATE, rationale="Thoughts, no plan", edition=0)
    with pytest.raises(StalePage):
        state_risk(gate, people.supervisor, FERN, now=now, level=RiskLevel.LOW, rationale="Denies", edition=0)
    state_risk(gate, people.supervisor, FERN, now=now, level=RiskLevel.LOW, rationale="Denies", edition=1)
    shown = patient_statements(gate, people.ada, FERN, now=now)
    assert [(one.told.level, one.told.rationale) for one in shown.risk] == [
        (RiskLevel.LOW, "Denies"), (RiskLevel.MODERATE, "Thoughts, no plan"),
    ]  # fmt: skip
    assert "Thoughts" not in repr(every_row(store))


def test_it_needs_a_rationale_and_a_reader_of_the_chart(gate: Gate, people: People, now: datetime) -> None:
    with pytest.raises(StatementUnclear) as refused:
        state_risk(gate, people.ada, FERN, now=now, level=RiskLevel.LOW, rationale=" ", edition=0)
    assert set(refused.value.fields) == {"rationale"}
    for actor in (people.ben, people.desk, people.biller):
        with pytest.raises(NotFound):
            state_risk(gate, actor, FERN, now=now, level=RiskLevel.LOW, rationale="x", edition=0)
