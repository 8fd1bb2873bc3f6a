"""In an emergency a patient is found by who they are exactly, or not at all."""

from datetime import timedelta

import pytest

from tests.factories.small_practice import MOSS, open_practice, people
from workbench.gate.errors import NotAllowed
from workbench.people.tables import Patient
from workbench.screens.emergency_search import find_in_emergency


@pytest.fixture
def who(store, now):
    open_practice(store, now)
    return people()


def test_the_one_patient_is_found_by_number_or_exact_name_and_birth_date_alone(gate, who, now):
    def found(**asked):
        return [hit.patient_id for hit in find_in_emergency(gate, who.ben, now=now, **asked)]

    with gate.store.reading() as session:
        born = session.get(Patient, MOSS).details.born_on
    assert found(number=1002) == [MOSS]
    assert found(given_name=" catherine", family_name="MOSS", born_on=born) == [MOSS]
    assert found(given_name="Cath", family_name="Moss", born_on=born) == []
    assert found(given_name="Catherine", family_name="Moss", born_on=born + timedelta(days=1)) == []
    assert found(given_name="Catherine", family_name="Moss") == []
    assert found() == []
    with pytest.raises(NotAllowed):
        find_in_emergency(gate, who.desk, now=now, number=1002)
