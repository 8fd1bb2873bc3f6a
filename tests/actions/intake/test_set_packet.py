"""Packets: versions of what they hold, and the bookings that assign them."""

from datetime import datetime, timedelta

import pytest

from tests.actions.scheduling.test_book_appointment import book
from tests.factories.intake import PHQ_9, a_packet
from tests.factories.portal import in_care
from tests.factories.proxies import child
from tests.factories.small_practice import FERN, INTAKE, VIDEO, People
from workbench.actions.intake.set_packet import set_packet
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.intake.rules import Ages, BookingFacts, ItemKind, PacketItem, PacketRules, PacketUnclear, fits
from workbench.screens.own_forms import own_forms
from workbench.screens.packets import packets


def test_a_next_version_holds_from_then_on_and_who_has_it_keeps_theirs(
    gate: Gate, people: People, now: datetime
) -> None:
    packet_id = a_packet(gate, now, PacketRules(by_booking=True))
    book(gate, people.desk, now + timedelta(days=1), now=now)
    only = (PacketItem(ItemKind.MEASURE, PHQ_9),)
    done = set_packet(gate, people.manager, now=now, name="Less", items=only, rules=PacketRules(by_booking=True),
                      packet_id=packet_id)  # fmt: skip
    assert done.nth == 2
    (shown,) = packets(gate, people.manager, now=now).shown
    assert (shown.name, [title for _, title in shown.holds]) == ("Less", ["PHQ-9"])
    (theirs,) = own_forms(gate, in_care(), FERN, now=now)
    assert len(theirs.items) == 4
    assert theirs.due_on == (now + timedelta(days=1)).date()
    book(gate, people.desk, now + timedelta(days=2), now=now)
    assert len(own_forms(gate, in_care(), FERN, now=now)) == 1


def test_a_packet_for_minors_by_video_is_assigned_to_them_alone(gate: Gate, people: People, now: datetime) -> None:
    rules = PacketRules(by_booking=True, ages=Ages.MINOR, is_telehealth=True, type_ids=(INTAKE,))
    a_packet(gate, now, rules)
    young = child(gate, now)
    at = now + timedelta(days=1)
    book(gate, people.desk, at, now=now, patient=young, type_id=INTAKE)
    assert own_forms(gate, in_care(young), young, now=now) == ()
    other = child(gate, now, given_name="Robin")
    book(gate, people.desk, at + timedelta(hours=2), now=now, patient=other, type_id=INTAKE, location_id=VIDEO)
    assert len(own_forms(gate, in_care(other), other, now=now)) == 1
    facts = BookingFacts(is_first=True, age=18, is_telehealth=True, type_id=INTAKE, payers=frozenset({"MC"}))
    assert not fits(rules, facts)
    assert fits(PacketRules(by_booking=True, payers=("MC", "CI")), facts)
    assert not fits(PacketRules(by_booking=True, payers=("CI",)), facts)
    assert not fits(PacketRules(), facts)


def test_what_cannot_be_filled_in_by_them_is_refused(gate: Gate, people: People, now: datetime) -> None:
    for name, items in (("", (PacketItem(ItemKind.MEASURE, PHQ_9),)), ("Empty", ()),
                        ("Unknown", (PacketItem(ItemKind.FORM, "frm_none"),)),
                        ("Without its words", (PacketItem(ItemKind.MEASURE, "ace@1"),))):  # fmt: skip
        with pytest.raises(PacketUnclear):
            set_packet(gate, people.manager, now=now, name=name, items=items, rules=PacketRules())
    with pytest.raises(NotAllowed):
        set_packet(gate, people.desk, now=now, name="x", items=(), rules=PacketRules())
