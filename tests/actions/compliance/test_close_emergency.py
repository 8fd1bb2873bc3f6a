"""An emergency opening ends when its person says so, for good."""

from datetime import timedelta

import pytest

from tests.factories.emergency import opened
from tests.factories.small_practice import MOSS
from workbench.actions.compliance.close_emergency import ClosedAlready, close_emergency
from workbench.gate.errors import NotFound
from workbench.screens.patient_chart import patient_chart


def test_closing_shuts_the_chart_at_once_and_only_ones_own(gate, who, ben, now):
    opening = opened(gate, ben, now).opening_id
    with pytest.raises(NotFound):
        close_emergency(gate, who.ada, opening, now=now)
    later = now + timedelta(minutes=3)
    close_emergency(gate, ben, opening, now=later)
    with pytest.raises(NotFound):
        patient_chart(gate, ben, MOSS, now=later)
    with pytest.raises(ClosedAlready):
        close_emergency(gate, ben, opening, now=later)
