"""A patient's measures in files: all of them, of this patient only, to who may take them out."""

import json
from datetime import datetime, timedelta

import pytest

from tests.factories.small_practice import FERN, MOSS, People, events
from tests.screens.people.test_caseload import took
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.measures_export import measures_export
from workbench.store.engine import Store


def test_every_result_of_this_patient_oldest_first(gate: Gate, store: Store, people: People, now: datetime) -> None:
    took(store, FERN, "PHQ-9", now, 1)
    took(store, FERN, "GAD-7", now - timedelta(days=3), 2)
    took(store, MOSS, "PHQ-9", now, 3)
    told = json.loads(measures_export(gate, people.ada, FERN, now=now, kind="json").content)
    assert [one["resource"]["code"]["text"] for one in told["entry"]] == ["GAD-7, total", "PHQ-9, total"]
    assert {one["resource"]["subject"]["reference"] for one in told["entry"]} == {f"Patient/{FERN.replace('_', '-')}"}
    assert measures_export(gate, people.ada, FERN, now=now, kind="csv").content.count(b"\r\n") == 1 + 7 + 9
    assert events(store)[-1] == ("measures.exported", "shown")


def test_who_only_reads_takes_nothing_out(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.supervisor, people.ben, people.manager, people.desk, people.it):
        with pytest.raises(NotFound):
            measures_export(gate, who, FERN, now=now, kind="csv")
