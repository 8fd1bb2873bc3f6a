"""Taking a packet back: nothing more is asked, what was signed stays."""

from datetime import datetime

import pytest

from tests.factories.intake import EMERGENCY, assigned, begun, signed
from tests.factories.portal import in_care
from tests.factories.small_practice import FERN, People
from workbench.actions.intake.withdraw_packet import withdraw_packet
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.intake.signing import PacketWithdrawn
from workbench.screens.own_forms import own_forms, own_signed


def test_what_was_signed_stays(gate: Gate, people: People, now: datetime) -> None:
    assignment = assigned(gate, now)
    signed(gate, now, begun(gate, now, assignment, 1), EMERGENCY)
    draft = begun(gate, now, assignment, 0)
    for who in (people.ben, people.biller, in_care()):
        with pytest.raises(NotFound):
            withdraw_packet(gate, who, assignment, now=now)
    withdraw_packet(gate, people.desk, assignment, now=now)
    with pytest.raises(PacketWithdrawn):
        withdraw_packet(gate, people.desk, assignment, now=now)
    with pytest.raises(PacketWithdrawn):
        signed(gate, now, draft, {})
    assert own_forms(gate, in_care(), FERN, now=now) == ()
    assert len(own_signed(gate, in_care(), FERN, now=now)) == 1
