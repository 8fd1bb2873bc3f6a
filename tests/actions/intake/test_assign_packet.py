"""Asking somebody to fill in a packet, by hand."""

from datetime import datetime, timedelta

import pytest

from tests.factories.intake import a_packet
from tests.factories.portal import in_care
from tests.factories.small_practice import FERN, People
from workbench.actions.intake.assign_packet import assign_packet
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.intake.rules import AlreadyAssigned, PacketUnclear, PacketUnused
from workbench.screens.patient_intake import patient_intake


def test_it_is_asked_once_until_it_is_done_by_who_may(gate: Gate, people: People, now: datetime) -> None:
    packet_id = a_packet(gate, now)
    with pytest.raises(PacketUnclear):
        assign_packet(gate, people.desk, FERN, now=now, packet_id=packet_id, due_on=now.date() - timedelta(days=1))
    assign_packet(gate, people.desk, FERN, now=now, packet_id=packet_id, due_on=now.date())
    (packet,) = patient_intake(gate, people.desk, FERN, now=now).packets
    assert (packet.state, packet.due_on, packet.by_rule) == ("new", now.date(), False)
    with pytest.raises(AlreadyAssigned):
        assign_packet(gate, people.ada, FERN, now=now, packet_id=packet_id)
    with pytest.raises(PacketUnused):
        assign_packet(gate, people.desk, FERN, now=now, packet_id="pkt_none")
    for who in (people.ben, people.biller, in_care()):
        with pytest.raises(NotFound):
            assign_packet(gate, who, FERN, now=now, packet_id=packet_id)
