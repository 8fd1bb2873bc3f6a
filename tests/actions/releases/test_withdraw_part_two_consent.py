"""A consent taken back counts no longer, and is taken back once."""

from datetime import datetime

import pytest

from tests.actions.releases.test_record_part_two_consent import recorded
from tests.factories.small_practice import FERN, People
from workbench.actions.releases.withdraw_part_two_consent import withdraw_part_two_consent
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.releases.part_2 import ConsentWithdrawn, Part2Unclear
from workbench.screens.part_2_marks import part_two_of_patient

pytestmark = pytest.mark.engines("sqlcipher")


def test_once_and_with_how(gate: Gate, people: People, now: datetime) -> None:
    consent_id = recorded(gate, people.ada, now)
    with pytest.raises(NotFound):
        withdraw_part_two_consent(gate, people.desk, consent_id, now=now, how="By phone")
    with pytest.raises(Part2Unclear):
        withdraw_part_two_consent(gate, people.ada, consent_id, now=now, how="")
    withdraw_part_two_consent(gate, people.ada, consent_id, now=now, how="By phone")
    (shown,) = part_two_of_patient(gate, people.ada, FERN, now=now).consents
    assert (shown.counts, shown.withdrawn_at) == (False, now)
    with pytest.raises(ConsentWithdrawn):
        withdraw_part_two_consent(gate, people.compliance, consent_id, now=now, how="Again")
