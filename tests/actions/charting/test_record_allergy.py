"""An allergy is put down with what it does; that none is known is a statement of its own, with a day."""

from datetime import datetime

import pytest

from tests.factories.small_practice import FERN, People, every_row
from workbench.actions.charting.record_allergy import record_allergy
from workbench.charting.chart_lines import NoneKnownButSome, StatementUnclear
from workbench.charting.chart_tables import Severity
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.patient_statements import patient_statements
from workbench.store.engine import Store


def test_none_known_gives_way_to_an_allergy_and_comes_back_only_when_it_is_withdrawn(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    record_allergy(gate, people.ada, FERN, now=now, is_none_known=True)
    (none_known,) = patient_statements(gate, people.ada, FERN, now=now).allergies
    assert (none_known.told.is_none_known, none_known.told.said_on) == (True, now.date())
    kept = record_allergy(gate, people.ada, FERN, now=now, substance="Penicillin", reaction="Hives",
                          severity=Severity.MODERATE)  # fmt: skip
    (one,) = patient_statements(gate, people.ada, FERN, now=now).allergies
    assert (one.told.substance, one.told.reaction) == ("Penicillin", "Hives")
    assert "Penicillin" not in repr(every_row(store))
    before = every_row(store)
    with pytest.raises(NoneKnownButSome):
        record_allergy(gate, people.ada, FERN, now=now, is_none_known=True)
    assert every_row(store) == before
    record_allergy(gate, people.ada, FERN, now=now, substance="Penicillin", line_id=kept.line_id, edition=1,
                   withdrawn="It was her sister")  # fmt: skip
    (again,) = patient_statements(gate, people.ada, FERN, now=now).allergies
    assert again.told.is_none_known
    asked_again = record_allergy(gate, people.ada, FERN, now=now, is_none_known=True)
    assert (asked_again.line_id, asked_again.edition) == (again.line_id, 2), "one statement, said twice"


def test_it_needs_a_substance_and_a_reader_of_the_chart(gate: Gate, people: People, now: datetime) -> None:
    with pytest.raises(StatementUnclear) as refused:
        record_allergy(gate, people.ada, FERN, now=now, reaction="Hives")
    assert set(refused.value.fields) == {"substance"}
    for actor in (people.ben, people.desk, people.biller):
        with pytest.raises(NotFound):
            record_allergy(gate, actor, FERN, now=now, is_none_known=True)
