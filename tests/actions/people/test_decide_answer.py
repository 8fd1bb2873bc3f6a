"""What somebody answered about themselves is taken over by a person, field by field, by the rule of corrections."""

from datetime import datetime

import pytest
from sqlalchemy import select

from tests.factories.intake import INTAKE, assigned, begun, signed
from tests.factories.portal import in_care
from tests.factories.small_practice import FERN, People
from workbench.actions.people.decide_answer import decide_answer
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.intake.proposals import AlreadyDecided
from workbench.people.rules import DetailsUnclear
from workbench.people.tables import Patient, PatientRevision
from workbench.screens.patient_intake import patient_intake
from workbench.store.engine import Store


def test_nothing_is_written_before_somebody_accepts_it(gate: Gate, store: Store, people: People, now: datetime) -> None:
    signed(gate, now, begun(gate, now, assigned(gate, now), 0), INTAKE)
    waiting = {one.field: one for one in patient_intake(gate, people.ada, FERN, now=now).proposals}
    assert (waiting["Phone"].was, waiting["Phone"].told) == ("5550100123", "(555) 010-0199")
    with store.reading() as session:
        assert session.get_one(Patient, FERN).details.phone == "5550100123"
    decide_answer(gate, people.desk, waiting["Phone"].proposal_id, now=now, is_accepted=True)
    with store.reading() as session:
        assert session.get_one(Patient, FERN).details.phone == "5550100199"
        assert session.scalars(select(PatientRevision.fields)).all() == ["phone"]
    with pytest.raises(AlreadyDecided):
        decide_answer(gate, people.desk, waiting["Phone"].proposal_id, now=now, is_accepted=False)
    decide_answer(gate, people.ada, waiting["Allergies"].proposal_id, now=now, is_accepted=True)
    decide_answer(gate, people.ada, waiting["Medication"].proposal_id, now=now, is_accepted=False)
    shown = patient_intake(gate, people.ada, FERN, now=now)
    assert (shown.proposals, shown.facts) == ((), (("Allergies", "Penicillin"),))
    assert patient_intake(gate, people.desk, FERN, now=now).facts == ()


def test_what_the_file_does_not_take_stays_proposed_and_health_is_for_who_reads_the_chart(
    gate: Gate, people: People, now: datetime
) -> None:
    signed(gate, now, begun(gate, now, assigned(gate, now), 0), {**INTAKE, "reach": "call me"})
    waiting = {one.field: one for one in patient_intake(gate, people.ada, FERN, now=now).proposals}
    with pytest.raises(DetailsUnclear):
        decide_answer(gate, people.desk, waiting["Phone"].proposal_id, now=now, is_accepted=True)
    assert [one.field for one in patient_intake(gate, people.desk, FERN, now=now).proposals] == ["Phone"]
    for who, field in ((people.desk, "Allergies"), (people.ben, "Phone"), (in_care(), "Phone")):
        with pytest.raises(NotFound):
            decide_answer(gate, who, waiting[field].proposal_id, now=now, is_accepted=True)
